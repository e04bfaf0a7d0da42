"""What the page behind an invitation's link shows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from courses.models import Cohort, Enrollment, Invitation, Organization, RoleAssignment, User
from courses.rules.tokens import token_hash, used_just_now
from courses.vocabulary import Language, Role, Sector


class InvitationState(StrEnum):
    OPEN = "open"
    USED = "used"
    REPLACED = "replaced"
    """Revoked: a newer one has been sent."""
    EXPIRED = "expired"


@dataclass(frozen=True, kw_only=True)
class Invited:
    """To what somebody is invited: as participant (`role` None) or in a role."""

    role: Role | None
    cohort: str | None
    organization: str | None


@dataclass(frozen=True, kw_only=True)
class InvitationPage:
    state: InvitationState
    used_just_now: bool
    """Perhaps by the first of two clicks."""
    expires_at: datetime
    inviter: str | None
    name: str
    email: str
    language: Language
    organization: str | None
    sector: Sector | None
    """The participant's; None for somebody who is none."""
    invited_to: tuple[Invited, ...]
    has_account: bool
    """The link lets somebody who has an account choose a new password."""

    @property
    def is_participant(self) -> bool:
        return any(one.role is None for one in self.invited_to)


def invitation_page(session: Session, token: str, *, now: datetime) -> InvitationPage | None:
    """Return what the link shows; None when it is none of ours. Changes nothing."""
    inviter = aliased(User)
    row = session.execute(
        select(Invitation, User, inviter.name, Organization.name)
        .join(User, User.id == Invitation.user_id)
        .outerjoin(inviter, inviter.id == Invitation.invited_by)
        .outerjoin(Organization, Organization.id == User.organization_id)
        .where(
            Invitation.token_hash == token_hash(token),
            User.disabled_at.is_(None),
            User.email.is_not(None),
        )
    ).one_or_none()
    if row is None:
        return None
    invitation, user, inviter_name, organization = row
    places = session.execute(
        select(Enrollment.sector, Cohort.name, Organization.name)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .join(Organization, Organization.id == Enrollment.organization_id)
        .where(Enrollment.user_id == user.id)
        .order_by(Cohort.starts_on.desc(), Enrollment.id)
    ).all()
    roles = session.execute(
        select(RoleAssignment.role, Cohort.name, Organization.name)
        .outerjoin(Cohort, Cohort.id == RoleAssignment.cohort_id)
        .outerjoin(Organization, Organization.id == RoleAssignment.organization_id)
        .where(RoleAssignment.user_id == user.id, RoleAssignment.ended_at.is_(None))
        .order_by(RoleAssignment.id)
    ).all()
    return InvitationPage(
        state=_state(invitation, now),
        used_just_now=used_just_now(invitation.used_at, now),
        expires_at=invitation.expires_at,
        inviter=inviter_name,
        name=user.own_name,
        email=user.email or "",
        language=user.language,
        organization=organization,
        sector=places[0][0] if places else None,
        invited_to=(
            *(Invited(role=None, cohort=c, organization=o) for _, c, o in places),
            *(Invited(role=r, cohort=c, organization=o) for r, c, o in roles),
        ),
        has_account=user.activated_at is not None,
    )


def _state(invitation: Invitation, now: datetime) -> InvitationState:
    if invitation.used_at is not None:
        return InvitationState.USED
    if invitation.revoked_at is not None:
        return InvitationState.REPLACED
    if invitation.expires_at <= now:
        return InvitationState.EXPIRED
    return InvitationState.OPEN
