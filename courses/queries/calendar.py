"""The dates that concern somebody, behind the secret address of their calendar."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from courses.catalog import Course
from courses.models import (
    AuditEvent,
    CalendarAddress,
    Cohort,
    CohortDeadline,
    CohortMeeting,
    Edition,
    Enrollment,
    RoleAssignment,
    Submission,
    TeamMember,
    User,
)
from courses.rules.tokens import token_hash
from courses.vocabulary import EnrollmentState, Role


@dataclass(frozen=True, kw_only=True)
class Dated:
    """A meeting, or a last day, as it holds for one person."""

    cohort_id: int
    course: Course
    item_id: str
    team_id: int | None = None
    due_on: date | None = None
    meeting: CohortMeeting | None = None
    revision: int
    changed_at: datetime


@dataclass(frozen=True)
class _Dates:
    """A cohort, its course, and when its dates were last changed."""

    cohort: Cohort
    course: Course
    changed_at: datetime


Place = tuple[Enrollment, int | None]
"""With a team that it works in."""


def owner_of_calendar(session: Session, secret: str) -> User | None:
    """Return whose calendar lies at this address, if that person has an account."""
    return session.scalars(
        select(User)
        .join(CalendarAddress, CalendarAddress.user_id == User.id)
        .where(
            CalendarAddress.token_hash == token_hash(secret), User.disabled_at.is_(None),
            User.activated_at.is_not(None),
        )
    ).one_or_none()


def dates_of(
    session: Session, user: User, *, course_of: Callable[[str], Course]
) -> list[Dated]:
    """Return the meetings of the cohorts that somebody takes part in or trains, and the last
    days of what they are to hand in, alone or with a team; in six statements."""
    places = [
        (enrollment, team_id)
        for enrollment, team_id in session.execute(
            select(Enrollment, TeamMember.team_id)
            .outerjoin(
                TeamMember,
                and_(TeamMember.enrollment_id == Enrollment.id, TeamMember.left_on.is_(None)),
            )
            .where(Enrollment.user_id == user.id, Enrollment.state != EnrollmentState.ENDED)
            .order_by(Enrollment.id, TeamMember.team_id)
        )
    ]
    trained = session.scalars(
        select(RoleAssignment.cohort_id).where(
            RoleAssignment.user_id == user.id, RoleAssignment.role == Role.TRAINER,
            RoleAssignment.ended_at.is_(None), RoleAssignment.cohort_id.is_not(None),
        )
    )
    cohort_ids = {place.cohort_id for place, _ in places} | set(trained)
    # the dates of a cohort are rewritten as a whole, which its version and this note tell
    changed_at = (
        select(func.max(AuditEvent.at))
        .where(AuditEvent.object_type == "cohort", AuditEvent.object_id == Cohort.id)
        .scalar_subquery()
    )
    cohorts = {
        cohort.id: _Dates(cohort, course_of(digest), at)
        for cohort, digest, at in session.execute(
            select(Cohort, Edition.digest, func.coalesce(changed_at, Cohort.opened_at))
            .join(Edition, Edition.id == Cohort.edition_id)
            .where(Cohort.id.in_(cohort_ids), Cohort.opened_at.is_not(None))
        )
    }
    return [*_meetings(session, cohorts), *_deadlines(session, cohorts, places)]


def _meetings(session: Session, cohorts: Mapping[int, _Dates]) -> Iterator[Dated]:
    for meeting in session.scalars(
        select(CohortMeeting)
        .where(CohortMeeting.cohort_id.in_(cohorts))
        .order_by(CohortMeeting.starts_at, CohortMeeting.meeting_id)
    ):
        known = cohorts[meeting.cohort_id]
        yield Dated(
            cohort_id=known.cohort.id, course=known.course, item_id=meeting.meeting_id,
            meeting=meeting, revision=known.cohort.version, changed_at=known.changed_at,
        )


def _deadlines(
    session: Session, cohorts: Mapping[int, _Dates], places: Sequence[Place]
) -> Iterator[Dated]:
    teams = {team_id for _, team_id in places if team_id is not None}
    # the last day that a trainer gave is the one that counts
    moved = {
        (one.enrollment_id, one.team_id, one.assignment_id): one
        for one in session.scalars(
            select(Submission).where(
                or_(
                    Submission.enrollment_id.in_({place.id for place, _ in places}),
                    Submission.team_id.in_(teams),
                ),
                Submission.due_on.is_not(None),
            )
        )
    }
    for deadline in session.scalars(
        select(CohortDeadline)
        .where(CohortDeadline.cohort_id.in_({p.cohort_id for p, _ in places} & cohorts.keys()))
        .order_by(CohortDeadline.due_on, CohortDeadline.item_id)
    ):
        known = cohorts[deadline.cohort_id]
        is_joint = any(
            one.id == deadline.item_id and one.is_joint for one in known.course.assignments
        )
        mine = [one for one in places if one[0].cohort_id == deadline.cohort_id]
        owners: list[tuple[int | None, int | None]] = (
            [(None, team_id) for _, team_id in mine if team_id is not None]
            if is_joint
            else [(mine[0][0].id, None)]
        )
        for enrollment_id, team_id in owners:
            own = moved.get((enrollment_id, team_id, deadline.item_id))
            yield Dated(
                cohort_id=known.cohort.id, course=known.course, item_id=deadline.item_id,
                team_id=team_id, due_on=own.due_on if own else deadline.due_on,
                revision=known.cohort.version + (own.version if own else 0),
                changed_at=max(known.changed_at, own.submitted_at or known.changed_at)
                if own else known.changed_at,
            )
