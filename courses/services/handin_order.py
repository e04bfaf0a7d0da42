"""What must come before what: the only things in the course that are ordered."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course
from courses.errors import Reason, Refused
from courses.models import (
    Cohort,
    CohortModule,
    Completion,
    Enrollment,
    Submission,
    Team,
    owned_by,
)
from courses.rules.opening import has_ended, is_open
from courses.rules.submissions import is_handed_in


def refuse_when_closed(
    session: Session,
    *,
    enrollment: Enrollment,
    course: Course,
    assignment: Assignment,
    today: date,
) -> None:
    """Refuse before the module has opened and after the cohort has ended."""
    module = course.module_of(assignment.id)
    ends_on, opens_on = session.execute(
        select(Cohort.ends_on, CohortModule.opens_on)
        .outerjoin(
            CohortModule,
            (CohortModule.cohort_id == Cohort.id)
            & (CohortModule.module_id == (module.id if module else "")),
        )
        .where(Cohort.id == enrollment.cohort_id)
    ).one()
    if has_ended(ends_on, today):
        raise Refused(Reason.COHORT_HAS_ENDED)
    if not is_open(opens_on, today):
        raise Refused(Reason.NOT_YET_OPEN, date=opens_on)


def refuse_out_of_order(
    session: Session,
    *,
    owner: Enrollment | Team,
    enrollment: Enrollment,
    course: Course,
    assignment: Assignment,
) -> None:
    """Refuse a hand-in before the lessons that come first, and a joint assignment before the
    one before it is handed in. What a coordinator has waived counts as done."""
    earlier = course.joint_before(assignment)
    needed = [*course.hand_in_first, *([earlier.id] if earlier else [])]
    done = set(
        session.scalars(
            select(Completion.item_id).where(
                Completion.enrollment_id == enrollment.id, Completion.item_id.in_(needed)
            )
        )
    )
    for item_id in course.hand_in_first:
        if item_id not in done:
            item = course.items.get(item_id)
            raise Refused(Reason.SECRECY_LESSON_FIRST, lesson=item.title if item else item_id)
    if earlier is None or earlier.id in done:
        return
    state = session.scalar(
        select(Submission.state).filter_by(**owned_by(owner), assignment_id=earlier.id)
    )
    if not is_handed_in(state):
        raise Refused(Reason.EARLIER_JOINT_FIRST, assignment=earlier.title)
