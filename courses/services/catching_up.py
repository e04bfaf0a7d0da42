"""Whoever joins late gets dates of their own."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Course
from courses.models import Cohort, CohortDeadline, Enrollment, Submission
from courses.rules.calendar import STOCKHOLM, week_days
from courses.rules.catching_up import own_dates, week_of
from courses.rules.talking import is_still_to_hand_in
from courses.services.extensions import extend


def give_time_to_catch_up(
    session: Session,
    enrollment: Enrollment,
    course: Course,
    actor_id: int,
    now: datetime,
    today: date,
) -> None:
    """Let nobody who joins late begin by being late: what is due too soon, in the way to catch
    up, gets the time that the course gives to whoever joins in this week."""
    cohort = session.get_one(Cohort, enrollment.cohort_id)
    joined_on = enrollment.created_at.astimezone(STOCKHOLM).date()
    week = week_of(cohort.starts_on, joined_on)
    way = course.plan.catch_up_from(week) if week > 1 else None
    if way is None:
        return
    wanted = course.to_catch_up(way)
    due: dict[str, date | None] = {
        row.item_id: row.due_on
        for row in session.execute(
            select(CohortDeadline.item_id, CohortDeadline.due_on).where(
                CohortDeadline.cohort_id == cohort.id,
                CohortDeadline.item_id.in_([one.id for one in wanted]),
            )
        )
    }
    states = {
        row.assignment_id: row.state
        for row in session.execute(
            select(Submission.assignment_id, Submission.state).where(
                Submission.enrollment_id == enrollment.id
            )
        )
    }
    dates = own_dates(
        due, joined_on=today, extra_weeks=way.extra_weeks,
        without=week_days(cohort.starts_on, course.break_weeks),
    )
    for assignment in wanted:
        day = dates.get(assignment.id)
        if day is None or day > cohort.ends_on:
            continue
        if not assignment.is_handed_in or not is_still_to_hand_in(states.get(assignment.id)):
            continue
        extend(
            session, owner=enrollment, course=course, assignment=assignment, due_on=day,
            reason=way.text, by=actor_id, now=now, today=today,
        )
