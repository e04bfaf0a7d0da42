"""A text that was stopped because somebody could be recognized in it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, exists
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import PUBLIC_TASK, Base, PersonalData
from courses.models.submission import SubmissionRound


class SecrecyStop(Base):
    """Seals a round: from now on its writers, who stopped it and the secrecy officer read it,
    and from the take-over no longer the one who stopped it."""

    __tablename__ = "secrecy_stop"
    __table_args__ = (UniqueConstraint("round_id"),)
    __personal__ = PersonalData(
        purpose="protecting whoever could be recognized in a text",
        basis=PUBLIC_TASK,
        retention="two years after the cohort's end; joint municipal work is kept",
        readers="the author or team; who stopped it, until the secrecy officer takes over; the "
        "secrecy officer",
        export="whole row, to whose text it is",
        erasure="kept as a public document under the disposal schedule",
        about=("round_id",),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("submission_round.id"))
    passages: Mapped[list[Any]]
    """[{"section", "text"}]: what the one who stopped it marked."""
    pressed_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    pressed_at: Mapped[datetime]
    taken_over_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    taken_over_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


def not_sealed() -> ColumnElement[bool]:
    """Return the condition that a row of `submission_round` has not been stopped. Every query
    that shows a round to anybody but its writers and the secrecy officer carries it."""
    return ~exists().where(SecrecyStop.round_id == SubmissionRound.id)
