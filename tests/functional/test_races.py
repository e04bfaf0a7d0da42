"""Two coordinators at the same moment, on whichever database the suite runs: the second meets
what the first one left, and nobody an error."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from courses.models import (
    Completion,
    CompletionEvent,
    Invitation,
    Job,
    OutboxMail,
    RoleAssignment,
    Team,
    User,
)
from courses.vocabulary import CompletionKind, Role
from tests.conftest import token_from
from tests.factories import (
    LONG_AGO,
    make_cohort,
    make_enrollment,
    make_organization,
    make_role,
    make_user,
)

HANDS = 4


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course)


@pytest.fixture
def at_once(app, session, login):
    """Post the same form from four coordinators' browsers; return the answers."""

    def press(path, fields):
        people = [make_role(session, Role.COORDINATOR) for _ in range(HANDS)]
        browsers = [login(one, on=app.test_client()) for one in people]
        tokens = [token_from(browser) for browser in browsers]
        barrier = Barrier(HANDS)

        def click(number):
            barrier.wait()
            data = fields | {"csrf_token": tokens[number], "idem": f"race-{number}"}
            return browsers[number].post(path, data=data).status_code

        with ThreadPoolExecutor(HANDS) as pool:
            return sorted(pool.map(click, range(HANDS)))

    return press


def test_a_team_added_by_four_at_once_is_there_once(at_once, session, cohort):
    answers = at_once(f"/samordna/{cohort.id}/team", {"team_name": "Norr", "municipality": "0"})

    assert answers == [303, 422, 422, 422]
    assert session.scalar(select(func.count(Team.id))) == 1


def test_a_trainer_added_by_four_at_once_has_one_role(at_once, session, cohort):
    person = {"name": "Ny", "email": "ny@example.org"}
    answers = at_once(f"/samordna/{cohort.id}/personer/utbildare", person)

    assert answers == [303] * HANDS
    assert session.scalar(select(func.count(User.id)).where(User.email == "ny@example.org")) == 1
    trains = select(func.count(RoleAssignment.id)).where(RoleAssignment.role == Role.TRAINER)
    assert session.scalar(trains) == 1


def test_a_participant_added_by_four_at_once_has_one_place(at_once, session, cohort):
    employer = make_organization(session)
    answers = at_once(
        f"/samordna/{cohort.id}/personer/deltagare",
        {"name": "Ny", "email": "ny@example.org", "organization": employer.id,
         "sector": "school", "home_team": "", "further_team": ""},
    )

    assert answers == [303, 422, 422, 422]


def test_people_invited_by_four_at_once_get_one_mail(at_once, session, cohort):
    make_enrollment(session, cohort, user=make_user(session, activated_at=None))

    assert at_once(f"/samordna/{cohort.id}/personer/bjud-in", {}) == [303] * HANDS
    assert session.scalar(select(func.count(Invitation.id))) == 1
    assert session.scalar(select(func.count(OutboxMail.id))) == 1


def test_a_certificate_asked_for_by_four_at_once_is_one_job(at_once, session, cohort, course):
    cohort.requirement_set = [
        {"id": "R", "kind": "all", "items": [course.lessons[0].id], "count": 0}
    ]
    enrollment = make_enrollment(session, cohort)
    done = CompletionEvent(
        enrollment_id=enrollment.id, item_id=course.lessons[0].id, kind=CompletionKind.DONE,
        at=LONG_AGO, content_digest="",
    )
    session.add(done)
    session.flush()
    session.add(
        Completion(
            enrollment_id=enrollment.id, item_id=done.item_id, at=LONG_AGO, event_id=done.id
        )
    )

    answers = at_once(f"/samordna/{cohort.id}/intyg", {"enrollment": enrollment.id})
    assert answers == [303] * HANDS
    assert session.scalar(select(func.count(Job.id))) == 1
