"""Stopping a text in which somebody could be recognized: sealed at once, for all but a few."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course
from courses.errors import NotFound, Reason, Refused
from courses.models import (
    BehalfFile,
    Cohort,
    DraftFile,
    RoundFile,
    SecrecyStep,
    SecrecyStop,
    StoredFile,
    Submission,
    SubmissionRound,
    sealed,
    stopped_in,
)
from courses.rules.secrecy import Passage, new_date, passages_of, standing
from courses.rules.submissions import Move, may, next_state
from courses.services.audit import audit
from courses.services.claims import lock
from courses.services.my_data import take_back_copies
from courses.services.secrecy_mails import tell_officers, tell_writers, writers_of
from courses.vocabulary import SecrecyStepKind


def press_stop(
    session: Session,
    submission: Submission,
    *,
    number: int,
    passages: Sequence[Passage],
    message: str,
    course: Course,
    assignment: Assignment,
    actor_id: int,
    now: datetime,
    today: date,
) -> SecrecyStop:
    """Seal round `number`, and every other round of the work in which the same words stand.

    When the latest is sealed the work is on hold, nobody's claim stands, and its date moves; a
    completion stays. The writers and the secrecy officers are told. Refused without a passage,
    or when somebody was first.
    """
    lock(session, submission)
    rounds = session.scalars(
        select(SubmissionRound)
        .where(SubmissionRound.submission_id == submission.id)
        .order_by(SubmissionRound.number)
    ).all()
    chosen = next((one for one in rounds if one.number == number), None)
    if chosen is None:
        raise NotFound
    if not passages:
        raise Refused(Reason.PASSAGE_MISSING)
    before = {
        one.round_id: one
        for one in session.scalars(
            select(SecrecyStop).where(SecrecyStop.round_id.in_([one.id for one in rounds]))
        )
    }
    if _is_sealed(before.get(chosen.id)):
        raise Refused(Reason.SECRECY_STOPPED)
    files = _digests(session, rounds)
    stopped = [
        one
        for one in rounds
        if not _is_sealed(before.get(one.id))
        and (one is chosen or _holds(one, passages, files.get(one.id, frozenset())))
    ]
    state = submission.state
    stops = {
        one.id: _seal(session, one, before.get(one.id), passages, actor_id, now)
        for one in stopped
    }
    for stop in stops.values():
        stop.state_before, stop.message = state, message.strip() or None
    if any(one.number == submission.round for one in stopped) and may(state, Move.HOLD):
        submission.state = next_state(state, Move.HOLD)
        submission.claimed_by = submission.claimed_until = None
        starts_on = session.scalar(
            select(Cohort.starts_on).where(Cohort.id == submission.cohort_id)
        )
        submission.due_on = new_date(
            submission.due_on, today=today, starts_on=starts_on or today,
            breaks=course.break_weeks,
        )
    session.flush()
    for stop in stops.values():
        note(session, stop, SecrecyStepKind.PRESS, actor_id=actor_id, now=now)
    audit(
        session, "secrecy:press", "submission", submission.id, actor_id=actor_id, now=now,
        round=number, sealed=[one.number for one in stopped],
    )
    writers = writers_of(session, submission, [chosen])
    tell_writers(session, submission, writers, stops[chosen.id], assignment, now)
    tell_officers(session, stops[chosen.id], now)
    take_back_copies(session, [one.id for one in writers], now=now)
    return stops[chosen.id]


def refuse_stopped(
    session: Session, submission_id: int, answers: Mapping[str, Any], mine: Mapping[str, int],
    assignment: Assignment, *, beside: type[DraftFile | BehalfFile] = DraftFile,
) -> None:
    """Refuse to hand in anew what was stopped: the same words, or the same file."""
    passages = refuse_stopped_words(session, submission_id, answers, assignment)
    stopped = {one.sha256: one.file for one in passages if one.sha256}
    if stopped:
        name = session.scalars(
            select(beside.name)
            .join(StoredFile, StoredFile.id == beside.stored_file_id)
            .filter(
                StoredFile.sha256.in_(stopped), beside.assignment_id == assignment.id,
                *(getattr(beside, name) == value for name, value in mine.items()),
            )
        ).first()
        if name is not None:
            raise Refused(Reason.STOPPED_FILE, name=name)


def refuse_stopped_words(
    session: Session, submission_id: int, answers: Mapping[str, Any], assignment: Assignment
) -> list[Passage]:
    """Refuse a text in which words stand that were stopped; return what was stopped."""
    passages = passages_of(session.scalars(stopped_in(submission_id)))
    for one in standing(answers, passages):
        section = assignment.section(one.section)
        raise Refused(Reason.STOPPED_WORDS, label=section.label if section else one.section)
    return passages


def refuse_sealed(session: Session, round_: SubmissionRound) -> None:
    """Refuse to answer, or to answer otherwise, what has been stopped."""
    if session.scalar(
        select(SubmissionRound.id).where(SubmissionRound.id == round_.id, sealed())
    ):
        raise Refused(Reason.SECRECY_STOPPED)


def note(
    session: Session,
    stop: SecrecyStop,
    kind: SecrecyStepKind,
    *,
    actor_id: int,
    now: datetime,
    text: str | None = None,
) -> None:
    """Append what somebody did about a stop."""
    session.add(
        SecrecyStep(stop_id=stop.id, kind=kind, actor_id=actor_id, at=now, note=text or None)
    )
    session.flush()


def _is_sealed(stop: SecrecyStop | None) -> bool:
    return stop is not None and stop.lifted_at is None


def _seal(
    session: Session,
    round_: SubmissionRound,
    stop: SecrecyStop | None,
    passages: Iterable[Passage],
    actor_id: int,
    now: datetime,
) -> SecrecyStop:
    """A new stop; or the one that was lifted once, begun anew: its steps tell of both."""
    stop = stop or SecrecyStop(round_id=round_.id)
    stop.passages = [one.stored() for one in passages]
    stop.pressed_by, stop.pressed_at = actor_id, now
    stop.taken_over_by = stop.taken_over_at = stop.lifted_at = stop.closed_at = stop.masked = None
    session.add(stop)
    return stop


def _holds(
    round_: SubmissionRound, passages: Iterable[Passage], files: frozenset[str]
) -> bool:
    return bool(standing(round_.answers, passages)) or any(
        one.sha256 in files for one in passages if one.sha256
    )


def _digests(
    session: Session, rounds: Iterable[SubmissionRound]
) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for round_id, digest in session.execute(
        select(RoundFile.round_id, RoundFile.sha256).where(
            RoundFile.round_id.in_([one.id for one in rounds])
        )
    ):
        found.setdefault(round_id, set()).add(digest)
    return {round_id: frozenset(digests) for round_id, digests in found.items()}
