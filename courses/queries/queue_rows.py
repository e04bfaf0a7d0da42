"""One page of a trainer's queue, row by row, and where the next page begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from courses.identity import Identity
from courses.models import (
    Enrollment,
    Organization,
    Review,
    Submission,
    SubmissionRound,
    Team,
    User,
)
from courses.queries.queue_narrowing import TURN, Narrowing, comes_after, narrowed
from courses.queries.queue_tabs import IN_ORDER, Tab, in_tab
from courses.rules.calendar import days_between
from courses.rules.page_marks import mark, place_of, turn_mark, turn_place
from courses.rules.queue import queue_key
from courses.rules.reviews import holder

PAGE = 25


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    submission: Submission
    name: str
    """The participant, or the team."""
    organization: str | None
    """None: a regional team."""
    days_waited: int
    reader_id: int | None
    """Who has it now."""
    reader: str | None
    answered_at: datetime | None
    answered_by: str | None


def queue_rows(
    session: Session,
    identity: Identity,
    narrowing: Narrowing,
    tab: Tab,
    *,
    after: str | None,
    now: datetime,
) -> tuple[Sequence[QueueRow], str | None]:
    """Return a page of `tab` and where the next one begins; None on the last."""
    rows = _rows(session, _ids(identity, narrowing, tab, after, now), tab, now)
    more = rows[PAGE - 1].submission if len(rows) > PAGE else None
    return rows[:PAGE], _mark(tab, more) if more else None


def _ids(
    identity: Identity, narrowing: Narrowing, tab: Tab, after: str | None, now: datetime
) -> Any:
    """The ids of a page: chosen before anything is joined, so that names are looked up for these
    alone, however many wait."""
    # What is claimed is found by its own index and sorted: it is little.
    key = [part + 0 if tab is Tab.ONGOING and part is TURN[0] else part for part in _key(tab)]
    return (
        select(Submission.id)
        .where(
            *narrowed(identity, narrowing, by_cohort=tab not in IN_ORDER),
            in_tab(tab, now), *_after(tab, after),
        )
        .order_by(*(_in_direction(tab, key)))
        .limit(PAGE + 1)
        .subquery()
    )


def _rows(session: Session, ids: Any, tab: Tab, now: datetime) -> list[QueueRow]:
    author, reader, reviewer = aliased(User), aliased(User), aliased(User)
    query: Any = (
        select(
            Submission, author.name, Team.name, Organization.name, reader.name,
            Review.created_at, reviewer.name,
        )
        .join(ids, ids.c.id == Submission.id)
        .outerjoin(Enrollment, Enrollment.id == Submission.enrollment_id)
        .outerjoin(author, author.id == Enrollment.user_id)
        .outerjoin(Team, Team.id == Submission.team_id)
        .outerjoin(
            Organization,
            Organization.id == func.coalesce(Enrollment.organization_id, Team.organization_id),
        )
        .outerjoin(reader, reader.id == Submission.claimed_by)
        .outerjoin(
            SubmissionRound,
            and_(
                SubmissionRound.submission_id == Submission.id,
                SubmissionRound.number == Submission.round,
            ),
        )
        .outerjoin(
            Review, and_(Review.round_id == SubmissionRound.id, Review.corrects_id.is_(None))
        )
        .outerjoin(reviewer, reviewer.id == Review.reviewer_id)
        .order_by(*_in_direction(tab, _key(tab)))
    )
    return [
        QueueRow(
            submission=row[0],
            name=row[2] if row[0].team_id is not None else row[1],
            organization=row[3],
            days_waited=days_between(row[0].submitted_at, now),
            reader_id=holder(row[0].claimed_by, row[0].claimed_until, now),
            reader=row[4],
            answered_at=row[5],
            answered_by=row[6],
        )
        for row in session.execute(query)
    ]


def _key(tab: Tab) -> Sequence[Any]:
    return TURN if tab in IN_ORDER else (Submission.submitted_at, Submission.id)


def _in_direction(tab: Tab, key: Sequence[Any]) -> list[Any]:
    return [part.desc() if tab is Tab.DONE else part for part in key]


def _mark(tab: Tab, last: Submission) -> str:
    if tab in IN_ORDER and last.promised_on is not None:
        return turn_mark(queue_key(last.turn, last.promised_on, last.id))
    return mark(last.submitted_at, last.id)


def _after(tab: Tab, text: str | None) -> list[ColumnElement[bool]]:
    """Return the condition of the page that `text` begins; none when it is no mark of ours."""
    if tab in IN_ORDER:
        turn = turn_place(text)
        return [comes_after(turn)] if turn else []
    place = place_of(text)
    if place is None:
        return []
    at, number = place
    key: Any = tuple_(Submission.submitted_at, Submission.id)
    return [key < (at, number) if tab is Tab.DONE else key > (at, number)]
