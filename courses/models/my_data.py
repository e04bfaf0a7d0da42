"""Copies of their own data that people have asked for."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import NEVER_AGAIN, PUBLIC_TASK, Base, PersonalData


class DataCopy(Base):
    """One copy: asked for, made by the worker, there for a day."""

    __tablename__ = "data_copy"
    __table_args__ = (
        UniqueConstraint("file"),
        Index("ix_data_copy_expires_at", "expires_at"),
        NEVER_AGAIN,
    )
    __personal__ = PersonalData(
        purpose="giving people a copy of what is stored about them",
        basis=PUBLIC_TASK,
        retention="24 hours after it was made",
        readers="oneself",
        export="times",
        erasure="deleted",
        withheld=("file",),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    file: Mapped[str]
    """Random name in the folder of copies; what it holds is encrypted."""
    asked_at: Mapped[datetime]
    ready_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]
    """A day after it was made; before that, a day after it was asked for."""
