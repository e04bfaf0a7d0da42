"""The team's own page: who is in it, its joint assignments, who writes what, what is read by
whom, what comes."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from courses.catalog import Assignment, Course, contribution_id
from courses.errors import NotFound
from courses.identity import Identity
from courses.models import (
    Cohort,
    Edition,
    Enrollment,
    Organization,
    Team,
    TeamMember,
    User,
)
from courses.permissions import Permission, Scope
from courses.queries.stored_facts import Facts, stored_facts
from courses.queries.team_calendar import Coming, Writers, writers_and_meetings
from courses.queries.team_facts import TeamFacts, team_facts
from courses.rules.opening import is_open, is_under_way
from courses.rules.submissions import WorkStatus, is_handed_in, work_status
from courses.vocabulary import OrganizationKind, Sector


@dataclass(frozen=True, kw_only=True)
class TeamPlace:
    """A team as one of its members meets it, or the place of somebody who has no team."""

    READ: ClassVar[Permission] = Permission.WORK_READ

    cohort: Cohort
    digest: str
    enrollment: Enrollment
    team: Team | None
    organization: Organization | None
    """The team's municipality; None: a regional team. Without a team, the person's own."""
    today: date

    @property
    def scope(self) -> Scope:
        return Scope(
            cohort_id=self.cohort.id,
            enrollment_id=None if self.team else self.enrollment.id,
            team_id=self.team.id if self.team else None,
            organization_id=self.organization.id if self.organization else None,
            shares_drafts_across_authorities=self.cohort.shares_drafts_across_authorities,
            is_open=is_under_way(self.cohort.opened_at, self.cohort.ends_on, self.today),
        )


@dataclass(frozen=True, kw_only=True)
class TeamMate:
    enrollment_id: int
    name: str
    organization: str
    organization_id: int
    sector: Sector
    teams: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A section of a joint assignment, who is to write it and the team's own date for it."""

    label: str
    writer: str | None
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class JointWork:
    """Where one joint assignment stands."""

    assignment: Assignment
    status: WorkStatus
    opens_on: date | None
    is_open: bool
    is_done: bool
    headings: tuple[Heading, ...]
    facts: TeamFacts
    is_handed_in: bool
    owes_line: bool
    """What the reader did for it counts, it is handed in, and their line is not written."""


@dataclass(frozen=True, kw_only=True)
class TeamOverview:
    members: tuple[TeamMate, ...]
    joint: tuple[JointWork, ...]
    meetings: tuple[Coming, ...]
    other_teams: Mapping[int, str]
    """The reader's other teams in the same cohort, by id."""
    kept_out: tuple[str, ...]
    """Authorities with members who do not read the draft until it is shown."""

    def member(self, enrollment_id: int | None) -> TeamMate | None:
        """Return the member with this enrollment."""
        return next((one for one in self.members if one.enrollment_id == enrollment_id), None)


def team_place(
    session: Session, identity: Identity, team_id: int | None, today: date
) -> TeamPlace:
    """Return the team as `identity` meets it, or without `team_id` the place of who has none.
    One statement."""
    if team_id is None:
        place = identity.place
    else:
        place = next((p for p in identity.places if team_id in p.team_ids), None)
    if place is None:
        raise NotFound
    own = aliased(Organization)
    cohort, digest, enrollment, team, organization, employer = session.execute(
        select(Cohort, Edition.digest, Enrollment, Team, Organization, own)
        .join(Enrollment, Enrollment.cohort_id == Cohort.id)
        .join(Edition, Edition.id == Cohort.edition_id)
        .join(own, own.id == Enrollment.organization_id)
        .outerjoin(Team, (Team.id == (team_id or 0)) & (Team.cohort_id == Cohort.id))
        .outerjoin(Organization, Organization.id == Team.organization_id)
        .where(Enrollment.id == place.enrollment_id)
    ).one()
    return TeamPlace(
        cohort=cohort, digest=digest, enrollment=enrollment, team=team,
        organization=organization if team else employer, today=today,
    )


