"""Trainers undertake to keep secrets before the first text opens, by whatever address."""

import pytest
from sqlalchemy import delete, select

from app.undertaking import digest_of, source
from courses.models import SecrecyUndertaking
from courses.vocabulary import Role
from tests.factories import (
    OWNER,
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
)
from tests.filing import in_rounds


@pytest.fixture
def submission(app, session, course):
    cohort = make_cohort(session, course)
    author = make_enrollment(session, cohort, team=make_team(session, cohort))
    submission = make_submission(session, cohort, author, course.items["U1"])
    in_rounds(app, session, submission, by=author)
    session.commit()
    return submission


@pytest.fixture
def trainer(session, submission):
    from courses.models import Cohort

    trainer = make_role(
        session, Role.TRAINER, cohort=session.get_one(Cohort, submission.cohort_id)
    )
    session.info["trainer"] = trainer.id
    session.commit()
    return trainer


@pytest.fixture
def new(session, trainer, submission, course):
    """A trainer who has not undertaken anything."""
    from courses.models import Cohort, RoleAssignment
    from tests.factories import LONG_AGO, make_user

    user = make_user(session)
    session.add(
        RoleAssignment(
            user_id=user.id, role=Role.TRAINER, granted_at=LONG_AGO,
            cohort_id=session.get_one(Cohort, submission.cohort_id).id,
        )
    )
    session.commit()
    return user


@pytest.mark.parametrize("path", [
    "/granska", "/granska/1", "/granska/1/kontrollera", "/granska/1/klart",
    "/granska/1/versioner/1/filer/1", "/granska/1/stoppa/1", "/granska/papper",
])
def test_nothing_opens_before_it(app, new, login, path, submission):
    assert submission.id == 1
    adapter = app.url_map.bind("localhost")
    if not adapter.test(path, method="GET"):
        pytest.skip("no such address")

    answer = login(new).get(path)

    assert answer.status_code == 303
    assert answer.location.startswith("/sekretessforbindelse?next=")


def test_nothing_is_sent_before_it_either(new, login, post):
    login(new)

    answer = post("/granska/1/borja")

    assert answer.status_code == 303
    assert answer.location == "/sekretessforbindelse"


def test_the_words_name_the_owner_and_what_is_secret(new, login):
    page = login(new).get("/sekretessforbindelse").get_data(as_text=True)

    assert "Länsstyrelsen Västerbotten" in page
    assert "går att känna igen" in page


def test_it_is_kept_with_its_words_and_leads_on_to_the_text(session, new, login, post):
    browser = login(new)

    answer = post("/sekretessforbindelse", {"agreed": "1", "next": "/granska/1"})

    assert answer.location == "/granska/1"
    kept = session.scalars(
        select(SecrecyUndertaking).where(SecrecyUndertaking.user_id == new.id)
    ).one()
    assert kept.digest == digest_of(OWNER)
    assert kept.words == source(OWNER)
    assert browser.get("/granska/1").status_code == 200


def test_it_is_given_by_a_tick_alone(session, new, login, post):
    login(new)

    answer = post("/sekretessforbindelse", {"next": "https://example.org"})

    assert answer.status_code == 422
    assert "Kryssa i" in answer.get_data(as_text=True)


def test_other_words_are_asked_about_again_but_nothing_typed_is_lost(
    session, new, login, post
):
    session.add(
        SecrecyUndertaking(user_id=new.id, digest="0" * 64, words="Andra ord", at=_now())
    )
    session.commit()
    browser = login(new)

    assert post("/granska/1/borja").location == "/granska/1"
    assert browser.get("/granska/1").location.startswith("/sekretessforbindelse")
    post("/sekretessforbindelse", {"agreed": "1"})
    assert browser.get("/granska/1").status_code == 200


def test_giving_it_twice_keeps_it_once(session, new, login, post):
    login(new)

    post("/sekretessforbindelse", {"agreed": "1"})
    post("/sekretessforbindelse", {"agreed": "1"})

    assert len(
        session.scalars(
            select(SecrecyUndertaking).where(SecrecyUndertaking.user_id == new.id)
        ).all()
    ) == 1


def test_nobody_else_knows_of_the_page(session, login, app):
    officer = make_role(session, Role.SECRECY_OFFICER)
    session.commit()

    assert login(officer).get("/sekretessforbindelse").status_code == 404
    assert app.test_client().get("/sekretessforbindelse").status_code == 303


def test_it_cannot_be_changed_or_taken_away(session, trainer):
    with pytest.raises(Exception, match="frozen"):
        session.execute(delete(SecrecyUndertaking))


def _now():
    from app import clock

    return clock.now()
