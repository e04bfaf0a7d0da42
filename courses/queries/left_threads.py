"""What was said in a team's thread before somebody came or after they had left: not theirs."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import (
    DraftReading,
    DraftReply,
    Enrollment,
    TeamMember,
    Thread,
    ThreadMessage,
    TimeRequest,
)
from courses.rules.calendar import STOCKHOLM

WHEN = {ThreadMessage: "at", TimeRequest: "asked_at", DraftReading: "sent_at", DraftReply: "at"}
"""Table → the column that says when it came."""


def outside_membership(
    session: Session, user_id: int
) -> Callable[[type[Any], Mapping[Any, Any]], bool]:
    """Return whether a row of the thread tables came while this person, who has left the team
    since, was not in it. Of those who are in the team nothing is outside. One statement."""
    spans: dict[int, tuple[date, date]] = {}
    readings: dict[int, tuple[date, date]] = {}
    for thread_id, reading_id, joined_on, left_on in session.execute(
        select(Thread.id, DraftReading.id, TeamMember.joined_on, TeamMember.left_on)
        .join(TeamMember, TeamMember.team_id == Thread.team_id)
        .join(Enrollment, Enrollment.id == TeamMember.enrollment_id)
        .outerjoin(DraftReading, DraftReading.thread_id == Thread.id)
        .where(Enrollment.user_id == user_id, TeamMember.left_on.is_not(None))
    ):
        if left_on is not None:
            spans[thread_id] = readings[reading_id] = (joined_on, left_on)

    def is_outside(model: type[Any], row: Mapping[Any, Any]) -> bool:
        if model not in WHEN:
            return False
        key = "reading_id" if model is DraftReply else "thread_id"
        span = (readings if model is DraftReply else spans).get(row[key])
        at: datetime = row[WHEN[model]]
        return span is not None and not span[0] <= at.astimezone(STOCKHOLM).date() <= span[1]

    return is_outside
