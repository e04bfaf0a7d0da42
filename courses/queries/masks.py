"""What somebody in a team may not read of what the team handed in without them: the passages in
it that were stopped. Whoever wrote a stopped round knows its words."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session

from courses.models import SecrecyStop, Submission, SubmissionRound, stopped_in
from courses.rules.masking import Mask, mask_over
from courses.rules.secrecy import Passage, passages_of


def has_stops(team_id: int) -> ColumnElement[bool]:
    """Return the condition that something which a team handed in is stopped."""
    return exists(
        select(SecrecyStop.id)
        .join(SubmissionRound, SubmissionRound.id == SecrecyStop.round_id)
        .join(Submission, Submission.id == SubmissionRound.submission_id)
        .where(Submission.team_id == team_id, SecrecyStop.lifted_at.is_(None))
        .correlate(None)
    )


def mask_in_team(
    session: Session, team_id: int, places: Collection[int], assignment_id: str = ""
) -> Mask:
    """Return what is hidden from the one who has these places, in what the team writes; in what
    belongs to no assignment without `assignment_id`. One statement."""
    return mask_of(stops_in_team(session, team_id), places, assignment_id)


def masks_in_teams(
    session: Session, team_ids: Collection[int], places: Collection[int]
) -> defaultdict[int, Mask]:
    """Return the same for several teams, of what belongs to no assignment. One statement; none
    without teams."""
    found: defaultdict[int, Mask] = defaultdict(Mask)
    if not team_ids:
        return found
    rows = session.execute(_stops().where(Submission.team_id.in_(team_ids))).all()
    for team_id in {row.team_id for row in rows}:
        found[team_id] = mask_of([row for row in rows if row.team_id == team_id], places)
    return found


def mask_over_work(session: Session, submission_id: int) -> Mask:
    """Return what is hidden in what others than its writers read of one work. One statement."""
    return Mask(tuple(passages_of(session.scalars(stopped_in(submission_id)))))


def masks_over_works(
    session: Session, submission_ids: Collection[int]
) -> defaultdict[int, Mask]:
    """Return the same for several works. One statement; none without works."""
    found: defaultdict[int, Mask] = defaultdict(Mask)
    if not submission_ids:
        return found
    stopped: defaultdict[int, list[Any]] = defaultdict(list)
    rows = session.execute(
        select(SubmissionRound.submission_id, SecrecyStop.passages)
        .join(SecrecyStop, SecrecyStop.round_id == SubmissionRound.id)
        .where(
            SubmissionRound.submission_id.in_(submission_ids), SecrecyStop.lifted_at.is_(None)
        )
        .order_by(SecrecyStop.id)
    )
    for submission_id, passages in rows:
        stopped[submission_id].append(passages)
    return found | {one: Mask(tuple(passages_of(each))) for one, each in stopped.items()}


def mask_of_all(session: Session, places: Collection[int] = ()) -> Mask:
    """Return what is hidden, of all that is stopped, from whoever has these places; for what
    may quote any of it, like a copy of one's own data. One statement."""
    rows = session.execute(_stops()).all()
    return mask_of(
        [
            one._replace(members=one.members or [{"enrollment_id": one.enrollment_id}])
            for one in (_Stop(*row) for row in rows)
        ],
        places,
    )


def stops_in_team(session: Session, team_id: int) -> Sequence[Any]:
    """Return what is stopped of all that a team handed in, as rows for `mask_of`, each with its
    round's id and reference. One statement."""
    return session.execute(_stops().where(Submission.team_id == team_id)).all()


class _Stop(NamedTuple):
    """A stop with what masks ask about: the columns of `_stops`."""

    team_id: int | None
    enrollment_id: int | None
    assignment_id: str
    passages: list[Any]
    members: list[Any]
    round_id: int
    reference: str


def _stops() -> Select[Any]:
    return (
        select(
            Submission.team_id, Submission.enrollment_id, Submission.assignment_id,
            SecrecyStop.passages, SubmissionRound.members,
            SubmissionRound.id.label("round_id"), SubmissionRound.reference,
        )
        .join(SubmissionRound, SubmissionRound.id == SecrecyStop.round_id)
        .join(Submission, Submission.id == SubmissionRound.submission_id)
        .where(SecrecyStop.lifted_at.is_(None))
        .order_by(SecrecyStop.id)
    )


def mask_of(
    rows: Iterable[Any], places: Collection[int], assignment_id: str = ""
) -> Mask:
    """Return what is hidden from whoever has these places, of stops given as rows that have the
    assignment, the passages and the round's members; `assignment_id` as in `mask_in_team`."""
    known: list[Passage] = []
    hidden: list[tuple[str, Passage]] = []
    for row in rows:
        passages = [Passage.from_stored(one) for one in row.passages]
        if wrote(places, row.members):
            known += passages
        else:
            hidden += [(row.assignment_id, one) for one in passages]
    return mask_over(hidden, known, assignment_id)


def wrote(places: Collection[int], members: Iterable[Any]) -> bool:
    """Whether one of the places was in the team that handed in with these members."""
    return any(one["enrollment_id"] in places for one in members)
