"""What proves a person besides the password: passkeys, an authenticator app, recovery codes."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import NOT_PERSONAL, PUBLIC_TASK, Base, PersonalData


def _proof(
    export: str, retention: str = "until the person takes it away, or the account goes"
) -> PersonalData:
    return PersonalData(
        purpose="protecting the account", basis=PUBLIC_TASK, retention=retention,
        readers="oneself", export=export, erasure="deleted",
    )


class Passkey(Base):
    """A key in somebody's device; only its public half is here."""

    __tablename__ = "passkey"
    __table_args__ = (UniqueConstraint("credential_id"),)
    __personal__ = _proof("name and times")

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    credential_id: Mapped[str]
    """Base64url, as the browser writes it."""
    public_key: Mapped[bytes]
    """COSE."""
    sign_count: Mapped[int] = mapped_column(BigInteger)
    """How often the device says that it has signed; many always say 0."""
    name: Mapped[str]
    transports: Mapped[list[Any]]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class AuthenticatorApp(Base):
    """An app that shows a new code every half minute."""

    __tablename__ = "authenticator_app"
    __table_args__ = (UniqueConstraint("user_id"),)
    __personal__ = _proof("times")

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    secret: Mapped[bytes]
    """Encrypted with the ring "second-factor", about the user's id."""
    last_step: Mapped[int] = mapped_column(BigInteger)
    """The time step of the last code that was accepted: it and all before are used up."""
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code on paper that works once, for whoever has lost the device."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("user_id", "selector"),)
    __personal__ = _proof("times", "until it is replaced, or the account goes")

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    selector: Mapped[str]
    """The first signs of the code: says which hash the rest is compared with."""
    code_hash: Mapped[str]
    """Argon2id of the rest."""
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RememberedDevice(Base):
    """A browser that is not asked for the second step for a while."""

    __tablename__ = "remembered_device"
    __table_args__ = (UniqueConstraint("token_hash"),)
    __personal__ = _proof("times", "30 days, then swept")

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class UsedChallenge(Base):
    """A challenge that a passkey has answered: no answer to it is taken again."""

    __tablename__ = "used_challenge"
    __personal__ = NOT_PERSONAL

    challenge_hash: Mapped[str] = mapped_column(primary_key=True)
    used_at: Mapped[datetime]
