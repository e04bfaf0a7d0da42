"""What a team has before it: who writes which section until when, and the meetings to come."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Date,
    String,
    cast,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from courses.catalog import Course
from courses.models import CohortMeeting, Enrollment, JointSection, User
from courses.models.base import UtcDateTime

Writers = dict[tuple[str, str], tuple[str | None, date | None]]
"""(assignment, section) → who is to write it, and until when."""


@dataclass(frozen=True, kw_only=True)
class Coming:
    """A meeting that has not been."""

    id: str
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    title: str


def writers_and_meetings(
    session: Session, team_id: int, cohort_id: int, course: Course, now: datetime
) -> tuple[Writers, tuple[Coming, ...]]:
    """Return both in one statement, the meetings in order of time."""
    titles = {one.id: one.title for one in course.meetings}
    no_day, no_time = cast(null(), Date), cast(null(), UtcDateTime())
    whole: CompoundSelect[Any] = union_all(
        select(
            literal("writer").label("kind"), JointSection.assignment_id.label("key"),
            JointSection.section_id.label("second"), type_coerce(User.name, String).label("name"),
            JointSection.due_on.label("day"), no_time.label("starts_at"),
            no_time.label("ends_at"),
        )
        .outerjoin(Enrollment, Enrollment.id == JointSection.writer_id)
        .outerjoin(User, User.id == Enrollment.user_id)
        .where(JointSection.team_id == team_id),
        select(
            literal("meeting"), CohortMeeting.meeting_id, CohortMeeting.place,
            CohortMeeting.link, no_day, CohortMeeting.starts_at, CohortMeeting.ends_at,
        ).where(CohortMeeting.cohort_id == cohort_id, CohortMeeting.ends_at > now),
    )
    rows: list[Any] = list(session.execute(whole))
    meetings = [
        Coming(
            id=row.key, starts_at=row.starts_at, ends_at=row.ends_at, place=row.second,
            link=row.name, title=titles.get(row.key, ""),
        )
        for row in rows
        if row.kind == "meeting"
    ]
    return {
        (row.key, row.second): (row.name, row.day) for row in rows if row.kind == "writer"
    }, tuple(sorted(meetings, key=lambda one: one.starts_at))
