"""Who has passed a date: the same condition wherever lateness is counted or listed."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, or_, select
from sqlalchemy.orm import aliased

from courses.catalog import Course
from courses.models import (
    CohortDeadline,
    Completion,
    CompletionEvent,
    Enrollment,
    Submission,
    Team,
)
from courses.rules.visible_status import OPEN_STATES
from courses.vocabulary import CompletionKind, EnrollmentState

_late_after = case(
    (Submission.due_on > CohortDeadline.due_on, Submission.due_on), else_=CohortDeadline.due_on
)
"""A date that a trainer gave when sending work back puts lateness off. It is shown nowhere, and
brings nothing forward: either would tell that the work has been sent back."""


def late_work(
    cohort_id: int, course: Course, today: date, *columns: ColumnElement[Any]
) -> Select[Any]:
    """Select `columns` of Enrollment, with `item_id` and `due_on`, a row for each individual
    assignment that an active participant is late with."""
    own = [one.id for one in course.assignments if not one.is_joint]
    return (
        select(*columns, CohortDeadline.item_id, CohortDeadline.due_on)
        .select_from(CohortDeadline)
        .join(Enrollment, Enrollment.cohort_id == CohortDeadline.cohort_id)
        .outerjoin(
            Submission,
            and_(
                Submission.enrollment_id == Enrollment.id,
                Submission.assignment_id == CohortDeadline.item_id,
            ),
        )
        .where(
            CohortDeadline.cohort_id == cohort_id,
            CohortDeadline.item_id.in_(own),
            Enrollment.state == EnrollmentState.ACTIVE,
            _is_open_and_due(today),
            ~exists().where(
                Completion.enrollment_id == Enrollment.id,
                Completion.item_id == CohortDeadline.item_id,
            ),
        )
    )


def late_teams(
    cohort_id: int, course: Course, today: date, *columns: ColumnElement[Any]
) -> Select[Any]:
    """Select `columns` of Team, with `item_id` and `due_on`, a row for each joint assignment
    that a team is late with."""
    joint = [one.id for one in course.assignments if one.is_joint]
    taken_back = aliased(CompletionEvent)
    done = exists().where(
        CompletionEvent.team_id == Team.id,
        CompletionEvent.item_id == CohortDeadline.item_id,
        CompletionEvent.kind != CompletionKind.UNDONE,
        ~exists().where(
            taken_back.team_id == CompletionEvent.team_id,
            taken_back.item_id == CompletionEvent.item_id,
            taken_back.kind == CompletionKind.UNDONE,
            taken_back.id > CompletionEvent.id,
        ),
    )
    return (
        select(*columns, CohortDeadline.item_id, CohortDeadline.due_on)
        .select_from(CohortDeadline)
        .join(Team, Team.cohort_id == CohortDeadline.cohort_id)
        .outerjoin(
            Submission,
            and_(
                Submission.team_id == Team.id,
                Submission.assignment_id == CohortDeadline.item_id,
            ),
        )
        .where(
            CohortDeadline.cohort_id == cohort_id,
            CohortDeadline.item_id.in_(joint),
            _is_open_and_due(today),
            ~done,
        )
    )


def _is_open_and_due(today: date) -> ColumnElement[bool]:
    return and_(
        _late_after < today, or_(Submission.id.is_(None), Submission.state.in_(OPEN_STATES))
    )
