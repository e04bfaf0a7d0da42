"""Handing over: one's own note, who has left a team, what whoever comes late catches up on, and
what one handed in with a team that one has left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from courses.catalog import CatchUp
from courses.errors import NotFound
from courses.identity import Identity
from courses.models import (
    Cohort,
    Enrollment,
    Handover,
    HandoverNote,
    Submission,
    SubmissionRound,
    Team,
    User,
    not_sealed,
)
from courses.permissions import Permission, Scope
from courses.queries.learning import Reading
from courses.queries.masked_rows import copy_under
from courses.queries.masks import masks_in_teams
from courses.queries.modules import Line, ModuleView
from courses.rules.calendar import STOCKHOLM
from courses.rules.catching_up import week_of
from courses.rules.opening import is_under_way


@dataclass(frozen=True, kw_only=True)
class NoteContext:
    """A member's own note to whoever takes over in one of their teams."""

    READ: ClassVar[Permission] = Permission.HANDOVER_NOTE_WRITE

    team: Team
    cohort: Cohort
    enrollment_id: int
    """The member's place."""
    today: date

    @property
    def scope(self) -> Scope:
        return Scope(
            cohort_id=self.cohort.id, team_id=self.team.id, enrollment_id=self.enrollment_id,
            organization_id=self.team.organization_id,
            is_open=is_under_way(self.cohort.opened_at, self.cohort.ends_on, self.today),
        )

    @property
    def team_scope(self) -> Scope:
        """Who reads the note once the member has left."""
        return replace(self.scope, enrollment_id=None)


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    """That somebody left a team, as the team reads it."""

    row: Handover
    team: str
    left: str
    successor: str | None
    is_mine: bool
    """The one who reads took over."""


@dataclass(frozen=True, kw_only=True)
class CatchingUp:
    """What somebody who came late does first."""

    way: CatchUp | None
    """None: the course has no words for it, or one was there from the start."""
    groups: tuple[tuple[ModuleView, tuple[Line, ...]], ...]
    """Module by module."""

    @property
    def is_left(self) -> bool:
        """Whether anything of it remains to be done."""
        return any(not line.task.completed for _module, lines in self.groups for line in lines)


@dataclass(frozen=True, kw_only=True)
class EarlierRound:
    """A round that one was a member of, in a team that one has left."""

    team_id: int
    team: str
    assignment_id: str
    number: int
    reference: str
    submitted_at: datetime


def note_context(
    session: Session, identity: Identity, team_id: int, *, today: date
) -> NoteContext:
    """Return what a member's own note is about; NotFound outside the team."""
    place = next((one for one in identity.places if team_id in one.team_ids), None)
    if place is None:
        raise NotFound
    team, cohort = session.execute(
        select(Team, Cohort).join(Cohort, Cohort.id == Team.cohort_id).where(Team.id == team_id)
    ).one()
    return NoteContext(team=team, cohort=cohort, enrollment_id=place.enrollment_id, today=today)


def own_note(session: Session, context: NoteContext) -> HandoverNote | None:
    """Return the member's note, if they have written one."""
    return session.scalars(
        select(HandoverNote).where(
            HandoverNote.team_id == context.team.id,
            HandoverNote.enrollment_id == context.enrollment_id,
        )
    ).one_or_none()


def handovers_in(
    session: Session, team_ids: Iterable[int], *, places: Iterable[int], mine: Iterable[int] = ()
) -> list[HandedOver]:
    """Return who has left these teams, the latest first; `places` are those of the one who
    reads, and among `mine` is the one that was taken over. Two statements, one when nobody has
    left."""
    left, successor = aliased(Enrollment), aliased(Enrollment)
    who, new = aliased(User), aliased(User)
    own = set(mine)
    rows = session.execute(
        select(Handover, Team.name, who.name, new.name)
        .join(Team, Team.id == Handover.team_id)
        .join(left, left.id == Handover.enrollment_id)
        .join(who, who.id == left.user_id)
        .outerjoin(successor, successor.id == Handover.successor_id)
        .outerjoin(new, new.id == successor.user_id)
        .where(Handover.team_id.in_(list(team_ids)))
        .order_by(Handover.made_at.desc(), Handover.id.desc())
    ).all()
    masks = masks_in_teams(session, {row[0].team_id for row in rows}, set(places))
    return [
        HandedOver(
            row=copy_under(masks[row.team_id], row, "note", "message"), team=team, left=name,
            successor=by, is_mine=row.successor_id in own,
        )
        for row, team, name, by in rows
    ]


def catching_up(reading: Reading, modules: Sequence[ModuleView]) -> CatchingUp:
    """Return what the reader has to catch up on, who joined after the first week."""
    way = _way(reading)
    if way is None:
        return CatchingUp(way=None, groups=())
    wanted = set(way.items)
    groups = []
    for view in modules:
        is_whole = view.module.id in wanted
        lines = tuple(
            line
            for line in view.lines
            if not line.task.is_joint and (is_whole or line.task.item_id in wanted)
        )
        if lines:
            groups.append((view, lines))
    return CatchingUp(way=way, groups=tuple(groups))


def earlier_rounds(session: Session, identity: Identity) -> list[EarlierRound]:
    """Return what was handed in with `identity` in teams they have left, the latest first."""
    teams = {team for place in identity.places for team in place.former_team_ids}
    mine = {place.enrollment_id for place in identity.places}
    if not teams:
        return []
    rows = session.execute(
        select(SubmissionRound, Team.id, Team.name, Submission.assignment_id)
        .join(Submission, Submission.id == SubmissionRound.submission_id)
        .join(Team, Team.id == Submission.team_id)
        .where(Submission.team_id.in_(teams), not_sealed())
        .order_by(SubmissionRound.submitted_at.desc(), SubmissionRound.id.desc())
    )
    return [
        EarlierRound(
            team_id=team_id, team=team, assignment_id=assignment_id, number=one.number,
            reference=one.reference, submitted_at=one.submitted_at,
        )
        for one, team_id, team, assignment_id in rows
        if mine & {member["enrollment_id"] for member in one.members}
    ]


def _way(reading: Reading) -> CatchUp | None:
    if reading.enrollment is None:
        return None
    joined_on = reading.enrollment.created_at.astimezone(STOCKHOLM).date()
    week = week_of(reading.cohort.starts_on, joined_on)
    return reading.course.plan.catch_up_from(week) if week > 1 else None
