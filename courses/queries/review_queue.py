"""What waits for a trainer, in the cohorts that they train: the list at `/granska`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    case,
    func,
    literal,
    select,
    tuple_,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from courses.identity import Identity
from courses.models import (
    Cohort,
    CohortDeadline,
    Edition,
    Enrollment,
    Organization,
    Review,
    Submission,
    SubmissionRound,
    Team,
    User,
)
from courses.permissions import Permission, Scope
from courses.queries.questions import waiting_questions
from courses.queries.queue_narrowing import (
    TURN,
    WAITING,
    Narrowing,
    comes_after,
    is_claimed,
    narrowed,
    waits,
)
from courses.rules.calendar import days_between
from courses.rules.page_marks import mark, place_of, turn_mark, turn_place
from courses.rules.queue import queue_key
from courses.rules.reviews import OPEN, holder
from courses.vocabulary import SubmissionState

PAGE = 25
QUESTIONS = "questions"
"""Among the counts, beside the states: what waits in threads."""


class Tab(StrEnum):
    WAITING = "waiting"
    """Nobody has it yet."""
    ONGOING = "ongoing"
    """A trainer has it now."""
    RETURNED = "returned"
    DONE = "done"


IN_ORDER = (Tab.WAITING, Tab.ONGOING)
"""Sorted by whose turn it is; the others by when they were handed in."""


@dataclass(frozen=True)
class OwnQueue:
    """The list of whoever trains somebody; nobody else knows that there is one."""

    READ: ClassVar[Permission] = Permission.QUEUE_READ

    @property
    def scope(self) -> Scope:
        return Scope()


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


@dataclass(frozen=True, kw_only=True)
class ReviewQueue:
    counts: Mapping[Tab, int]
    rows: Sequence[QueueRow]
    next_page: str | None
    """Where the next page begins; None on the last."""
    next_due: date | None
    """The next last day to hand in; asked for only when nothing waits."""
    questions: int
    """In how many threads something waits for a trainer."""


def load_queue(_session: Session, _identity: Identity) -> OwnQueue:
    """Return what the guard of the list asks about."""
    return OwnQueue()


def trained_cohorts(session: Session, identity: Identity) -> dict[int, tuple[str, str, date]]:
    """Return the cohorts that `identity` trains → name, digest of the edition, first day."""
    rows = session.execute(
        select(Cohort.id, Cohort.name, Edition.digest, Cohort.starts_on)
        .join(Edition, Edition.id == Cohort.edition_id)
        .where(Cohort.id.in_(identity.trains))
        .order_by(Cohort.starts_on.desc(), Cohort.id)
    )
    return {i: (name, digest, starts_on) for i, name, digest, starts_on in rows}


def review_queue(
    session: Session,
    identity: Identity,
    tab: Tab,
    narrowing: Narrowing,
    *,
    after: str | None,
    now: datetime,
    today: date,
) -> ReviewQueue:
    """Return one page of what lies in `tab`: what waits in the order in which it is answered,
    what is done last first."""
    counts, waiting = _counts(session, narrowed(identity, narrowing), identity, now)
    mine = narrowed(identity, narrowing, by_turn=tab in IN_ORDER)
    rows = _rows(session, mine, tab, after, now)
    more = rows[PAGE - 1].submission if len(rows) > PAGE else None
    next_due = None
    if tab is Tab.WAITING and not rows:
        next_due = session.scalar(
            select(func.min(CohortDeadline.due_on)).where(
                CohortDeadline.cohort_id.in_(identity.trains), CohortDeadline.due_on >= today
            )
        )
    return ReviewQueue(
        counts=counts, rows=rows[:PAGE], next_due=next_due,
        next_page=_mark(tab, more) if more else None, questions=waiting,
    )


def _counts(
    session: Session, mine: list[ColumnElement[bool]], identity: Identity, now: datetime
) -> tuple[dict[Tab, int], int]:
    """How many lie in each tab, and in how many threads a question waits."""
    found = session.execute(
        union_all(
            select(
                type_coerce(Submission.state, String), func.count(),
                func.coalesce(func.sum(case((is_claimed(now), 1), else_=0)), 0),
            )
            .where(*mine)
            .group_by(Submission.state),
            select(literal(QUESTIONS), waiting_questions(identity), literal(0)),
        )
    )
    by_state: dict[str, tuple[int, int]] = {row[0]: (row[1], row[2]) for row in found}

    def number(state: SubmissionState) -> int:
        return by_state.get(state, (0, 0))[0]

    ongoing = sum(by_state.get(state, (0, 0))[1] for state in OPEN)
    return {
        Tab.WAITING: sum(number(state) for state in OPEN) - ongoing,
        Tab.ONGOING: ongoing,
        Tab.RETURNED: number(SubmissionState.RETURNED),
        Tab.DONE: number(SubmissionState.APPROVED),
    }, by_state[QUESTIONS][0]


def _in_tab(tab: Tab, now: datetime) -> ColumnElement[bool]:
    return {
        Tab.WAITING: waits(now),
        Tab.ONGOING: and_(WAITING, is_claimed(now)),
        Tab.RETURNED: Submission.state == SubmissionState.RETURNED,
        Tab.DONE: Submission.state == SubmissionState.APPROVED,
    }[tab]


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


def _rows(
    session: Session,
    mine: list[ColumnElement[bool]],
    tab: Tab,
    after: str | None,
    now: datetime,
) -> list[QueueRow]:
    author, reader, reviewer = aliased(User), aliased(User), aliased(User)
    key: Any = TURN if tab in IN_ORDER else (Submission.submitted_at, Submission.id)
    query: Any = (
        select(
            Submission, author.name, Team.name, Organization.name, reader.name,
            Review.created_at, reviewer.name,
        )
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
        .where(*mine, _in_tab(tab, now), *_after(tab, after))
        .order_by(*(part.desc() if tab is Tab.DONE else part for part in key))
        .limit(PAGE + 1)
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
