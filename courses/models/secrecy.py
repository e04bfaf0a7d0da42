"""A text that was stopped for secrecy, and what is done about it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    exists,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import NEVER_AGAIN, PUBLIC_TASK, Base, PersonalData
from courses.models.submission import SubmissionRound
from courses.vocabulary import SecrecyStepKind, SubmissionState


class SecrecyStop(Base):
    """Seals a round: from now on its writers, who stopped it and the secrecy officer read it,
    and from the take-over no longer the one who stopped it. Nobody but the officer, with a
    reason, once it has been moved to the diary."""

    __tablename__ = "secrecy_stop"
    __table_args__ = (UniqueConstraint("round_id"), NEVER_AGAIN)
    __personal__ = PersonalData(
        purpose="protecting whoever could be recognized in a text",
        basis=PUBLIC_TASK,
        retention="two years after the cohort's end; joint municipal work is kept",
        readers="the author or team; who stopped it, until the secrecy officer takes over; the "
        "secrecy officer",
        export="whole row but the words and the masked copy, to whose text it is",
        erasure="kept as a public document under the disposal schedule",
        about=("round_id",),
        withheld=("passages", "masked"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("submission_round.id"))
    passages: Mapped[list[Any]]
    """[{"section", "text"}]: what the one who stopped it marked; [{"file", "sha256"}]: files."""
    state_before: Mapped[SubmissionState | None]
    """Where the work stood; it goes back there when the stop is lifted."""
    message: Mapped[str | None]
    """What the one who stopped it wrote to the writers."""
    pressed_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    pressed_at: Mapped[datetime]
    taken_over_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    taken_over_at: Mapped[datetime | None]
    masked: Mapped[dict[str, Any] | None]
    """The answers with the marked words replaced, when the officer has made that copy."""
    diary_number: Mapped[str | None]
    diary_on: Mapped[date | None]
    moved_at: Mapped[datetime | None]
    """When the original was moved to the diary: it is no longer shown from here."""
    lifted_at: Mapped[datetime | None]
    """When it turned out to be readable after all. The row stays; the round is not sealed."""
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class SecrecyStep(Base):
    """What somebody did about a stop, appended."""

    __tablename__ = "secrecy_step"
    __table_args__ = (Index("ix_secrecy_step_stop_id", "stop_id"), NEVER_AGAIN)
    __personal__ = PersonalData(
        purpose="showing what was done about a text that was stopped, and by whom",
        basis=PUBLIC_TASK,
        retention="two years after the cohort's end; joint municipal work is kept",
        readers="the secrecy officer",
        export="whole row but the note, to whose text it is about",
        erasure="kept as a public document under the disposal schedule",
        about=("stop_id",),
        withheld=("note",),
    )
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("secrecy_stop.id"))
    kind: Mapped[SecrecyStepKind]
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    note: Mapped[str | None]
    """A diary number, a reason. Never words of the text."""


class SecrecyUndertaking(Base):
    """That somebody has read what is secret and undertaken to keep it, in which words."""

    __tablename__ = "secrecy_undertaking"
    __table_args__ = (UniqueConstraint("user_id", "digest"), NEVER_AGAIN)
    __personal__ = PersonalData(
        purpose="letting nobody read what is handed in who has not undertaken to keep secrets",
        basis=PUBLIC_TASK,
        retention="two years after the role ended",
        readers="the person",
        export="whole row",
        erasure="kept as a public document under the disposal schedule",
    )
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    digest: Mapped[str]
    """Of the words; other words are asked about again."""
    words: Mapped[str]
    at: Mapped[datetime]


def not_sealed() -> ColumnElement[bool]:
    """Return the condition that a row of `submission_round` has not been stopped. Every query
    that shows a round to anybody but its writers and the secrecy officer carries it."""
    return ~sealed()


def not_moved() -> ColumnElement[bool]:
    """Return the condition that a row of `submission_round` is not in the diary: what is there
    is not shown from here to its writers either."""
    return ~exists().where(
        SecrecyStop.round_id == SubmissionRound.id, SecrecyStop.lifted_at.is_(None),
        SecrecyStop.moved_at.is_not(None),
    )


def stopped_in(submission_id: int) -> Select[tuple[list[Any]]]:
    """Return what asks for the passages that may not be handed in again with this work."""
    return (
        select(SecrecyStop.passages)
        .join(SubmissionRound, SubmissionRound.id == SecrecyStop.round_id)
        .where(SubmissionRound.submission_id == submission_id, SecrecyStop.lifted_at.is_(None))
        .order_by(SecrecyStop.id)
    )


def sealed() -> ColumnElement[bool]:
    """Return the condition that a row of `submission_round` is stopped."""
    return exists().where(
        SecrecyStop.round_id == SubmissionRound.id, SecrecyStop.lifted_at.is_(None)
    )
