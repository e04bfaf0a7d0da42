"""A participant or a team and one of their assignments, for those who help them with it."""

from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.errors import NotFound
from courses.identity import Identity
from courses.models import Cohort, Edition, Enrollment, Organization, Team, User
from courses.permissions import Permission, Scope


@dataclass(frozen=True, kw_only=True)
class OwnerContext:
    """Whose work it is, as the trainers of the cohort meet them."""

    READ: ClassVar[Permission] = Permission.THREAD_ANSWER

    owner: Enrollment | Team
    cohort: Cohort
    edition_digest: str
    name: str
    """The participant, or the team."""
    organization: str | None
    """None: a regional team."""
    user_id: int | None
    """None: a team."""
    assignment_id: str
    team_name: str | None = None
    """For references: the municipality's team, the person's home team or itself."""

    @property
    def team(self) -> Team | None:
        return self.owner if isinstance(self.owner, Team) else None

    @property
    def scope(self) -> Scope:
        return Scope(
            cohort_id=self.cohort.id,
            enrollment_id=None if self.team else self.owner.id,
            team_id=self.owner.id if self.team else None,
        )

    @property
    def address(self) -> dict[str, int | str | None]:
        """What its URLs hold."""
        return {
            "enrollment_id": None if self.team else self.owner.id,
            "team_id": self.owner.id if self.team else None,
        }


class HelpedContext(OwnerContext):
    """The same, as those meet them who may give more time or hand in for them."""

    READ: ClassVar[Permission] = Permission.DEADLINE_EXTEND


C = TypeVar("C", bound=OwnerContext)


def load_owner(
    session: Session,
    _identity: Identity,
    enrollment_id: int | None = None,
    team_id: int | None = None,
    assignment_id: str = "",
    **_rest: object,
) -> OwnerContext:
    """Return whose thread it is; NotFound when there is no such participant or team."""
    return _owner(session, OwnerContext, enrollment_id, team_id, assignment_id)


def load_helped(
    session: Session,
    _identity: Identity,
    enrollment_id: int | None = None,
    team_id: int | None = None,
    assignment_id: str = "",
    **_rest: object,
) -> HelpedContext:
    """Return who is to be helped; NotFound when there is no such participant or team."""
    return _owner(session, HelpedContext, enrollment_id, team_id, assignment_id)


def _owner(
    session: Session, kind: type[C], enrollment_id: int | None, team_id: int | None,
    assignment_id: str,
) -> C:
    row: Any
    if enrollment_id is not None:
        row = session.execute(
            select(
                Enrollment, Cohort, Edition.digest, User.name, Organization.name, User.id,
                Team.name, Team.organization_id,
            )
            .join(Cohort, Cohort.id == Enrollment.cohort_id)
            .join(Edition, Edition.id == Cohort.edition_id)
            .join(User, User.id == Enrollment.user_id)
            .join(Organization, Organization.id == Enrollment.organization_id)
            .outerjoin(Team, Team.id == Enrollment.home_team_id)
            .where(Enrollment.id == enrollment_id)
        ).one_or_none()
    else:
        row = session.execute(
            select(
                Team, Cohort, Edition.digest, Team.name, Organization.name, User.id, Team.name,
                Team.organization_id,
            )
            .join(Cohort, Cohort.id == Team.cohort_id)
            .join(Edition, Edition.id == Cohort.edition_id)
            .outerjoin(Organization, Organization.id == Team.organization_id)
            .outerjoin(User, User.id.is_(None))
            .where(Team.id == team_id)
        ).one_or_none()
    if row is None:
        raise NotFound
    owner, cohort, digest, name, organization, user_id, team_name, municipality = row
    return kind(
        owner=owner, cohort=cohort, edition_digest=digest, name=name, organization=organization,
        user_id=user_id, assignment_id=assignment_id,
        team_name=team_name if municipality else None,
    )
