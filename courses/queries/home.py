"""*Min utbildning*: the next thing to do, what waits, how far one has come, whom to ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from courses.catalog import Lesson, Part, Survey
from courses.models import Enrollment, RoleAssignment, User
from courses.queries.home_news import AskedOf, News, waiting
from courses.queries.learning import Reading
from courses.queries.modules import Line, ModuleView, module_views
from courses.queries.participant_rows import ParticipantRows, assembled_rows
from courses.queries.requirement_lines import RequirementLine, requirement_lines
from courses.queries.standing import Meeting, marks, standing
from courses.queries.surveys import open_surveys
from courses.rules.calendar import STOCKHOLM
from courses.rules.next_step import Step, StepKind, current_module, next_step, todo_list
from courses.rules.opening import next_opening, was_long_away
from courses.rules.requirements import is_met
from courses.vocabulary import CertificateState, EnrollmentState, Role

TODO_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Person:
    name: str
    email: str | None


@dataclass(frozen=True, kw_only=True)
class People:
    """Whom to ask about what."""

    readers: tuple[Person, ...]
    """Who reads what one hands in: the team's first reader, else the cohort's trainers."""
    coordinators: tuple[Person, ...]
    holder: Person | None
    """Who holds the pen of the team's joint assignments."""


@dataclass(frozen=True, kw_only=True)
class Home:
    modules: tuple[ModuleView, ...]
    current: ModuleView | None
    step: Step
    next: Line | None
    """What the next card is about."""
    part: Part | None
    """The part of the lesson that one was at."""
    todo: tuple[Line, ...]
    more: int
    """How many things to do the list leaves out."""
    asked: tuple[AskedOf, ...]
    """Texts that one's authority is to answer about; nothing while one may not."""
    news: tuple[News, ...]
    """What has happened lately, the latest first."""
    opens_next: date | None
    meeting: Meeting | None
    meeting_title: str
    joint: tuple[Line, ...]
    people: People
    requirements: tuple[RequirementLine, ...]
    surveys: tuple[Survey, ...]
    """What can be answered now and has been neither answered nor declined."""
    certificate_id: int | None
    is_new: bool
    """Nothing has been done here yet."""
    away_since: datetime | None
    """When this person was last active, if that is more than a month ago."""
    coordinator_sees: ParticipantRows

    @property
    def position(self) -> int | None:
        """Which of its module's lessons the next one is, counted from 1."""
        if self.next is None or self.next.item not in self.next.module.lessons:
            return None
        return self.next.module.lessons.index(self.next.item) + 1


def home_page(session: Session, reading: Reading, *, now: datetime, today: date) -> Home:
    """Return the first page of a participant, in four statements whatever the cohort's size."""
    mine = reading.enrollment
    if mine is None:
        raise ValueError("only participants have a first page")
    done = standing(session, reading)
    more = marks(session, reading, mine, done)
    modules = module_views(reading, done, today=today)
    lines = {line.task.item_id: line for module in modules for line in module.lines}
    tasks = [line.task for line in lines.values()]
    todo = todo_list(tasks)
    told = waiting(session, reading, done, now=now)
    can_write = reading.scope.is_open and mine.state is EnrollmentState.ACTIVE
    asked = tuple(one for one in told.asked if can_write and one.item_id in lines)
    step = next_step(
        tasks,
        today=today,
        can_write=can_write,
        is_met=is_met(reading.cohort.requirement_set, done.completed),
        reading=more.place[0] if more.place else None,
        asked=asked[0].item_id if asked else None,
    )
    here = current_module(tasks)
    meeting = next((one for one in more.meetings if one.ends_at > now), None)
    return Home(
        modules=modules,
        current=next((one for one in modules if one.module.id == here), None),
        step=step,
        next=lines[step.task.item_id] if step.task else None,
        part=_part(reading, more.place) if step.kind is StepKind.RESUMED else None,
        todo=tuple(lines[task.item_id] for task in todo[:TODO_SHOWN]),
        more=max(len(todo) - TODO_SHOWN, 0), asked=asked, news=told.news,
        opens_next=next_opening(done.facts.opens.values(), today),
        meeting=meeting,
        meeting_title=next(
            (one.title for one in reading.course.meetings if meeting and one.id == meeting.id), ""
        ),
        joint=tuple(
            line for line in lines.values() if line.task.is_joint and line.task.is_open
        ) if reading.team else (),
        people=_people(session, reading, mine),
        requirements=requirement_lines(reading, done.completed, lines),
        surveys=tuple(
            open_surveys(reading, done.completed, today)
            if mine.state is EnrollmentState.ACTIVE else ()
        ),
        certificate_id=next(
            (one.id for one in more.certificates if one.state is CertificateState.VALID), None
        ),
        is_new=more.active_at is None,
        away_since=more.active_at
        if was_long_away(
            more.active_at.astimezone(STOCKHOLM).date() if more.active_at else None, today
        )
        else None,
        coordinator_sees=assembled_rows(
            mine, reading.cohort, more.certificates[-1].state if more.certificates else None,
            reading.course, done.facts, today,
        ),
    )


