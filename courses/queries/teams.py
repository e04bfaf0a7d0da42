"""A team's page as its coordinators see it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from courses.catalog import Course
from courses.identity import Identity
from courses.models import Enrollment, RoleAssignment, TeamMember, User
from courses.queries.coordination import TeamContext
from courses.queries.participant_rows import (
    AssignmentRow,
    ParticipantRows,
    assembled_rows,
    team_assignments,
)
from courses.queries.people import Person, people_where
from courses.queries.stored_facts import stored_facts
from courses.rules.alphabet import alphabetical
from courses.vocabulary import Role


@dataclass(frozen=True, kw_only=True)
class Member:
    """A member by name. `rows` is None for those of whom the reader sees no more than name
    and authority."""

    person: Person
    rows: ParticipantRows | None


@dataclass(frozen=True, kw_only=True)
class TeamPage:
    """Everything on the page."""

    members: tuple[Member, ...]
    joint: tuple[AssignmentRow, ...]
    trainers: tuple[User, ...]
    """Who can be the team's first reader."""
    first_reader: User | None
    second_reader: User | None
    """Who reads what two are to read, beside the first."""

    @property
    def known(self) -> tuple[Member, ...]:
        """Members whose progress the reader sees."""
        return tuple(member for member in self.members if member.rows)

    @property
    def others(self) -> tuple[Member, ...]:
        """Members of whom the reader sees name and authority."""
        return tuple(member for member in self.members if not member.rows)

    def member(self, enrollment_id: int | None) -> Member | None:
        """Return the member with this enrollment."""
        return next((m for m in self.members if m.person.enrollment.id == enrollment_id), None)


def team_page(
    session: Session,
    identity: Identity,
    context: TeamContext,
    course: Course,
    *,
    now: datetime,
    today: date,
) -> TeamPage:
    """Return what `identity` may see of the team, in three statements."""
    team, cohort = context.team, context.cohort
    people = people_where(
        session, now, Enrollment.cohort_id == cohort.id,
        or_(
            Enrollment.home_team_id == team.id,
            Enrollment.id.in_(
                select(TeamMember.enrollment_id).where(
                    TeamMember.team_id == team.id, TeamMember.left_on.is_(None)
                )
            ),
        ),
    )
    is_whole = identity.is_county_coordinator_of(cohort.id)
    own = identity.organizations_in(cohort.id)
    known = [p for p in people if is_whole or p.enrollment.organization_id in own]
    known_ids = {person.enrollment.id for person in known}
    teams = {p.enrollment.home_team_id for p in known if p.enrollment.home_team_id}
    facts = stored_facts(session, cohort.id, known_ids, teams | {team.id})
    trainers = trainers_of(session, cohort.id, also=team.first_reader_id)
    return TeamPage(
        members=tuple(
            Member(
                person=person,
                rows=assembled_rows(person.enrollment, cohort, None, course, facts, today)
                if person.enrollment.id in known_ids
                else None,
            )
            for person in people
        ),
        joint=team_assignments(team.id, course, facts, today),
        trainers=tuple(trainers),
        first_reader=next((t for t in trainers if t.id == team.first_reader_id), None),
        second_reader=next((t for t in trainers if t.id == context.second_reader_id), None),
    )


def trainers_of(session: Session, cohort_id: int, *, also: int | None = None) -> list[User]:
    """Return the cohort's trainers by name; and `also`, who may have been one."""
    trains = select(RoleAssignment.user_id).where(
        RoleAssignment.role == Role.TRAINER,
        RoleAssignment.cohort_id == cohort_id,
        RoleAssignment.ended_at.is_(None),
    )
    rows = session.scalars(select(User).where(or_(User.id.in_(trains), User.id == also)))
    return sorted(rows, key=lambda user: (alphabetical(user.name), user.id))
