from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import PUBLIC_TASK, Base, PersonalData

_READING = PersonalData(
    purpose="letting two trainers read the same text, each by themselves",
    basis=PUBLIC_TASK,
    retention="two years after the cohort's end",
    readers="the trainer who read; once both have finished, the other one too",
    export="whole row, to the trainer who wrote it",
    erasure="kept as a public document under the disposal schedule",
    about=("reader_id",),
)


class SecondReader(Base):
    """Who reads second what two are to read: of a team's work, or of one piece of work when
    that is settled differently."""

    __tablename__ = "second_reader"
    __table_args__ = (
        CheckConstraint(
            "(team_id IS NULL) <> (submission_id IS NULL)", name="team_or_submission"
        ),
        UniqueConstraint("team_id"),
        UniqueConstraint("submission_id"),
    )
    __personal__ = replace(
        _READING,
        purpose="knowing which trainer reads second",
        readers="trainers of the cohort; coordinators of the county",
        erasure="deleted, so that nobody waits for somebody who has gone",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))
    reader_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    named_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    named_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class Reading(Base):
    """What one of two readers said about a round before either saw what the other said."""

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("round_id", "reader_id"),)
    __personal__ = _READING

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("submission_round.id"))
    reader_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    content: Mapped[dict[str, Any]]
    """The draft as it was when they finished, like `ReviewDraft.content`."""
    done_at: Mapped[datetime | None]
    """When they said that they had finished; None: they took that back."""
    compared_at: Mapped[datetime | None]
    """When both had finished for the first time: what changes later knows of the other."""
    joint_at: Mapped[datetime | None]
    """When this reader first saved the joint decision; None again when a reading changes."""
    review_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"))
    """The answer that it went into, when that has been sent."""
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class LoneReading(Base):
    """Why a round that two should read is answered by one."""

    __tablename__ = "lone_reading"
    __table_args__ = (UniqueConstraint("round_id"),)
    __personal__ = replace(
        _READING,
        purpose="saying why one trainer alone answered what two should read",
        readers="trainers of the cohort",
        about=("recorded_by",),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("submission_round.id"))
    reason: Mapped[str]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime]
