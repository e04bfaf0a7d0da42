"""Finding the round that a trainer writes about, and what the trainer has written."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.errors import NotFound
from courses.models import ReviewDraft, Submission, SubmissionRound


def round_of(session: Session, submission: Submission, number: int) -> SubmissionRound:
    """Return round `number`, or raise NotFound."""
    found = session.scalars(
        select(SubmissionRound).where(
            SubmissionRound.submission_id == submission.id, SubmissionRound.number == number
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def draft_of(session: Session, round_: SubmissionRound, actor_id: int) -> ReviewDraft | None:
    """Return what a trainer has written about a round and not sent, as it stands now."""
    return session.scalars(
        select(ReviewDraft)
        .where(ReviewDraft.round_id == round_.id, ReviewDraft.reviewer_id == actor_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
