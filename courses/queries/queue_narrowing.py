"""Which hand-ins a trainer's queue is about, and where in it a page begins."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from courses.identity import Identity
from courses.models import Enrollment, Organization, Submission, Team
from courses.queries.second_queue import others_begin
from courses.rules.alphabet import alphabetical
from courses.rules.queue import QueueKey

CANDIDATES = 20
WAITING = text("submission.state IN ('submitted', 'in_review')")
"""In the words of the index over what waits: bound values would not find it."""
TURN = (Submission.turn, Submission.promised_on, Submission.id)
"""`rules.queue.queue_key` as columns: the order of the index over what waits."""


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What a trainer wants to see of the list."""

    items: Sequence[str] | None = None
    """Assignments; None: all."""
    read_by_two: Collection[str] = ()
    """Assignments of which *Granska nästa* gives no second reader the first reading."""
    first_reader: bool = False
    """Only from teams whose first reader the trainer is; one's own work: of the home team."""
    organization_id: int | None = None
    """Only the work of this municipality's teams and of those whom it employs or has."""
    is_regional: bool = False
    """Only from teams that belong to no municipality, and their people."""


def narrowed(
    identity: Identity, narrowing: Narrowing, *, by_cohort: bool = True
) -> list[ColumnElement[bool]]:
    """Return the conditions of what `identity` may answer and wants to see. Not `by_cohort`: by
    the index over what waits or what is claimed, instead of all the cohort's being sorted."""
    conditions: list[ColumnElement[bool]] = [
        Submission.cohort_id.in_(identity.trains)
        if by_cohort else (Submission.cohort_id + 0).in_(identity.trains)  # a sum has no index
    ]
    if identity.places:  # nobody answers their own or their team's work
        own = [place.enrollment_id for place in identity.places]
        teams_of_mine = {team for place in identity.places for team in place.every_team_id}
        conditions += [
            func.coalesce(Submission.enrollment_id, 0).not_in(own),
            func.coalesce(Submission.team_id, 0).not_in(teams_of_mine),
        ]
    if narrowing.items is not None:
        conditions.append(Submission.assignment_id.in_(narrowing.items))
    if narrowing.first_reader:
        conditions.append(_of_teams(Team.first_reader_id == identity.user_id))
    if narrowing.is_regional:
        conditions.append(_of_teams(Team.organization_id.is_(None)))
    elif narrowing.organization_id is not None:
        employed = select(Enrollment.id).where(
            Enrollment.organization_id == narrowing.organization_id
        )
        conditions.append(
            or_(
                _of_teams(Team.organization_id == narrowing.organization_id),
                Submission.enrollment_id.in_(employed),
            )
        )
    return conditions


def waits(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a hand-in waits and that nobody has it."""
    return and_(WAITING, is_free(now))


def is_claimed(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a trainer has it now; for what lies with nobody, `is_free`."""
    return Submission.claimed_until > now


def is_free(now: datetime) -> ColumnElement[bool]:
    """Return the condition that no trainer has it now."""
    return or_(Submission.claimed_until.is_(None), Submission.claimed_until <= now)


def comes_after(place: QueueKey) -> ColumnElement[bool]:
    """Return the condition that it is answered after what has this key."""
    turn, promised_on, number = place
    after: ColumnElement[bool] = tuple_(*TURN) > (turn, promised_on, number)
    return after


def organizations_of(session: Session, identity: Identity) -> list[tuple[int, str]]:
    """Return who employs people or has teams in the cohorts that `identity` trains, in Swedish
    alphabetical order: id and name."""
    # asked organization by organization: the first person of each is enough
    employs = exists().where(
        Enrollment.organization_id == Organization.id,
        (Enrollment.cohort_id + 0).in_(identity.trains),
    )
    owns = exists().where(
        Team.organization_id == Organization.id, (Team.cohort_id + 0).in_(identity.trains)
    )
    rows = session.execute(select(Organization.id, Organization.name).where(or_(employs, owns)))
    return sorted(((i, name) for i, name in rows), key=lambda one: alphabetical(one[1]))


def next_to_review(
    session: Session, identity: Identity, narrowing: Narrowing, *, now: datetime
) -> Sequence[int]:
    """Return those whose turn it is and that no other trainer has, at most 20: those that
    nobody has before the trainer's own."""
    conditions = [
        *narrowed(identity, narrowing, by_cohort=False),
        ~others_begin(identity.user_id, narrowing.read_by_two),
    ]

    def first(rank: int, condition: ColumnElement[bool]) -> Select[Any]:
        found = (
            select(literal(rank).label("rank"), *TURN).where(*conditions, WAITING, condition)
            .order_by(*TURN).limit(CANDIDATES).subquery()
        )
        return select(found)

    # each by its own index: sorted together, everything that waits would be looked at
    both = union_all(
        first(0, is_free(now)),
        first(1, is_claimed(now) & (Submission.claimed_by == identity.user_id)),
    ).subquery()
    return session.scalars(
        select(both.c.id)
        .order_by(both.c.rank, both.c.turn, both.c.promised_on, both.c.id)
        .limit(CANDIDATES)
    ).all()


def _of_teams(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    teams = select(Team.id).where(condition)
    its = aliased(Enrollment)  # asked row by row: the page walks an index and stops early
    at_home = exists().where(
        its.id == Submission.enrollment_id, its.home_team_id.in_(teams)
    )
    return or_(Submission.team_id.in_(teams), at_home)