def _part(reading: Reading, place: tuple[str, str] | None) -> Part | None:
    item = reading.course.items.get(place[0]) if place else None
    parts = item.parts if isinstance(item, Lesson) else ()
    return next((one for one in parts if place and one.anchor == place[1]), None)


def _people(session: Session, reading: Reading, mine: Enrollment) -> People:
    """Return whom to ask. A coordinator of one's own municipality comes before the county's."""
    team = reading.team
    rows = session.execute(
        PEOPLE,
        {
            "cohort": mine.cohort_id, "organization": mine.organization_id,
            "holder": team.holder_id if team else None,
        },
    ).all()
    trainers = [
        row for row in rows if row.role is Role.TRAINER and row.cohort_id == mine.cohort_id
    ]
    first = [row for row in trainers if team is not None and row.id == team.first_reader_id]
    return People(
        readers=_persons(first or trainers),
        coordinators=_persons(_closest(rows, mine)),
        holder=next(iter(_persons(row for row in rows if row.holds)), None),
    )


def _closest(rows: Iterable[Any], mine: Enrollment) -> list[Any]:
    others = [
        row
        for row in rows
        if row.role is Role.COORDINATOR
        and row.id != mine.user_id
        and row.cohort_id in (None, mine.cohort_id)
        and row.organization_id in (None, mine.organization_id)
    ]
    own = [row for row in others if row.organization_id is not None]
    of_cohort = [row for row in others if row.cohort_id is not None]
    return own or of_cohort or others


def _persons(rows: Iterable[Any]) -> tuple[Person, ...]:
    return tuple({row.id: Person(name=row.name, email=row.email) for row in rows}.values())


def _people_statement() -> Any:
    holder = (
        select(Enrollment.user_id).where(Enrollment.id == bindparam("holder")).scalar_subquery()
    )
    role = RoleAssignment
    cohort: BindParameter[int] = bindparam("cohort")
    employs = or_(
        role.organization_id.is_(None), role.organization_id == bindparam("organization")
    )
    return (
        select(
            User.id, User.name, User.shown_email.label("email"), role.role, role.cohort_id,
            role.organization_id,
            (User.id == holder).label("holds"),
        )
        .outerjoin(role, and_(role.user_id == User.id, role.ended_at.is_(None)))
        .where(
            User.disabled_at.is_(None),
            or_(
                and_(role.role == Role.TRAINER, role.cohort_id == cohort),
                and_(
                    role.role == Role.COORDINATOR,
                    or_(role.cohort_id.is_(None), role.cohort_id == cohort),
                    employs,
                ),
                User.id == holder,
            ),
        )
        .order_by(User.name)
    )


PEOPLE = _people_statement()
