"""What has been promised: to somebody about their hand-in, and whose day has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from courses.models import Cohort, Edition, PromiseChange, Submission, SubmissionRound, User
from courses.rules.masking import Mask
from courses.rules.reviews import OPEN


@dataclass(frozen=True, kw_only=True)
class MovedPromise:
    """That a promised day has moved, and why."""

    from_on: date
    to_on: date
    reason: str
    """Empty when it moved by itself."""
    by: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DuePromise:
    """A hand-in that was not answered on its promised day, and by what its days are counted."""

    submission_id: int
    starts_on: date
    """Of the cohort: its breaks are weeks from there."""
    edition: str


def moved_promises(
    session: Session, submission: Submission, mask: Mask
) -> Sequence[MovedPromise]:
    """Return the moves of the day on which the latest round is to be answered, oldest first,
    without what is hidden from the reader."""
    rows = session.execute(
        select(PromiseChange, User.name)
        .join(SubmissionRound, SubmissionRound.id == PromiseChange.round_id)
        .outerjoin(User, User.id == PromiseChange.moved_by)
        .where(
            SubmissionRound.submission_id == submission.id,
            SubmissionRound.number == submission.round,
        )
        .order_by(PromiseChange.id)
    )
    return [
        MovedPromise(
            from_on=one.from_on, to_on=one.to_on, reason=mask.over(one.reason), by=name,
            at=one.moved_at,
        )
        for one, name in rows
    ]


def promises_due(session: Session, today: date) -> Sequence[DuePromise]:
    """Return what was to be answered by today, is not, and has not been given a new day by
    itself before."""
    rows = session.execute(
        select(Submission.id, Cohort.starts_on, Edition.digest)
        .join(Cohort, Cohort.id == Submission.cohort_id)
        .join(Edition, Edition.id == Cohort.edition_id)
        .join(
            SubmissionRound,
            (SubmissionRound.submission_id == Submission.id)
            & (SubmissionRound.number == Submission.round),
        )
        .where(
            Submission.state.in_(OPEN),
            Submission.promised_on <= today,
            ~exists().where(
                PromiseChange.round_id == SubmissionRound.id, PromiseChange.moved_by.is_(None)
            ),
        )
        .order_by(Submission.promised_on, Submission.id)
    )
    return [
        DuePromise(submission_id=key, starts_on=starts_on, edition=digest)
        for key, starts_on, digest in rows
    ]
