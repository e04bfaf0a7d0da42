"""Lists of the people of a cohort, with where they work and how their invitation stands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, select
from sqlalchemy.orm import Session

from courses.models import Enrollment, Invitation, Organization, Team, User
from courses.rules.alphabet import alphabetical


class InvitationStatus(StrEnum):
    """Where a person stands between being added and having logged in."""

    NONE = "none"
    SENT = "sent"
    EXPIRED = "expired"
    USED = "used"


@dataclass(frozen=True, kw_only=True)
class Person:
    """A participant in a list."""

    enrollment: Enrollment
    user: User
    organization: Organization
    team: Team | None
    """The home team."""
    invitation: InvitationStatus


def invitation_status(
    user: User, expires_at: datetime | None, now: datetime
) -> InvitationStatus:
    """Return how the invitation stands; who has an account has used it."""
    if user.activated_at is not None:
        return InvitationStatus.USED
    if expires_at is None:
        return InvitationStatus.NONE
    return InvitationStatus.SENT if expires_at > now else InvitationStatus.EXPIRED


def latest_invitation(user_id: Any) -> ScalarSelect[datetime]:
    """Return the time at which a person's latest invitation runs out, as a column."""
    return (
        select(func.max(Invitation.expires_at))
        .where(Invitation.user_id == user_id, Invitation.revoked_at.is_(None))
        .scalar_subquery()
    )


def people_where(
    session: Session, now: datetime, *conditions: ColumnElement[bool]
) -> list[Person]:
    """Return participants in Swedish alphabetical order, in one statement."""
    rows = session.execute(_people().where(and_(*conditions)))
    return sorted(
        (
            Person(
                enrollment=e, user=user, organization=organization, team=team,
                invitation=invitation_status(user, expires_at, now),
            )
            for e, user, organization, team, expires_at in rows
        ),
        key=lambda person: (alphabetical(person.user.name), person.enrollment.id),
    )


def _people() -> Select[Enrollment, User, Organization, Team, datetime | None]:
    return (
        select(Enrollment, User, Organization, Team, latest_invitation(User.id))
        .join(User, User.id == Enrollment.user_id)
        .join(Organization, Organization.id == Enrollment.organization_id)
        .outerjoin(Team, Team.id == Enrollment.home_team_id)
    )


def participants_of(
    session: Session, cohort_id: int, now: datetime, *, employers: Collection[int] | None = None
) -> list[Person]:
    """Return the participants of a cohort; with `employers`, only those whom they employ."""
    conditions = [Enrollment.cohort_id == cohort_id]
    if employers is not None:
        conditions.append(Enrollment.organization_id.in_(employers))
    return people_where(session, now, *conditions)
