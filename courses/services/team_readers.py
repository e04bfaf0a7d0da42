"""Who in a team may read what the team writes: the policy's answer, asked for each member."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import Cohort, Enrollment, Organization, Team
from courses.permissions import Permission, Scope, as_member, permits
from courses.services.showing import members_of


@dataclass(frozen=True)
class _TeamText:
    scope: Scope
    READ: ClassVar[Permission] = Permission.WORK_READ


def team_readers(
    session: Session, team: Team, permission: Permission, *, author: Enrollment | None = None
) -> list[Enrollment]:
    """Return the members of now who have `permission` on the team's draft, or on what `author`
    shares with the team. Two statements."""
    shares = session.scalar(
        select(Cohort.shares_drafts_across_authorities).where(Cohort.id == team.cohort_id)
    )
    text = _TeamText(
        Scope(
            cohort_id=team.cohort_id, organization_id=team.organization_id, team_id=team.id,
            pen_enrollment_ids=frozenset(
                one for one in (team.holder_id, team.deputy_id) if one is not None
            ),
            shares_drafts_across_authorities=bool(shares),
            enrollment_id=author.id if author else None,
            author_organization_id=author.organization_id if author else None,
        )
    )
    members = session.scalars(
        select(Enrollment).where(members_of(team.id)).order_by(Enrollment.id)
    )
    return [
        one
        for one in members
        if permits(
            as_member(one.id, team.cohort_id, team.id, one.organization_id), text, permission
        )
    ]


def other_readers(session: Session, team: Team, organization_id: int) -> list[str]:
    """Return the names of the other authorities with somebody in the team who reads its draft, in
    the order of the alphabet. Three statements."""
    others = {
        one.organization_id
        for one in team_readers(session, team, Permission.DRAFT_READ)
        if one.organization_id != organization_id
    }
    return sorted(session.scalars(select(Organization.name).where(Organization.id.in_(others))))
