"""Anna and Bertil train the cohort; Karin takes part, and Nils and Olga are a team with her."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from courses.models import Completion, CompletionEvent, Thread, User
from courses.vocabulary import CompletionKind, Role
from tests.factories import (
    LONG_AGO,
    make_cohort,
    make_enrollment,
    make_role,
    make_team,
    make_user,
)
from tests.reviewing import NOON


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def own(course):
    return course.items["U3"]


@pytest.fixture
def joint(course):
    return next(one for one in course.assignments if one.is_joint)


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course, due=dict.fromkeys(
        (one.id for one in course.assignments), date(2026, 11, 20)
    ))


@pytest.fixture
def team(session, cohort):
    return make_team(session, cohort, name="Norr")


@pytest.fixture
def anna(session, cohort):
    return make_role(session, Role.TRAINER, cohort=cohort, user=make_user(session, name="Anna"))


@pytest.fixture
def bertil(session, cohort):
    return make_role(session, Role.TRAINER, cohort=cohort, user=make_user(session, name="Bertil"))


@pytest.fixture
def karin(session, cohort, team):
    karin = make_enrollment(session, cohort, team=team, user=make_user(session, name="Karin"))
    team.holder_id = karin.id
    return karin


@pytest.fixture
def nils(session, cohort, team):
    return make_enrollment(session, cohort, team=team, user=make_user(session, name="Nils"))


@pytest.fixture
def as_(app, session, login):
    """Return a client of its own for somebody: a user, or an enrollment's."""
    def client_of(who):
        user = who if isinstance(who, User) else session.get_one(User, who.user_id)
        return login(user, on=app.test_client())

    return client_of


@pytest.fixture
def thread(session):
    """Return the only thread there is, as it stands now."""

    def found():
        session.commit()
        session.expire_all()
        return session.scalars(select(Thread)).one()

    return found


@pytest.fixture
def secrecy_done(session, course, karin):
    """Karin has done what comes before any hand-in."""
    for item_id in course.hand_in_first:
        event = CompletionEvent(
            enrollment_id=karin.id, item_id=item_id, kind=CompletionKind.DONE,
            actor_id=karin.user_id, at=LONG_AGO, content_digest="",
        )
        session.add(event)
        session.flush()
        session.add(
            Completion(
                enrollment_id=karin.id, item_id=item_id, event_id=event.id, at=LONG_AGO
            )
        )
    session.commit()
