"""What the secrecy officer does about a text that was stopped, step by step, each on record."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.errors import Reason, Refused
from courses.models import SecrecyStop, Submission, SubmissionRound, not_sealed
from courses.rules.days_in_words import day_of
from courses.rules.secrecy import masked
from courses.rules.submissions import Move, next_state
from courses.services.audit import audit
from courses.services.claims import lock
from courses.services.secrecy import note
from courses.vocabulary import SecrecyStepKind, SubmissionState

Kind = SecrecyStepKind


def take_over(session: Session, stop: SecrecyStop, *, actor_id: int, now: datetime) -> None:
    """Take the case from the one who stopped the text, whose access ends. What was stopped with
    it goes along. Taking over again changes nothing."""
    _begin(session, stop)
    submission_id = _round(session, stop).submission_id
    stops = session.scalars(
        select(SecrecyStop)
        .join(SubmissionRound, SubmissionRound.id == SecrecyStop.round_id)
        .where(
            SubmissionRound.submission_id == submission_id,
            SecrecyStop.taken_over_at.is_(None), SecrecyStop.lifted_at.is_(None),
        )
        .order_by(SecrecyStop.id)
    ).all()
    for one in stops:
        one.taken_over_by, one.taken_over_at = actor_id, now
        _done(session, one, Kind.TAKE_OVER, actor_id, now)


def make_masked_copy(
    session: Session, stop: SecrecyStop, *, more: str, actor_id: int, now: datetime
) -> None:
    """Make the copy that can be given out: the words that were marked, and those in `more` (one
    passage a line), replaced wherever they stand. The original stays as it is."""
    _begin(session, stop, is_taken_over=True, has_text=True)
    words = [one["text"] for one in stop.passages if "text" in one]
    typed = more.splitlines()
    # a day is read in words and kept as 2027-02-09: it goes whichever way it stands
    words += [*typed, *(day_of(line) for line in typed)]
    stop.masked = masked(_round(session, stop).answers, words)
    _done(session, stop, Kind.MASK, actor_id, now)


def note_replaced(session: Session, stop: SecrecyStop, *, actor_id: int, now: datetime) -> None:
    """Note that a version without the words has come in; Refused when none has."""
    _begin(session, stop, is_taken_over=True)
    round_ = _round(session, stop)
    newer = session.scalars(
        select(SubmissionRound.id).where(
            SubmissionRound.submission_id == round_.submission_id,
            SubmissionRound.number > round_.number, not_sealed(),
        )
    ).first()
    if newer is None:
        raise Refused(Reason.NOT_REPLACED)
    _done(session, stop, Kind.REPLACED, actor_id, now)


def note_registrar(session: Session, stop: SecrecyStop, *, actor_id: int, now: datetime) -> None:
    """Note that the registrar has been told."""
    _begin(session, stop, is_taken_over=True)
    _done(session, stop, Kind.REGISTRAR, actor_id, now)


def move_to_diary(
    session: Session, stop: SecrecyStop, *, number: str, on: date, actor_id: int, now: datetime
) -> None:
    """Note that the original has been moved to the diary. It is shown to nobody here from now
    on, but to an officer who gives a reason."""
    _begin(session, stop, is_taken_over=True, has_text=True)
    stop.diary_number, stop.diary_on, stop.moved_at = number, on, now
    _done(session, stop, Kind.MOVE, actor_id, now, text=number)


def open_again(
    session: Session, stop: SecrecyStop, *, reason: str, actor_id: int, now: datetime
) -> None:
    """Note why the original is opened after it was moved."""
    _done(session, stop, Kind.OPEN, actor_id, now, text=reason)


def lift(
    session: Session, stop: SecrecyStop, *, reason: str, actor_id: int, now: datetime
) -> None:
    """Let the round be read again: nobody can be recognized. The work goes back to where it
    stood, unless the writers have handed in anew or another round still holds it."""
    submission = session.get_one(Submission, _round(session, stop).submission_id)
    lock(session, submission)
    _begin(session, stop, is_taken_over=True, has_text=True)
    stop.lifted_at = stop.closed_at = now
    session.flush()
    round_ = _round(session, stop)
    if submission.state is SubmissionState.ON_HOLD and submission.round == round_.number:
        next_state(submission.state, Move.RELEASE)
        submission.state = (
            stop.state_before
            if stop.state_before in (SubmissionState.RETURNED, SubmissionState.APPROVED)
            else SubmissionState.SUBMITTED
        )
    _done(session, stop, Kind.LIFT, actor_id, now, text=reason)


def close(
    session: Session, stop: SecrecyStop, *, reason: str, actor_id: int, now: datetime
) -> None:
    """Close the case. Refused without a reason while the original has not been moved."""
    _begin(session, stop, is_taken_over=True)
    if stop.moved_at is None and not reason.strip():
        raise Refused(Reason.NOT_IN_DIARY)
    stop.closed_at = now
    _done(session, stop, Kind.CLOSE, actor_id, now, text=reason)


def _begin(
    session: Session, stop: SecrecyStop, *, is_taken_over: bool = False, has_text: bool = False
) -> None:
    """Wait for whoever else is at it; refuse what comes too early or too late."""
    session.refresh(stop, with_for_update=True)
    if stop.closed_at is not None:
        raise Refused(Reason.STOP_CLOSED)
    if is_taken_over and stop.taken_over_at is None:
        raise Refused(Reason.TAKE_OVER_FIRST)
    if has_text and stop.moved_at is not None:
        raise Refused(Reason.IN_DIARY)


def _round(session: Session, stop: SecrecyStop) -> SubmissionRound:
    return session.get_one(SubmissionRound, stop.round_id)


def _done(
    session: Session, stop: SecrecyStop, kind: SecrecyStepKind, actor_id: int, now: datetime,
    *, text: str | None = None,
) -> None:
    note(session, stop, kind, actor_id=actor_id, now=now, text=text)
    audit(
        session, f"secrecy:{kind.value}", "secrecy_stop", stop.id, actor_id=actor_id, now=now
    )
