"""Anna and Bertil train the cohort in which Karin has handed something in."""


import pytest
import time_machine

from courses.identity import Identity
from courses.vocabulary import Role
from tests.factories import make_cohort, make_enrollment, make_role, make_submission, make_user
from tests.reading import make_pair
from tests.reviewing import NOON, hold


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course)


@pytest.fixture
def anna(session, cohort):
    return make_role(session, Role.TRAINER, cohort=cohort, user=make_user(session, name="Anna"))


@pytest.fixture
def bertil(session, cohort):
    return make_role(session, Role.TRAINER, cohort=cohort, user=make_user(session, name="Bertil"))


@pytest.fixture
def own(course):
    return next(a for a in course.assignments if not a.is_joint)


@pytest.fixture
def karin(session, cohort):
    return make_enrollment(session, cohort, user=make_user(session, name="Karin"))


@pytest.fixture
def submission(session, cohort, karin, own):
    return make_submission(session, cohort, karin, own)


@pytest.fixture
def held(session, submission, anna):
    """In Anna's hands since five minutes."""
    return hold(session, submission, anna)


@pytest.fixture
def send(post):
    """Save what is checked, and send it."""

    def save_and_send(submission, fields, **kwargs):
        saved = post(f"/granska/{submission.id}", fields, **kwargs)
        assert saved.status_code == 303
        return post(
            f"/granska/{submission.id}/skicka",
            {"round": fields["round"], "v": fields["v"] + 1}, **kwargs,
        )

    return save_and_send


@pytest.fixture
def identity(cohort, anna):
    """Anna, as the queries know her."""
    return Identity(user_id=anna.id, name=anna.name, trains=frozenset({cohort.id}))


@pytest.fixture
def trainer(anna):
    return anna


@pytest.fixture
def joint(course):
    return next(a for a in course.assignments if a.is_joint)


@pytest.fixture
def gu5(course):
    return course.items["GU5"]


@pytest.fixture
def pair(app, session, login, cohort, gu5):
    """The text, and name → a browser in which that trainer is logged in."""
    submission, anna, bertil = make_pair(session, cohort, gu5)
    session.commit()
    return submission, {
        "Anna": login(anna, on=app.test_client()), "Bertil": login(bertil, on=app.test_client()),
    }
