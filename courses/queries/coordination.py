"""What a coordinator's request is about: a cohort, a team or a participant."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from courses.errors import NotFound
from courses.identity import Identity
from courses.models import Cohort, Edition, Enrollment, Organization, SecondReader, Team, User
from courses.permissions import Permission, Scope
from courses.vocabulary import EnrollmentState


@dataclass(frozen=True, kw_only=True)
class CohortContext:
    """A cohort as its coordinators see it. `digest` names its edition of the course."""

    READ: ClassVar[Permission] = Permission.COHORT_READ

    cohort: Cohort
    digest: str

    @property
    def scope(self) -> Scope:
        return Scope(cohort_id=self.cohort.id)


@dataclass(frozen=True, kw_only=True)
class TeamContext:
    """A team's page."""

    READ: ClassVar[Permission] = Permission.TEAM_READ

    team: Team
    cohort: Cohort
    digest: str
    organization: Organization | None
    second_reader_id: int | None
    """Who reads what two are to read, beside the first reader."""

    @property
    def scope(self) -> Scope:
        return Scope(
            cohort_id=self.cohort.id, team_id=self.team.id,
            organization_id=self.team.organization_id,
        )


@dataclass(frozen=True, kw_only=True)
class ParticipantContext:
    """A participant's page as coordinators see it."""

    READ: ClassVar[Permission] = Permission.PARTICIPANT_READ

    enrollment: Enrollment
    user: User
    organization: Organization
    home_team: Team | None
    cohort: Cohort
    digest: str

    @property
    def scope(self) -> Scope:
        return Scope(
            cohort_id=self.cohort.id, organization_id=self.enrollment.organization_id,
            enrollment_id=self.enrollment.id,
        )


def cohort_context(session: Session, cohort_id: int) -> CohortContext:
    """Return the cohort with its edition; NotFound when there is none."""
    row = session.execute(
        select(Cohort, Edition.digest)
        .join(Edition, Edition.id == Cohort.edition_id)
        .where(Cohort.id == cohort_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return CohortContext(cohort=row.Cohort, digest=row.digest)


def team_context(session: Session, team_id: int) -> TeamContext:
    """Return the team with its cohort; NotFound when there is none."""
    row = session.execute(
        select(Team, Cohort, Edition.digest, Organization, SecondReader.reader_id)
        .join(Cohort, Cohort.id == Team.cohort_id)
        .join(Edition, Edition.id == Cohort.edition_id)
        .outerjoin(Organization, Organization.id == Team.organization_id)
        .outerjoin(SecondReader, SecondReader.team_id == Team.id)
        .where(Team.id == team_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return TeamContext(
        team=row.Team, cohort=row.Cohort, digest=row.digest, organization=row.Organization,
        second_reader_id=row.reader_id,
    )


def participant_context(session: Session, enrollment_id: int) -> ParticipantContext:
    """Return the enrollment with its person, employer and team; NotFound when there is none."""
    row = session.execute(
        select(Enrollment, User, Organization, Team, Cohort, Edition.digest)
        .join(User, User.id == Enrollment.user_id)
        .join(Organization, Organization.id == Enrollment.organization_id)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .join(Edition, Edition.id == Cohort.edition_id)
        .outerjoin(Team, Team.id == Enrollment.home_team_id)
        .where(Enrollment.id == enrollment_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return ParticipantContext(
        enrollment=row.Enrollment, user=row.User, organization=row.Organization,
        home_team=row.Team, cohort=row.Cohort, digest=row.digest,
    )


@dataclass(frozen=True, kw_only=True)
class CohortLine:
    """A cohort in the coordinator's list. `participants` are those the coordinator sees."""

    cohort: Cohort
    participants: int


def coordinated_cohorts(session: Session, identity: Identity) -> list[CohortLine]:
    """Return every cohort that `identity` has COHORT_READ for, the latest first."""
    part_of = {c for c, _ in identity.coordinates_for}
    everywhere = {o for c, o in identity.coordinates_for if c is None}
    in_one = [(c, o) for c, o in identity.coordinates_for if c is not None]
    visible: list[ColumnElement[bool]] = [Cohort.id.in_(identity.coordinates)]
    if identity.coordinates_everything:
        visible.append(Cohort.id.is_not(None))
    countable = list(visible)
    if everywhere:
        visible.append(Cohort.id.is_not(None))
        countable.append(Enrollment.organization_id.in_(everywhere))
    if in_one:
        visible.append(Cohort.id.in_(part_of - {None}))
        countable += [
            and_(Cohort.id == c, Enrollment.organization_id == o) for c, o in in_one
        ]
    rows = session.execute(
        select(Cohort, func.count(Enrollment.id))
        .outerjoin(
            Enrollment,
            (Enrollment.cohort_id == Cohort.id)
            & (Enrollment.state == EnrollmentState.ACTIVE)
            & or_(*countable),
        )
        .where(or_(*visible))
        .group_by(Cohort.id)
        .order_by(Cohort.starts_on.desc(), Cohort.id.desc())
    )
    return [CohortLine(cohort=cohort, participants=count) for cohort, count in rows]
