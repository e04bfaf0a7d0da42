"""Trainers undertake to keep secrets before the first text opens, by whatever address."""

import pytest
from sqlalchemy import delete, select

from app import clock
from app.pages.undertaking import digest_of, source
from courses.models import Cohort, RoleAssignment, SecrecyUndertaking
from courses.permissions import AFTER_THE_UNDERTAKING
from courses.vocabulary import Role
from tests.factories import (
    LONG_AGO,
    OWNER,
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
    make_user,
)
from tests.filing import in_rounds
from tests.functional.test_matrix import ROUTES, cast, key, rules, things  # noqa: F401


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
    trainer = make_role(
        session, Role.TRAINER, cohort=session.get_one(Cohort, submission.cohort_id)
    )
    session.info["trainer"] = trainer.id
    session.commit()
    return trainer


@pytest.fixture
def new(session, trainer, submission, course):
    """A trainer who has not undertaken anything."""
    user = make_user(session)
    session.add(
        RoleAssignment(
            user_id=user.id, role=Role.TRAINER, granted_at=LONG_AGO,
            cohort_id=session.get_one(Cohort, submission.cohort_id).id,
        )
    )
    session.commit()
    return user


def test_nothing_opens_before_it(app, session, cast, things, login):  # noqa: F811
    """Every page that trainers alone are given when they have undertaken it, from the policy."""
    user = make_user(session)
    session.add(
        RoleAssignment(
            user_id=user.id, role=Role.TRAINER, granted_at=LONG_AGO, cohort_id=cast.cohort.id
        )
    )
    session.commit()
    client = login(user)
    opened, asked = [], 0
    for rule, method in rules(app):
        row = ROUTES[key(rule)]
        guard = app.view_functions[rule.endpoint].guard
        if method != "GET" or "trainer" not in row.ok or guard not in AFTER_THE_UNDERTAKING:
            continue
        path = app.url_map.bind("localhost").build(
            rule.endpoint, {name: things[row.url[name]] for name in rule.arguments}
        )
        answer = client.get(path)
        asked += 1
        if answer.status_code != 303 or not answer.location.startswith(
            "/sekretessforbindelse?next="
        ):
            opened.append((path, answer.status_code))
    assert opened == []
    assert asked >= 20


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
        SecrecyUndertaking(user_id=new.id, digest="0" * 64, words="Andra ord", at=clock.now())
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

