"""What waits for a trainer, in the cohorts that they train: the list at `/granska`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, and_, case, func, or_, select
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
from courses.rules.calendar import days_between
from courses.rules.page_marks import mark, place_of
from courses.rules.reviews import OPEN, holder
from courses.vocabulary import SubmissionState

PAGE = 25
CANDIDATES = 20


class Tab(StrEnum):
    WAITING = "waiting"
    RETURNED = "returned"
    DONE = "done"


STATES = {
    Tab.WAITING: OPEN,
    Tab.RETURNED: (SubmissionState.RETURNED,),
    Tab.DONE: (SubmissionState.APPROVED,),
}


@dataclass(frozen=True)
class OwnQueue:
    """The list of whoever trains somebody; nobody else knows that there is one."""

    READ: ClassVar[Permission] = Permission.QUEUE_READ

    @property
    def scope(self) -> Scope:
        return Scope()


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What a trainer wants to see of the list."""

    items: Sequence[str] | None = None
    """Assignments; None: all."""
    first_reader: bool = False
    """Only from teams whose first reader the trainer is."""


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


def load_queue(_session: Session, _identity: Identity) -> OwnQueue:
    """Return what the guard of the list asks about."""
    return OwnQueue()


def trained_cohorts(session: Session, identity: Identity) -> dict[int, tuple[str, str]]:
    """Return the cohorts that `identity` trains → name and digest of the edition."""
    rows = session.execute(
        select(Cohort.id, Cohort.name, Edition.digest)
        .join(Edition, Edition.id == Cohort.edition_id)
        .where(Cohort.id.in_(identity.trains))
        .order_by(Cohort.starts_on.desc(), Cohort.id)
    )
    return {i: (name, digest) for i, name, digest in rows}


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
    """Return one page of what lies in `tab`: the longest wait first, what is done last first."""
    mine = _conditions(identity, narrowing)
    found = session.execute(
        select(Submission.state, func.count()).where(*mine).group_by(Submission.state)
    )
    by_state: dict[SubmissionState, int] = {row[0]: row[1] for row in found}
    counts = {t: sum(by_state.get(s, 0) for s in states) for t, states in STATES.items()}
    rows = _rows(session, mine, tab, after, now)
    more = rows[PAGE - 1] if len(rows) > PAGE else None
    next_due = None
    if tab is Tab.WAITING and not rows:
        next_due = session.scalar(
            select(func.min(CohortDeadline.due_on)).where(
                CohortDeadline.cohort_id.in_(identity.trains), CohortDeadline.due_on >= today
            )
        )
    return ReviewQueue(
        counts=counts, rows=rows[:PAGE], next_due=next_due,
        next_page=mark(more.submission.submitted_at, more.submission.id) if more else None,
    )


def next_to_review(
    session: Session, identity: Identity, narrowing: Narrowing, *, now: datetime
) -> Sequence[int]:
    """Return the oldest that wait and that no other trainer has, at most 20: those that
    nobody has before the trainer's own."""
    is_mine = and_(
        Submission.claimed_by == identity.user_id, Submission.claimed_until > now
    )
    return session.scalars(
        select(Submission.id)
        .where(
            *_conditions(identity, narrowing),
            Submission.state.in_(OPEN),
            or_(Submission.claimed_until.is_(None), Submission.claimed_until <= now, is_mine),
        )
        .order_by(case((is_mine, 1), else_=0), Submission.submitted_at, Submission.id)
        .limit(CANDIDATES)
    ).all()


def _conditions(identity: Identity, narrowing: Narrowing) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Submission.cohort_id.in_(identity.trains)]
    if identity.places:  # nobody answers their own or their team's work
        own = [place.enrollment_id for place in identity.places]
        teams_of_mine = {team for place in identity.places for team in place.team_ids}
        conditions += [
            func.coalesce(Submission.enrollment_id, 0).not_in(own),
            func.coalesce(Submission.team_id, 0).not_in(teams_of_mine),
        ]
    if narrowing.items is not None:
        conditions.append(Submission.assignment_id.in_(narrowing.items))
    if narrowing.first_reader:
        teams = select(Team.id).where(Team.first_reader_id == identity.user_id)
        at_home = select(Enrollment.id).where(Enrollment.home_team_id.in_(teams))
        conditions.append(
            or_(Submission.team_id.in_(teams), Submission.enrollment_id.in_(at_home))
        )
    return conditions


def _rows(
    session: Session,
    mine: list[ColumnElement[bool]],
    tab: Tab,
    after: str | None,
    now: datetime,
) -> list[QueueRow]:
    author, reader, reviewer = aliased(User), aliased(User), aliased(User)
    descends = tab is Tab.DONE
    key = (Submission.submitted_at, Submission.id)
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
        .where(*mine, Submission.state.in_(STATES[tab]))
        .order_by(*(part.desc() if descends else part for part in key))
        .limit(PAGE + 1)
    )
    if place := place_of(after):
        at, number = place
        beyond = Submission.submitted_at < at if descends else Submission.submitted_at > at
        tie = Submission.id < number if descends else Submission.id > number
        query = query.where(or_(beyond, and_(Submission.submitted_at == at, tie)))
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
