"""What anyone may know of a cohort that has not begun: in which weeks it will be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import Cohort, CohortMeeting
from courses.rules.calendar import STOCKHOLM


@dataclass(frozen=True, kw_only=True)
class PlannedCohort:
    """The next cohort, in weeks as the calendar numbers them: (year, week)."""

    starts: tuple[int, int]
    meetings: Mapping[str, tuple[int, int]]
    """By the course's id of the meeting; only those that have a date."""


def planned_cohort(session: Session, course_id: str, *, today: date) -> PlannedCohort | None:
    """Return the next cohort that begins after today, in one statement; None when none does."""
    following = (
        select(Cohort.id)
        .where(Cohort.course_id == course_id, Cohort.starts_on > today)
        .order_by(Cohort.starts_on, Cohort.id)
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Cohort.starts_on, Cohort.ends_on, CohortMeeting.meeting_id, CohortMeeting.starts_at)
        .outerjoin(CohortMeeting, CohortMeeting.cohort_id == Cohort.id)
        .where(Cohort.id == following)
    ).all()
    if not rows:
        return None
    return PlannedCohort(
        starts=_week(rows[0].starts_on),
        meetings={
            row.meeting_id: _week(row.starts_at.astimezone(STOCKHOLM).date())
            for row in rows
            if row.meeting_id
        },
    )


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week
