"""That the day by which an answer was promised has moved."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import PUBLIC_TASK, Base, PersonalData

_BY_ITSELF = text("moved_by IS NULL")


class PromiseChange(Base):
    """A new day for an answer instead of the one that was promised, and why. Frozen."""

    __tablename__ = "promise_change"
    __table_args__ = (
        Index("ix_promise_change_round_id", "round_id"),
        # by itself a promise moves once a round, however many workers run
        Index(
            "uq_promise_change_round_id", "round_id", unique=True, sqlite_where=_BY_ITSELF,
            postgresql_where=_BY_ITSELF,
        ),
    )
    __personal__ = PersonalData(
        purpose="telling people when they are answered, and why later than promised",
        basis=PUBLIC_TASK,
        retention="two years after the cohort's end",
        readers="the author or team; trainers of the cohort",
        export="whole row, to whose work it is about",
        erasure="kept as a public document under the disposal schedule",
        about=("round_id",),
    )
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("submission_round.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    reason: Mapped[str]
    """What the trainer wrote; empty when it moved by itself."""
    moved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """None: nobody had answered on the promised day."""
    moved_at: Mapped[datetime]
