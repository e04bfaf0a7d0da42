"""Inviting the people of a cohort who have no account yet."""

from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from courses.models import Cohort, Enrollment, Invitation, RoleAssignment, User
from courses.services.invitations import invite
from courses.vocabulary import EnrollmentState, Role


def invite_waiting(session: Session, cohort_id: int, *, by: int, now: datetime) -> int:
    """Invite everybody in the cohort who has neither an account nor a link that works.
    Returns how many that was."""
    session.get(Cohort, cohort_id, with_for_update=True)  # one at a time: nobody gets two mails
    takes_part = exists().where(
        Enrollment.user_id == User.id, Enrollment.cohort_id == cohort_id,
        Enrollment.state == EnrollmentState.ACTIVE,
    )
    works = exists().where(
        RoleAssignment.user_id == User.id, RoleAssignment.cohort_id == cohort_id,
        RoleAssignment.role.in_((Role.TRAINER, Role.COORDINATOR)),
        RoleAssignment.ended_at.is_(None),
    )
    has_link = exists().where(
        Invitation.user_id == User.id, Invitation.revoked_at.is_(None),
        Invitation.used_at.is_(None), Invitation.expires_at > now,
    )
    waiting = session.scalars(
        select(User)
        .where(
            or_(takes_part, works), ~has_link, User.activated_at.is_(None),
            User.disabled_at.is_(None), User.email.is_not(None),
        )
        .order_by(User.id)
    ).all()
    for user in waiting:
        invite(session, user, by, now)
    return len(waiting)
