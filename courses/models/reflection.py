"""What somebody writes for nobody but themselves: stored encrypted."""

from datetime import datetime
from typing import Protocol

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import PUBLIC_TASK, Base, PersonalData
from courses.rules.reflections import Words


class Reflection(Base):
    """One reflection. Nobody but its author has a path to it, and nothing that it says stands
    in the row: text and question are encrypted together."""

    __tablename__ = "reflection"
    __personal__ = PersonalData(
        purpose="thinking for oneself during the training",
        basis=PUBLIC_TASK,
        retention="until one deletes it, or 90 days after the account is closed",
        readers="oneself",
        export="whole row, decrypted",
        erasure="deleted",
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    """Random, so that it tells neither how many there are nor in which order they came."""
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    module_id: Mapped[str | None]
    stored: Mapped[bytes]
    """`Words`, encrypted; what it is bound to, `app.pages.reflecting` says."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class Cipher(Protocol):
    """What makes words unreadable and readable again."""

    def seal(self, words: Words, *, reflection_id: str, user_id: int) -> bytes:
        """Return `words` as they are stored."""

    def unseal(self, reflection: Reflection) -> Words | None:
        """Return what a reflection says; None when its key is gone."""
