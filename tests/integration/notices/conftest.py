"""A morning in a cohort, and its digests."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import select

from app.jobs.notices import write_digests
from courses.models import CohortDeadline, OutboxMail
from tests.factories import make_cohort

MORNING = datetime(2027, 2, 1, 7, 30, tzinfo=UTC)

TODAY = MORNING.date()

FAR = date(2027, 12, 1)


@pytest.fixture(autouse=True)
def traveller():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def own(course):
    return next(a for a in course.assignments if not a.is_joint)


@pytest.fixture
def cohort(session, course):
    """A cohort without a break now and without a date that is near."""
    due = {one.id: FAR for one in course.assignments}
    return make_cohort(session, course, due=due, starts_on=date(2027, 1, 11))


@pytest.fixture
def due(session, cohort):
    """Give an assignment of the cohort a last day."""
    def set_due(item, day):
        row = session.get_one(CohortDeadline, (cohort.id, item.id))
        row.due_on = day
        session.flush()

    return set_due


@pytest.fixture
def send(app, session):
    """Write today's digests; return them in order of person."""
    seen = set()

    def write_and_read():
        session.commit()
        with app.app_context():
            write_digests(app)
        session.expire_all()
        rows = session.scalars(select(OutboxMail).order_by(OutboxMail.user_id)).all()
        session.commit()
        new = [row for row in rows if row.id not in seen and row.template == "digest"]
        seen.update(row.id for row in new)
        return new

    return write_and_read


def facts(mail):
    return [(one["kind"], one.get("title", one.get("count"))) for one in mail.params["lines"]]
