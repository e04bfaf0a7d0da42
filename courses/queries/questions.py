"""What waits for a trainer's word: questions, requests for time, drafts to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from courses.identity import Identity
from courses.models import (
    DraftReading,
    Enrollment,
    Organization,
    Team,
    Thread,
    ThreadMessage,
    TimeRequest,
    User,
    is_unread,
)
from courses.rules.calendar import days_between
from courses.rules.page_marks import mark, place_of

PAGE = 25


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A thread in the list: whose, about what, and what waits in it."""

    thread: Thread
    name: str
    organization: str | None
    """None: a regional team."""
    days_waited: int
    messages: int
    """How many wait for an answer."""
    request_id: int | None
    wanted_on: date | None
    """More time is asked for, to this date."""
    line: str | None
    drafts: int
    """How many wait to be read."""

    @property
    def address(self) -> dict[str, Any]:
        """What the thread's URLs hold."""
        return {
            "enrollment_id": self.thread.enrollment_id, "team_id": self.thread.team_id,
            "assignment_id": self.thread.assignment_id,
        }


@dataclass(frozen=True, kw_only=True)
class Questions:
    waiting: int
    rows: Sequence[Asked]
    next_page: str | None
    """Where the next page begins; None on the last."""


def waiting_questions(identity: Identity) -> ScalarSelect[int]:
    """Return, as a column, in how many threads something waits for this trainer."""
    return (
        select(func.count()).select_from(Thread)
        .where(*_mine(identity), Thread.waiting_since.is_not(None))
        .scalar_subquery()
    )


def questions(
    session: Session, identity: Identity, *, answered: bool, after: str | None, now: datetime
) -> Questions:
    """Return one page of what waits, the longest wait first; or of what is answered, the latest
    thread first."""
    rows = _rows(session, identity, answered, after, now)
    more = rows[PAGE - 1].thread if len(rows) > PAGE else None
    return Questions(
        waiting=session.scalar(select(waiting_questions(identity))) or 0, rows=rows[:PAGE],
        next_page=mark(more.waiting_since or now, more.id) if more else None,
    )


def _mine(identity: Identity) -> list[ColumnElement[bool]]:
    """Threads of the cohorts that one trains, but for one's own and one's team's."""
    found: list[ColumnElement[bool]] = [Thread.cohort_id.in_(identity.trains)]
    if identity.places:
        own = [place.enrollment_id for place in identity.places]
        teams = {team for place in identity.places for team in place.every_team_id}
        found += [
            func.coalesce(Thread.enrollment_id, 0).not_in(own),
            func.coalesce(Thread.team_id, 0).not_in(teams),
        ]
    return found


def _rows(
    session: Session, identity: Identity, answered: bool, after: str | None, now: datetime
) -> list[Asked]:
    author = aliased(User)
    messages = (
        select(func.count())
        .where(
            ThreadMessage.thread_id == Thread.id, ThreadMessage.from_trainer.is_(False),
            ThreadMessage.id > Thread.answered_to,
        )
        .correlate(Thread).scalar_subquery()
    )
    drafts = (
        select(func.count())
        .where(
            DraftReading.thread_id == Thread.id,
            is_unread(),
        )
        .correlate(Thread).scalar_subquery()
    )
    query = (
        select(
            Thread, func.coalesce(Team.name, author.name), Organization.name, messages,
            TimeRequest.id, TimeRequest.wanted_on, TimeRequest.line, drafts,
        )
        .outerjoin(Enrollment, Enrollment.id == Thread.enrollment_id)
        .outerjoin(author, author.id == Enrollment.user_id)
        .outerjoin(Team, Team.id == Thread.team_id)
        .outerjoin(
            Organization,
            Organization.id == func.coalesce(Enrollment.organization_id, Team.organization_id),
        )
        .outerjoin(
            TimeRequest,
            and_(TimeRequest.thread_id == Thread.id, TimeRequest.answered_at.is_(None)),
        )
        .where(*_mine(identity))
        .limit(PAGE + 1)
    )
    place = place_of(after)
    if answered:
        query = query.where(Thread.waiting_since.is_(None)).order_by(Thread.id.desc())
        if place:
            query = query.where(Thread.id < place[1])
    else:
        query = query.where(Thread.waiting_since.is_not(None)).order_by(
            Thread.waiting_since, Thread.id
        )
        if place:
            at, number = place
            query = query.where(or_(
                Thread.waiting_since > at,
                and_(Thread.waiting_since == at, Thread.id > number),
            ))
    return [
        Asked(
            thread=row[0], name=row[1], organization=row[2],
            days_waited=days_between(row[0].waiting_since or now, now), messages=row[3],
            request_id=row[4], wanted_on=row[5], line=row[6], drafts=row[7],
        )
        for row in session.execute(query)
    ]
