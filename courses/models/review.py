from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import PUBLIC_TASK, Base, PersonalData
from courses.vocabulary import Outcome

_REVIEW = PersonalData(
    purpose="answering an assignment",
    basis=PUBLIC_TASK,
    retention="two years after the cohort's end",
    readers="the author or team; trainers of the cohort",
    export="whole row, to whose work it answers",
    erasure="kept as a public document under the disposal schedule",
    about=("round_id",),
)
_DRAFT = replace(_REVIEW, export="whole row, to the trainer who writes it", about=("reviewer_id",))
_FIRST = text("corrects_id IS NULL")


class Review(Base):
    """A trainer's answer to one round, frozen. A correction is a new row with a reason."""

    __tablename__ = "review"
    __table_args__ = (
        # one answer a round; corrections point at the one they correct
        Index(
            "uq_review_round_id", "round_id", unique=True, sqlite_where=_FIRST,
            postgresql_where=_FIRST,
        ),
    )
    __personal__ = _REVIEW
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("submission_round.id"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    outcome: Mapped[Outcome]
    levels: Mapped[dict[str, Any]]
    """Criterion id → level."""
    comments: Mapped[dict[str, Any]]
    """Criterion id → text."""
    overall: Mapped[str]
    due_on: Mapped[date | None]
    """When it is to be handed in again; only with `return`."""
    created_at: Mapped[datetime]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"))
    reason: Mapped[str | None]


class ReviewDraft(Base):
    """What a trainer is writing about a round."""

    __tablename__ = "review_draft"
    __table_args__ = (UniqueConstraint("round_id", "reviewer_id"),)
    __personal__ = _DRAFT

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("submission_round.id"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    content: Mapped[dict[str, Any]]
    """{"levels", "comments", "overall", "outcome", "due_on"} as typed."""
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class SavedComment(Base):
    """Words about a criterion that a trainer keeps to use again; nobody else reads them."""

    __tablename__ = "saved_comment"
    __table_args__ = (
        Index("ix_saved_comment_user_id_criterion_id", "user_id", "criterion_id"),
    )
    __personal__ = PersonalData(
        purpose="answering alike without writing it again",
        basis=PUBLIC_TASK,
        retention="until the trainer takes it away, or the account goes",
        readers="oneself",
        export="whole row",
        erasure="deleted",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    criterion_id: Mapped[str]
    """As the course has it; assignments that ask for the same share it."""
    text: Mapped[str]
    created_at: Mapped[datetime]
