"""What a search asks the database: whose course it is, and what of it has not opened yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Course
from courses.errors import NotFound
from courses.identity import Identity
from courses.models import CohortModule
from courses.queries.learning import course_context
from courses.rules.opening import is_open


@dataclass(frozen=True, kw_only=True)
class Searcher:
    """The course that a member searches. `closed`: module id → the day that this reader may
    begin to read it."""

    course: Course
    takes_part: bool
    closed: Mapping[str, date]


def searcher(
    session: Session, identity: Identity, *, course_of: Callable[[str], Course], today: date
) -> Searcher | None:
    """Return what this member may search; None for somebody who reads no course."""
    try:
        reading = course_context(session, identity, course_of=course_of, today=today)
    except NotFound:
        return None
    closed = {}
    if reading.enrollment is not None:  # the others read ahead
        days = session.execute(
            select(CohortModule.module_id, CohortModule.opens_on).where(
                CohortModule.cohort_id == reading.cohort.id
            )
        )
        closed = {module: day for module, day in days if not is_open(day, today)}
    return Searcher(
        course=reading.course, takes_part=reading.enrollment is not None, closed=closed
    )
