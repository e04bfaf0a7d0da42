"""A cohort, people who join it and answer, and who looks at what they answered."""

from datetime import date, timedelta

import pytest

from app.views import surveys as views
from courses.vocabulary import Role
from tests.factories import make_cohort, make_enrollment, make_role, user_of


@pytest.fixture
def cohort(session, course):
    cohort = make_cohort(session, course)
    session.commit()
    return cohort


@pytest.fixture
def person(app, session, cohort, login):
    """Give a new participant's browser and place."""

    def join(**fields):
        enrollment = make_enrollment(session, cohort, **fields)
        session.commit()
        return login(user_of(session, enrollment), on=app.test_client()), enrollment

    return join


@pytest.fixture
def everybody(post, person):
    """Let so many people answer a survey, each as `filled_in(number)` says."""

    def answer(many, filled_in=lambda number: {"q01": str(number % 5 + 1)}, survey="fore"):
        for number in range(many):
            browser, _ = person()
            sent = filled_in(number)
            assert post(f"/enkat/{survey}", sent, on=browser).status_code == 303

    return answer


@pytest.fixture
def coordinator(app, session, cohort, login):
    user = make_role(session, Role.COORDINATOR, cohort=cohort)
    session.commit()
    return login(user, on=app.test_client())


@pytest.fixture
def at_the_end(monkeypatch):
    """The clock stands in the last weeks of the cohort's plan."""
    monkeypatch.setattr(views.clock, "today", lambda: date(2026, 9, 14) + timedelta(weeks=56))