def team_overview(
    session: Session, identity: Identity, place: TeamPlace, course: Course, *, now: datetime
) -> TeamOverview:
    """Return the page, in four statements."""
    owner = place.team or place.enrollment
    members = _members(session, identity, place)
    stored = stored_facts(
        session, place.cohort.id, [place.enrollment.id], [place.team.id] if place.team else []
    )
    facts = team_facts(session, owner)
    writers, meetings = writers_and_meetings(
        session, place.team.id if place.team else 0, place.cohort.id, course, now
    )
    work = stored.teams[place.team.id] if place.team else stored.own[place.enrollment.id]
    mine = stored.own[place.enrollment.id]
    return TeamOverview(
        members=tuple(one for one in members if place.team is None or _is_here(one, place.team)),
        joint=tuple(
            _joint(one, course, place, work, mine, stored.due, stored.opens, facts, writers)
            for one in course.assignments
            if one.is_joint
        ),
        meetings=meetings,
        other_teams={
            team_id: name
            for one in members
            if one.enrollment_id == place.enrollment.id
            for team_id, name in one.teams
            if place.team is None or team_id != place.team.id
        },
        kept_out=_kept_out(place, members),
    )


def _is_here(one: TeamMate, team: Team) -> bool:
    return any(team_id == team.id for team_id, _name in one.teams)


def _kept_out(place: TeamPlace, members: list[TeamMate]) -> tuple[str, ...]:
    team = place.team
    if team is None or place.cohort.shares_drafts_across_authorities:
        return ()
    return tuple(
        sorted({
            one.organization
            for one in members
            if _is_here(one, team)
            and one.organization_id != team.organization_id
            and one.enrollment_id not in (team.holder_id, team.deputy_id)
        })
    )


def _joint(
    assignment: Assignment,
    course: Course,
    place: TeamPlace,
    work: Facts,
    mine: Facts,
    due: Mapping[str, date],
    opens: Mapping[str, date],
    facts: Mapping[str, TeamFacts],
    writers: Writers,
) -> JointWork:
    module = course.module_of(assignment.id)
    state, moved, _at = work.submissions.get(assignment.id, (None, None, None))
    opens_on = opens.get(module.id) if module else None
    asked = {item for line in place.cohort.requirement_set for item in line["items"]}
    part = contribution_id(assignment.id)
    handed_in = is_handed_in(state)
    return JointWork(
        assignment=assignment,
        status=work_status(
            state, has_draft=assignment.id in work.drafts,
            due_on=moved or due.get(assignment.id), today=place.today,
        ),
        opens_on=opens_on, is_open=is_open(opens_on, place.today),
        is_done=assignment.id in mine.done,
        headings=tuple(
            Heading(label=one.label, writer=writer, due_on=due_on)
            for one in assignment.sections
            for writer, due_on in [writers.get((assignment.id, one.id), (None, None))]
        ),
        facts=facts.get(assignment.id) or TeamFacts(), is_handed_in=handed_in,
        owes_line=handed_in and part in asked and part not in mine.done,
    )


def _members(session: Session, identity: Identity, place: TeamPlace) -> list[TeamMate]:
    """Everybody in the reader's teams of this cohort, each with those of the teams."""
    mine = next(
        (p for p in identity.places if p.enrollment_id == place.enrollment.id), None
    )
    found: dict[int, TeamMate] = {}
    teams: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = session.execute(
        select(
            Enrollment.id, User.name, Organization.name, Organization.id, Enrollment.sector,
            Team.id, Team.name,
        )
        .join(TeamMember, TeamMember.enrollment_id == Enrollment.id)
        .join(Team, Team.id == TeamMember.team_id)
        .join(User, User.id == Enrollment.user_id)
        .join(Organization, Organization.id == Enrollment.organization_id)
        .where(TeamMember.team_id.in_(mine.team_ids if mine else []), TeamMember.left_on.is_(None))
        .order_by(User.name, Enrollment.id, Team.name)
    )
    for id_, name, organization, organization_id, sector, team_id, team_name in rows:
        teams[id_].append((team_id, team_name))
        found[id_] = TeamMate(
            enrollment_id=id_, name=name, organization=organization,
            organization_id=organization_id, sector=sector, teams=tuple(teams[id_]),
        )
    return list(found.values())


def is_regional(place: TeamPlace) -> bool:
    """Whether the joint assignments are done in their regional variant."""
    if place.team is not None:
        return place.team.organization_id is None
    employer = place.organization
    return employer is not None and employer.kind is not OrganizationKind.MUNICIPALITY
