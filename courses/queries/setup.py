"""What the pages show on which a cohort is set up."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Date, and_, cast, exists, literal, null, select, union_all
from sqlalchemy.orm import Session

from courses.errors import NotFound
from courses.models import (
    CohortDeadline,
    CohortMeeting,
    CohortModule,
    Enrollment,
    Organization,
    RoleAssignment,
    Team,
    TeamMember,
    User,
)
from courses.models.base import UtcDateTime
from courses.permissions import Permission, Scope
from courses.queries.people import InvitationStatus, invitation_status, latest_invitation
from courses.rules.alphabet import alphabetical
from courses.vocabulary import Role


@dataclass(frozen=True)
class NewCohort:
    """The page on which a cohort is created: only who may do that knows of it."""

    READ: ClassVar[Permission] = Permission.COHORT_CREATE

    @property
    def scope(self) -> Scope:
        return Scope()


@dataclass(frozen=True, kw_only=True)
class StoredMeeting:
    """A meeting as it stands."""

    starts_at: datetime
    ends_at: datetime
    place: str
    link: str


@dataclass(frozen=True, kw_only=True)
class StoredDates:
    """All dates of a cohort as they stand."""

    opens: dict[str, date]
    due: dict[str, date]
    meetings: dict[str, StoredMeeting]


@dataclass(frozen=True, kw_only=True)
class TeamLine:
    """A team in the set-up: whether it can be removed."""

    team: Team
    organization: Organization | None
    is_empty: bool


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where somebody can work and in which teams of the cohort."""

    organizations: list[Organization]
    teams: list[TeamLine]


@dataclass(frozen=True, kw_only=True)
class Worker:
    """Somebody with a role in the cohort."""

    assignment: RoleAssignment
    user: User
    organization: Organization | None
    invitation: InvitationStatus


def stored_dates(session: Session, cohort_id: int) -> StoredDates:
    """Return the cohort's dates, in one statement."""
    no_day, no_time = cast(null(), Date), cast(null(), UtcDateTime())
    rows = session.execute(
        union_all(
            select(
                literal("meeting").label("kind"), CohortMeeting.meeting_id.label("id"),
                no_day.label("day"), CohortMeeting.starts_at, CohortMeeting.ends_at,
                CohortMeeting.place, CohortMeeting.link,
            ).where(CohortMeeting.cohort_id == cohort_id),
            select(
                literal("opens"), CohortModule.module_id, CohortModule.opens_on, no_time,
                no_time, literal(""), literal(""),
            ).where(CohortModule.cohort_id == cohort_id),
            select(
                literal("due"), CohortDeadline.item_id, CohortDeadline.due_on, no_time,
                no_time, literal(""), literal(""),
            ).where(CohortDeadline.cohort_id == cohort_id),
        )
    ).all()
    return StoredDates(
        opens={row.id: row.day for row in rows if row.kind == "opens"},
        due={row.id: row.day for row in rows if row.kind == "due"},
        meetings={
            row.id: StoredMeeting(
                starts_at=row.starts_at, ends_at=row.ends_at, place=row.place, link=row.link
            )
            for row in rows
            if row.kind == "meeting"
        },
    )


def organizations(session: Session) -> list[Organization]:
    """Return every municipality and authority, in Swedish order."""
    return sorted(
        session.scalars(select(Organization)), key=lambda one: (alphabetical(one.name), one.id)
    )


def teams_of(session: Session, cohort_id: int) -> list[TeamLine]:
    """Return the cohort's teams in Swedish order, in one statement."""
    is_used = exists().where(TeamMember.team_id == Team.id) | exists().where(
        Enrollment.home_team_id == Team.id
    )
    rows = session.execute(
        select(Team, Organization, is_used)
        .outerjoin(Organization, Organization.id == Team.organization_id)
        .where(Team.cohort_id == cohort_id)
    )
    lines = [
        TeamLine(team=team, organization=organization, is_empty=not used)
        for team, organization, used in rows
    ]
    return sorted(lines, key=lambda line: (alphabetical(line.team.name), line.team.id))


def places_in(session: Session, cohort_id: int) -> Places:
    """Return what a participant's form offers, in two statements."""
    return Places(organizations=organizations(session), teams=teams_of(session, cohort_id))


def team_in(session: Session, cohort_id: int, team_id: int) -> Team:
    """Return a team of this cohort; NotFound when it has none such."""
    team = session.get(Team, team_id)
    if team is None or team.cohort_id != cohort_id:
        raise NotFound
    return team


def workers_of(session: Session, cohort_id: int, now: datetime) -> list[Worker]:
    """Return the cohort's trainers and coordinators by name, in one statement."""
    rows = session.execute(
        select(RoleAssignment, User, Organization, latest_invitation(User.id))
        .join(User, User.id == RoleAssignment.user_id)
        .outerjoin(Organization, Organization.id == RoleAssignment.organization_id)
        .where(
            RoleAssignment.cohort_id == cohort_id,
            RoleAssignment.role.in_((Role.TRAINER, Role.COORDINATOR)),
            RoleAssignment.ended_at.is_(None),
        )
    )
    workers = [
        Worker(
            assignment=assignment, user=user, organization=organization,
            invitation=invitation_status(user, expires_at, now),
        )
        for assignment, user, organization, expires_at in rows
    ]
    return sorted(workers, key=lambda one: (alphabetical(one.user.name), one.assignment.id))


def worker_in(session: Session, cohort_id: int, role_id: int) -> tuple[RoleAssignment, User]:
    """Return a role in this cohort, ended or not, and who has it; NotFound when there is none."""
    row = session.execute(
        select(RoleAssignment, User)
        .join(User, User.id == RoleAssignment.user_id)
        .where(
            RoleAssignment.id == role_id,
            RoleAssignment.cohort_id == cohort_id,
            RoleAssignment.role.in_((Role.TRAINER, Role.COORDINATOR)),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return row.RoleAssignment, row.User


def teams_with(session: Session, enrollment: Enrollment) -> list[Team]:
    """Return the teams that the enrollment is in now, by name."""
    return list(
        session.scalars(
            select(Team)
            .join(TeamMember, TeamMember.team_id == Team.id)
            .where(TeamMember.enrollment_id == enrollment.id, TeamMember.left_on.is_(None))
            .order_by(Team.name, Team.id)
        )
    )


def further_team_of(session: Session, enrollment: Enrollment) -> int | None:
    """Return the id of the team that the enrollment is in besides the home team."""
    return session.scalars(
        select(TeamMember.team_id)
        .where(
            and_(
                TeamMember.enrollment_id == enrollment.id,
                TeamMember.left_on.is_(None),
                TeamMember.team_id.is_distinct_from(enrollment.home_team_id),
            )
        )
        .order_by(TeamMember.team_id)
    ).first()
