"""Whom a cohort's notices can concern: those who take part, train and coordinate."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from courses.models import (
    Enrollment,
    RoleAssignment,
    Submission,
    Team,
    TeamMember,
    Thread,
    User,
)
from courses.rules.notices import Hold
from courses.vocabulary import EnrollmentState, NoticeKind, Role


@dataclass(frozen=True, kw_only=True)
class Found:
    """A fact and whom it concerns; `hold` when that person is not to be told."""

    user: User
    kind: NoticeKind
    fact: str
    item_id: str | None = None
    team_id: int | None = None
    day: date | None = None
    hold: Hold | None = None


@dataclass(frozen=True, kw_only=True)
class CohortPeople:
    """Everybody with a part in a cohort."""

    participants: Mapping[int, tuple[Enrollment, User]]
    """By enrollment id."""
    teams: Mapping[int, Team]
    members: Mapping[int, tuple[int, ...]]
    """Team id → enrollment ids."""
    trainers: Mapping[int, User]
    coordinators: tuple[tuple[User, int | None], ...]
    """With the organization that a municipal one coordinates."""

    def hold(self, one: Found) -> Hold | None:
        """Why this person is told nothing now."""
        place = self._places.get(one.user.id)
        return None if place is None and one.user.id in self._workers else hold_of(place)

    @cached_property
    def _workers(self) -> frozenset[int]:
        """Who trains or coordinates."""
        return frozenset(self.trainers) | {user.id for user, _part in self.coordinators}

    @cached_property
    def _places(self) -> Mapping[int, Enrollment]:
        return {user.id: enrollment for enrollment, user in self.participants.values()}

    def name_of(self, team_id: int | None) -> str:
        """The team's name; empty for no team."""
        team = self.teams.get(team_id or 0)
        return team.name if team else ""

    def holds_pen(self, user_id: int, team_id: int | None) -> bool:
        """Whether the person holds the pen of the team."""
        team = self.teams.get(team_id or 0)
        found = self.participants.get(team.holder_id or 0) if team else None
        return found is not None and found[1].id == user_id


def hold_of(enrollment: Enrollment | None) -> Hold | None:
    """Return why a participant with this place is told nothing now."""
    if enrollment is None or enrollment.state is EnrollmentState.ENDED:
        return Hold.GONE
    return Hold.PAUSED if enrollment.state is EnrollmentState.PAUSED else None


def readers_of(
    work: Submission | Thread, people: CohortPeople
) -> tuple[User | None, list[User]]:
    """Return the team's first reader, if there is one, and everybody who may answer: who trains
    the cohort and has no part in the work."""
    author = people.participants.get(work.enrollment_id or 0)
    team = people.teams.get((author[0].home_team_id if author else work.team_id) or 0)
    members = people.members.get(work.team_id or 0, ())
    authors = {people.participants[one][1].id for one in members}
    authors |= {author[1].id} if author else set()
    readers = [one for one in people.trainers.values() if one.id not in authors]
    first = people.trainers.get(team.first_reader_id or 0) if team else None
    return first if first in readers else None, readers


def cohort_people(session: Session, cohort_id: int) -> CohortPeople:
    """Return everybody with a part in the cohort, in four statements."""
    participants = {
        enrollment.id: (enrollment, user)
        for enrollment, user in session.execute(
            select(Enrollment, User)
            .join(User, User.id == Enrollment.user_id)
            .where(Enrollment.cohort_id == cohort_id)
            .order_by(Enrollment.id)
        )
    }
    teams = {
        team.id: team
        for team in session.scalars(
            select(Team).where(Team.cohort_id == cohort_id).order_by(Team.id)
        )
    }
    members = defaultdict(list)
    for team_id, enrollment_id in session.execute(
        select(TeamMember.team_id, TeamMember.enrollment_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(Team.cohort_id == cohort_id, TeamMember.left_on.is_(None))
        .order_by(TeamMember.enrollment_id)
    ):
        members[team_id].append(enrollment_id)
    roles = session.execute(
        select(RoleAssignment, User)
        .join(User, User.id == RoleAssignment.user_id)
        .where(
            RoleAssignment.ended_at.is_(None),
            RoleAssignment.role.in_([Role.TRAINER, Role.COORDINATOR]),
            or_(RoleAssignment.cohort_id.is_(None), RoleAssignment.cohort_id == cohort_id),
        )
        .order_by(RoleAssignment.id)
    ).all()
    return CohortPeople(
        participants=participants, teams=teams,
        members={team_id: tuple(ids) for team_id, ids in members.items()},
        trainers={
            user.id: user for role, user in roles
            if role.role is Role.TRAINER and role.cohort_id == cohort_id
        },
        coordinators=tuple(
            (user, role.organization_id) for role, user in roles if role.role is Role.COORDINATOR
        ),
    )
