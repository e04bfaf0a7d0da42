"""Logins, invitations, links, attempts and idempotency keys: the machinery of an account."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import NEVER_AGAIN, PUBLIC_TASK, Base, PersonalData
from courses.vocabulary import LinkPurpose, SecondStep


class LoginSession(Base):
    """A login, kept on the server so that logging out ends it everywhere."""

    __tablename__ = "login_session"
    __table_args__ = (UniqueConstraint("token_hash"),)
    __personal__ = PersonalData(
        purpose="being logged in",
        basis=PUBLIC_TASK,
        retention="12 hours, then swept",
        readers="oneself",
        export="times and device",
        erasure="deleted",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str]
    """SHA-256 of the opaque cookie; the cookie itself is stored nowhere."""
    device: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    awaits: Mapped[SecondStep | None]
    """What is still to be done; until then the login opens nothing."""
    proved_at: Mapped[datetime | None]
    """When the person last gave more than a link in a mail; None: not in this login."""
    ended_at: Mapped[datetime | None]


class Invitation(Base):
    """A link that lets one person make their account. Opening it changes nothing; POST does."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("token_hash"), NEVER_AGAIN)
    __personal__ = PersonalData(
        purpose="inviting a person",
        basis=PUBLIC_TASK,
        retention="unused: until 60 days after it ran out; used: with the account",
        readers="the inviting coordinator; oneself",
        export="times",
        erasure="deleted",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str]
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class AccountLink(Base):
    """A link in a mail to somebody with an account. Opening it changes nothing; POST does."""

    __tablename__ = "account_link"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        Index("ix_account_link_expires_at", "expires_at"),
    )
    __personal__ = PersonalData(
        purpose="logging in, choosing a password or changing address by a link in a mail",
        basis=PUBLIC_TASK,
        retention="30 days after it ran out, then swept",
        readers="nobody",
        export="times and purposes",
        erasure="deleted",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    purpose: Mapped[LinkPurpose]
    token_hash: Mapped[str]
    email: Mapped[str | None]
    """The address that the account gets by it, when it is about the address."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    """When it was used, or when something made it worthless."""


class LoginFailure(Base):
    """A failed login or a link asked for, counted against the account and the network address
    that it came from, each under keys of its own."""

    __tablename__ = "login_failure"
    __table_args__ = (
        Index("ix_login_failure_account_key_at", "account_key", "at"),
        Index("ix_login_failure_address_at", "address", "at"),
    )
    __personal__ = PersonalData(
        purpose="stopping guessing of passwords",
        basis=PUBLIC_TASK,
        retention="24 hours, then swept",
        readers="nobody",
        export="none: keyed by a hash",
        erasure="swept",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_key: Mapped[str]
    """HMAC of what is counted: the e-mail address that was tried, known or not, or who tried."""
    address: Mapped[str]
    """HMAC of the network address it came from (of IPv6 the /64)."""
    at: Mapped[datetime]


class IdempotencyKey(Base):
    """The answer a form already got, so that a second click gets the same one."""

    __tablename__ = "idempotency_key"
    __table_args__ = (
        UniqueConstraint("user_id", "key"),
        Index("ix_idempotency_key_created_at", "created_at"),
    )
    __personal__ = PersonalData(
        purpose="doing things once",
        basis=PUBLIC_TASK,
        retention="30 days, then swept",
        readers="nobody",
        export="none: holds no content",
        erasure="deleted",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    key: Mapped[str]
    endpoint: Mapped[str]
    body_hash: Mapped[str]
    location: Mapped[str | None]
    """Where the first answer redirected to."""
    created_at: Mapped[datetime]
