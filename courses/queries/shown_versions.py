"""A version of a team's draft that was shown on purpose, as those read it who may."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.errors import NotFound
from courses.identity import Identity
from courses.models import Organization, ShownVersion, User
from courses.permissions import Permission, Scope, permits
from courses.queries.team_facts import Shown
from courses.queries.work_context import WorkContext


@dataclass(frozen=True, kw_only=True)
class ShownContext:
    """One shown version; who is not to read it may not know of it."""

    READ: ClassVar[Permission] = Permission.SHOWN_VERSION_READ

    work: WorkContext
    shown: ShownVersion
    by: str
    authority: Organization | None
    """Which authority was asked; None: it was shown to the whole team."""

    @property
    def scope(self) -> Scope:
        return shown_scope(self.work, self.shown.organization_id)


@dataclass(frozen=True, kw_only=True)
class _Line:
    """A shown version in a list, as the policy is asked about it."""

    READ: ClassVar[Permission] = Permission.SHOWN_VERSION_READ
    scope: Scope


def shown_scope(work: WorkContext, organization_id: int | None) -> Scope:
    """Return what the policy is asked about a version that this authority, or the team, was
    shown."""
    return replace(work.scope, shown_to_id=organization_id)


def shown_context(session: Session, work: WorkContext, shown_id: int) -> ShownContext:
    """Return one shown version of this team and assignment, in one statement."""
    row = session.execute(
        select(ShownVersion, User.name, Organization)
        .join(User, User.id == ShownVersion.shown_by)
        .outerjoin(Organization, Organization.id == ShownVersion.organization_id)
        .where(
            ShownVersion.id == shown_id,
            ShownVersion.team_id == (work.team.id if work.team else 0),
            ShownVersion.assignment_id == work.assignment.id,
        )
    ).one_or_none()
    if row is None or not work.is_joint_work:
        raise NotFound
    return ShownContext(work=work, shown=row[0], by=row[1], authority=row[2])


def readable(identity: Identity, work: WorkContext, shown: Iterable[Shown]) -> set[int]:
    """Return the ids of those versions that `identity` may read; asks the policy, no database."""
    return {
        one.id
        for one in shown
        if permits(
            identity, _Line(scope=shown_scope(work, one.organization_id)), _Line.READ
        )
    }
