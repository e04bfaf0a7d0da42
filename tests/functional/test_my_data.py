"""*Dina uppgifter*: what is stored, who has opened it, the copy, and erasing."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.login.passwords import hash_password
from courses.models import (
    AccessEvent,
    AuditEvent,
    DataCopy,
    Job,
    LoginSession,
    Reflection,
    SubmissionRound,
    User,
)
from courses.vocabulary import Role
from tests.copying import make_copy
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_user,
)
from tests.reflecting import make_reflection

NOW = datetime(2026, 11, 9, 11, 0, tzinfo=UTC)
PAGE = "/konto/integritet"
PASSWORD = "korrekt häst batteri"
HASH = hash_password(PASSWORD)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course)


@pytest.fixture
def nora(app, session, course, cohort):
    nora = make_user(session, name="Nora Norr", email="nora@example.org", password_hash=HASH)
    enrollment = make_enrollment(session, cohort, user=nora)
    make_submission(session, cohort, enrollment, course.items["U1"])
    make_reflection(app, session, nora)
    session.commit()
    return nora


@pytest.fixture
def as_nora(login, nora):
    return login(nora)


def count(session, model):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


def test_the_page_says_what_is_stored_why_and_how_long(client, as_nora):
    page = client.get(PAGE).text

    assert "Mina reflektioner" in page
    # one line for each kind, to unfold: the page has to be read on a telephone
    assert "<summary>Ditt konto (1 post)</summary>" in page
    assert "artikel 6.1 e" in page
    assert "imy.se" in page
    assert 'aria-current="page">Dina uppgifter' in page


def test_the_page_is_there_in_english(client, as_nora):
    page = client.get(f"{PAGE}?lang=en").text

    assert "What is stored about you" in page
    assert "(1 entry)" in page


def test_it_says_who_has_opened_ones_pages_with_role_and_day(
    client, session, as_nora, cohort, nora
):
    tora = make_role(
        session, Role.TRAINER, cohort=cohort, user=make_user(session, name="Tora Tall")
    )
    for at, subject, actor in (
        (NOW - timedelta(days=3), nora, tora), (NOW - timedelta(days=400), nora, tora),
        (NOW - timedelta(days=2), tora, tora), (NOW - timedelta(days=1), nora, nora),
    ):
        session.add(
            AccessEvent(at=at, actor_id=actor.id, subject_id=subject.id, what="participant")
        )
    session.commit()

    page = client.get(PAGE).text

    assert page.count("Tora Tall") == 1
    assert re.search(r"6 november 2026.*?Tora Tall.*?[Uu]tbildare", page, re.S)


def test_nobody_has_opened_anything(client, as_nora):
    assert "Ingen annan har öppnat en sida om dig" in client.get(PAGE).text


def test_a_copy_is_ordered_with_the_password(client, session, as_nora, post):
    answer = post(f"{PAGE}/kopia", {"password": PASSWORD})

    assert (answer.status_code, answer.location) == (303, PAGE)
    assert count(session, DataCopy) == 1
    assert "Vi gör i ordning dina uppgifter" in client.get(PAGE).text
    assert count(session, Job) == 1


@pytest.mark.parametrize("password,status", [("", 422), ("fel lösenord", 422)])
def test_without_the_password_there_is_no_copy(session, as_nora, post, password, status):
    answer = post(f"{PAGE}/kopia", {"password": password})

    assert answer.status_code == status
    assert 'aria-invalid="true"' in answer.text
    assert count(session, DataCopy) == 0


def test_nothing_is_given_without_a_token_or_a_login(client, session, as_nora, app):
    assert client.post(f"{PAGE}/kopia", data={"password": PASSWORD}).status_code == 400
    assert client.post(f"{PAGE}/radera", data={"password": PASSWORD}).status_code == 400
    stranger = app.test_client().get(PAGE)
    assert stranger.status_code == 303
    assert "/logga-in" in stranger.location


def test_the_link_is_the_owners_alone_and_dies_after_a_day(
    app, client, session, as_nora, nora, login
):
    copy = make_copy(app, session, nora, holds=b"PK zip")
    session.commit()
    address = f"{PAGE}/kopia/{copy.id}"
    assert f'href="{address}"' in client.get(PAGE).text

    answer = client.get(address)
    assert answer.data == b"PK zip"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]

    other = login(make_user(session), on=app.test_client())
    assert other.get(address).status_code == 404
    assert app.test_client().get(address).status_code == 303

    with time_machine.travel(NOW + timedelta(hours=24), tick=False):
        later = login(nora, on=app.test_client())
        assert later.get(address).status_code == 404


def test_a_copy_that_is_not_ready_cannot_be_fetched(client, session, as_nora, nora):
    session.add(
        DataCopy(user_id=nora.id, file="x", asked_at=NOW, expires_at=NOW + timedelta(hours=24))
    )
    session.commit()

    copy = session.scalars(select(DataCopy)).one()
    assert client.get(f"{PAGE}/kopia/{copy.id}").status_code == 404


def test_the_page_before_erasing_lists_what_goes_and_what_stays(client, as_nora):
    page = client.get(f"{PAGE}/radera").text

    goes, stays = page.split("Det här blir kvar, och varför")
    assert "Mina reflektioner" in goes
    assert "Inskickade uppgifter" not in goes
    assert "Inskickade uppgifter och återkoppling" in stays
    assert "artikel 17.3 b" in stays
    assert '<button class="btn btnw">Radera mitt konto' in stays


def test_erasing_takes_the_account_and_logs_out(client, session, as_nora, nora, post):
    answer = post(f"{PAGE}/radera", {"password": PASSWORD, "sure": "y"})

    assert (answer.status_code, answer.location) == (303, f"{PAGE}/raderat")
    assert "Kontot är raderat" in client.get(answer.location).text
    assert client.get(PAGE).status_code == 303
    assert count(session, LoginSession) == 0
    assert count(session, Reflection) == 0
    assert count(session, SubmissionRound) == 1
    erased = session.get(User, nora.id)
    assert erased.email is None
    assert "Nora" not in erased.name
    assert session.scalars(
        select(AuditEvent.action).where(AuditEvent.action == "user:erase")
    ).all() == ["user:erase"]


@pytest.mark.parametrize(
    "form", [{"password": PASSWORD}, {"sure": "y"}, {"password": "fel lösenord", "sure": "y"}]
)
def test_without_password_or_tick_nothing_is_erased(session, as_nora, nora, post, form):
    answer = post(f"{PAGE}/radera", form)

    assert answer.status_code == 422
    assert "<title>Fel:" in answer.text
    assert session.get(User, nora.id).email == "nora@example.org"
    assert count(session, Reflection) == 1


def test_the_last_administrator_is_refused(session, login, post):
    only = make_role(
        session, Role.ADMINISTRATOR, user=make_user(session, password_hash=HASH)
    )
    login(only)

    answer = post(f"{PAGE}/radera", {"password": PASSWORD, "sure": "y"})

    assert answer.status_code == 409
    assert "det enda som får administrera" in answer.text
    session.rollback()
    assert session.get(User, only.id).email


def test_the_page_takes_few_statements(client, as_nora, count_statements, session, nora):
    session.add(AccessEvent(at=NOW, actor_id=make_user(session).id, subject_id=nora.id, what="x"))
    session.commit()
    with count_statements() as statements:
        client.get(PAGE)

    assert len(statements) <= 8
