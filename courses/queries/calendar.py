"""The dates that concern somebody, behind the secret address of their calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

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
    """A date of a cohort, as it holds for one person."""

    cohort_id: int
    edition: str
    item_id: str
    team_id: int | None = None
    due_on: date | None = None
    meeting: CohortMeeting | None = None
    revision: int
    changed_at: datetime


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


def dates_of(session: Session, user: User) -> list[Dated]:
    """Return the meetings of the cohorts that somebody takes part in or trains, and the last
    days of what they are to hand in, alone or with a team; in six statements at most."""
    places = session.execute(
        select(Enrollment, TeamMember.team_id)
        .outerjoin(
            TeamMember,
            and_(TeamMember.enrollment_id == Enrollment.id, TeamMember.left_on.is_(None)),
        )
        .where(Enrollment.user_id == user.id, Enrollment.state != EnrollmentState.ENDED)
    ).all()
    trained = session.scalars(
        select(RoleAssignment.cohort_id).where(
            RoleAssignment.user_id == user.id, RoleAssignment.role == Role.TRAINER,
            RoleAssignment.ended_at.is_(None), RoleAssignment.cohort_id.is_not(None),
        )
    ).all()
    cohort_ids = {place.cohort_id for place, _ in places} | set(trained)
    # the dates of a cohort are rewritten as a whole, which its version and this note tell
    changed = (
        select(func.max(AuditEvent.at))
        .where(AuditEvent.object_type == "cohort", AuditEvent.object_id == Cohort.id)
        .scalar_subquery()
    )
    cohorts = {
        cohort.id: (cohort, digest, at or cohort.opened_at)
        for cohort, digest, at in session.execute(
            select(Cohort, Edition.digest, changed)
            .join(Edition, Edition.id == Cohort.edition_id)
            .where(Cohort.id.in_(cohort_ids), Cohort.opened_at.is_not(None))
        )
    }
    if not cohorts:
        return []
    return [
        *_meetings(session, cohorts),
        *_deadlines(session, cohorts, places),
    ]


def _meetings(session: Session, cohorts: dict) -> Iterator[Dated]:
    for meeting in session.scalars(
        select(CohortMeeting)
        .where(CohortMeeting.cohort_id.in_(cohorts))
        .order_by(CohortMeeting.starts_at, CohortMeeting.meeting_id)
    ):
        cohort, digest, at = cohorts[meeting.cohort_id]
        yield Dated(
            cohort_id=cohort.id, edition=digest, item_id=meeting.meeting_id, meeting=meeting,
            revision=cohort.version, changed_at=at,
        )


def _deadlines(session: Session, cohorts: dict, places: list) -> Iterator[Dated]:
    deadlines = session.scalars(
        select(CohortDeadline)
        .where(CohortDeadline.cohort_id.in_({place.cohort_id for place, _ in places}))
        .order_by(CohortDeadline.due_on, CohortDeadline.item_id)
    ).all()
    moved = {
        (one.enrollment_id, one.team_id, one.assignment_id): one
        for one in session.scalars(
            select(Submission).where(
                or_(
                    Submission.enrollment_id.in_({place.id for place, _ in places}),
                    Submission.team_id.in_({team for _, team in places if team is not None}),
                ),
                Submission.due_on.is_not(None),
            )
        )
    }
    ...
