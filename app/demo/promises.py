"""By when the demonstration's people are answered."""

from datetime import datetime, time

from sqlalchemy.orm import Session

from courses.catalog import Course
from courses.models import Cohort, PromiseChange, Submission, SubmissionRound
from courses.rules.calendar import week_days
from courses.rules.promises import new_promise
from courses.rules.queue import Turn
from courses.rules.reviews import OPEN
from courses.rules.submissions import promised_on


def promise(
    session: Session,
    course: Course,
    cohort: Cohort,
    submission: Submission,
    row: SubmissionRound,
    *,
    now: datetime,
    is_answered: bool,
) -> None:
    """Promise an answer to `row`. What nobody answered in time has got a new day, as the
    morning's job gives it."""
    day = promised_on(
        row.submitted_at.date(), starts_on=cohort.starts_on, breaks=course.break_weeks
    )
    submission.turn = Turn.AGAIN if row.number > 1 else Turn.NEW
    submission.promised_on = day
    if is_answered or submission.state not in OPEN or day > now.date():
        return
    breaks = week_days(cohort.starts_on, course.break_weeks)
    submission.promised_on = new_promise(day, without=breaks)
    session.add(
        PromiseChange(
            round_id=row.id, from_on=day, to_on=submission.promised_on, reason="", moved_by=None,
            moved_at=min(datetime.combine(day, time(7), tzinfo=now.tzinfo), now),
        )
    )
