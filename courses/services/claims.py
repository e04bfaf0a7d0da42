"""Who reads what: a text that waits for an answer is in one trainer's hands at a time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session

from courses.errors import Reason, Refused
from courses.models import Review, Submission, SubmissionRound, User
from courses.rules.reviews import CLAIM, OPEN, holder
from courses.rules.submissions import Move, next_state
from courses.services.audit import audit


def claim_first(
    session: Session, candidates: Sequence[int], *, actor_id: int, now: datetime
) -> Submission | None:
    """Begin to read the one of `candidates` whose turn it is and that nobody else reads; None
    when there is none.

    What somebody else is claiming at this moment is passed over, never waited for.
    """
    is_mine = (Submission.claimed_by == actor_id) & (Submission.claimed_until > now)
    submission = session.scalars(
        select(Submission)
        .where(
            Submission.id.in_(candidates),
            Submission.state.in_(OPEN),
            or_(Submission.claimed_until.is_(None), Submission.claimed_until <= now, is_mine),
        )
        .order_by(
            case((is_mine, 1), else_=0), Submission.turn, Submission.promised_on, Submission.id
        )
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if submission is not None:
        _claim(session, submission, "review:claim", actor_id, now)
    return submission


def take_claim(
    session: Session, submission: Submission, *, actor_id: int, now: datetime
) -> None:
    """Begin to read: from now on the author cannot withdraw, and nobody else answers for half
    an hour. Refused while another trainer has it."""
    lock(session, submission)
    must_be_open(session, submission, submission.round)
    must_be_free(session, submission, actor_id, now)
    _claim(session, submission, "review:claim", actor_id, now)


def take_over_claim(
    session: Session, submission: Submission, *, actor_id: int, now: datetime
) -> None:
    """Take the text from the trainer who has it; what that trainer wrote stays as a draft."""
    lock(session, submission)
    must_be_open(session, submission, submission.round)
    _claim(session, submission, "review:take_over", actor_id, now)


def lock(session: Session, submission: Submission) -> None:
    """Wait for whoever else is changing it, and see what they did."""
    session.refresh(submission, with_for_update=True)


def held_by(submission: Submission, now: datetime) -> int | None:
    """Return who has the text now, if anybody has."""
    return holder(submission.claimed_by, submission.claimed_until, now)


def hold(submission: Submission, actor_id: int, now: datetime) -> None:
    """Give the text to a trainer for half an hour from now."""
    submission.state = next_state(submission.state, Move.BEGIN_REVIEW)
    submission.claimed_by = actor_id
    submission.claimed_until = now + CLAIM


def _claim(
    session: Session, submission: Submission, action: str, actor_id: int, now: datetime
) -> None:
    before = held_by(submission, now)
    hold(submission, actor_id, now)
    if before != actor_id:
        details = {"from_id": before} if before is not None else {}
        audit(
            session, action, "submission", submission.id, actor_id=actor_id, now=now,
            round=submission.round, **details,
        )
    session.flush()


def must_be_open(session: Session, submission: Submission, number: int) -> None:
    """Refuse when round `number` is answered, or is no longer what waits for an answer."""
    review = session.scalars(
        select(Review)
        .join(SubmissionRound, SubmissionRound.id == Review.round_id)
        .where(SubmissionRound.submission_id == submission.id, SubmissionRound.number == number)
    ).first()
    if review is not None:
        name = name_of(session, review.reviewer_id)
        raise Refused(Reason.REVIEW_DONE, name=name, at=review.created_at)
    if submission.state not in OPEN or submission.round != number:
        raise Refused(Reason.NEW_ROUND)


def must_be_free(
    session: Session, submission: Submission, actor_id: int, now: datetime
) -> None:
    """Refuse while another trainer has the text."""
    other = held_by(submission, now)
    if other not in (None, actor_id):
        raise Refused(Reason.REVIEW_TAKEN, name=name_of(session, other))


def name_of(session: Session, user_id: int | None) -> str:
    """Return what to call a trainer in a message."""
    return session.scalar(select(User.name).where(User.id == user_id)) or ""
