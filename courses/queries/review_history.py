"""Everything that was decided about one assignment: who, when, which text, which criteria."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from courses.models import (
    AuditEvent,
    Edition,
    PromiseChange,
    Review,
    SecrecyStop,
    Submission,
    SubmissionRound,
    User,
)
from courses.queries.masked_rows import copy_under, round_under, said_under
from courses.queries.masks import mask_over_work
from courses.rules.masking import Mask

TOLD_OTHERWISE = (
    "submission:submit", "submission:register", "submission:present", "review:send",
    "review:correct", "promise:move",
)
"""What the trail says of a round, a review or a promise stands in rows of their own."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that was done, by whom and when."""

    at: datetime
    by: str | None
    """None: Stegvis itself."""
    kind: str
    """`round`, `review`, `correction`, `promise`, or the action of the trail."""
    round: SubmissionRound | None = None
    """The text that it was about."""
    edition: int | None = None
    """Number of the edition whose wording the round answered."""
    review: Review | None = None
    """Its levels are shown; None also when the text has been stopped."""
    promise: PromiseChange | None = None
    is_sealed: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)
    from_whom: str | None = None
    """From whom a text was taken over."""


def review_history(session: Session, submission: Submission) -> Sequence[Event]:
    """Return what was done, in the order in which it was done, in four statements."""
    mask = mask_over_work(session, submission.id)
    events = [
        *_rounds_and_reviews(session, submission, mask), *_promises(session, submission, mask),
        *_trail(session, submission),
    ]
    return sorted(events, key=lambda one: one.at)


def _rounds_and_reviews(session: Session, submission: Submission, mask: Mask) -> list[Event]:
    writer, reader = aliased(User), aliased(User)
    rows = session.execute(
        select(SubmissionRound, Edition.number, writer.name, Review, reader.name, SecrecyStop.id)
        .join(writer, writer.id == SubmissionRound.submitted_by)
        .outerjoin(Edition, Edition.digest == SubmissionRound.edition_digest)
        .outerjoin(Review, Review.round_id == SubmissionRound.id)
        .outerjoin(reader, reader.id == Review.reviewer_id)
        .outerjoin(
            SecrecyStop,
            (SecrecyStop.round_id == SubmissionRound.id) & SecrecyStop.lifted_at.is_(None),
        )
        .where(SubmissionRound.submission_id == submission.id)
        .order_by(SubmissionRound.number, Review.id)
    )
    events: list[Event] = []
    seen: set[int] = set()
    for round_, edition, by, review, reviewer, stop in rows:
        shared: dict[str, Any] = {
            "round": round_under(mask, round_), "edition": edition,
            "is_sealed": stop is not None,
        }
        if round_.id not in seen:
            seen.add(round_.id)
            events.append(Event(at=round_.submitted_at, by=by, kind="round", **shared))
        if review is not None:
            kind = "correction" if review.corrects_id else "review"
            events.append(
                Event(
                    at=review.created_at, by=reviewer, kind=kind,
                    review=said_under(mask, review), **shared,
                )
            )
    return events


def _promises(session: Session, submission: Submission, mask: Mask) -> list[Event]:
    rows = session.execute(
        select(PromiseChange, SubmissionRound, User.name)
        .join(SubmissionRound, SubmissionRound.id == PromiseChange.round_id)
        .outerjoin(User, User.id == PromiseChange.moved_by)
        .where(SubmissionRound.submission_id == submission.id)
        .order_by(PromiseChange.id)
    )
    return [
        Event(
            at=one.moved_at, by=by, kind="promise", round=round_under(mask, round_),
            promise=copy_under(mask, one, "reason"),
        )
        for one, round_, by in rows
    ]


def _trail(session: Session, submission: Submission) -> list[Event]:
    rows = session.execute(
        select(AuditEvent, User.name)
        .outerjoin(User, User.id == AuditEvent.actor_id)
        .where(
            AuditEvent.object_type == "submission",
            AuditEvent.object_id == submission.id,
            AuditEvent.action.not_in(TOLD_OTHERWISE),
        )
        .order_by(AuditEvent.id)
    ).all()
    names = {one.actor_id: by for one, by in rows}  # who had it took it once
    return [
        Event(
            at=one.at, by=by, kind=one.action, details=one.details,
            from_whom=names.get(one.details.get("from_id")),
        )
        for one, by in rows
    ]
