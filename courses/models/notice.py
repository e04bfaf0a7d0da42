"""What people are told by mail: the facts, which kinds they want, and their calendar address."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import PUBLIC_TASK, Base, PersonalData
from courses.vocabulary import NoticeKind

_WAITING = text("settled_at IS NULL")


class Notice(Base):
    """That somebody is to be told a fact, or has been: once, however many roles they have."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("user_id", "fact"),
        Index("ix_notice_waiting", "cohort_id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )
    __personal__ = PersonalData(
        purpose="telling people what happened, and nobody twice",
        basis=PUBLIC_TASK,
        retention="90 days after the cohort's end, then swept",
        readers="oneself; administrators: kind and time, never what it was about",
        export="whole row",
        erasure="deleted",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    fact: Mapped[str]
    """What names it for good: `feedback:12`. A date that is moved makes another fact."""
    kind: Mapped[NoticeKind]
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    item_id: Mapped[str | None]
    """The assignment or meeting that it is about."""
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    day: Mapped[date | None]
    """The last day to hand in, or the day of the meeting."""
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    """When it was put into a digest, or left out for good; None while it waits."""
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_mail.id"), index=True)
    """The digest it stands in; None: waiting, or left out."""


class NoticeChoice(Base):
    """Which kinds of notices somebody wants; no row means all of them."""

    __tablename__ = "notice_choice"
    __personal__ = PersonalData(
        purpose="sending only the mails that somebody wants",
        basis=PUBLIC_TASK,
        retention="with the account",
        readers="oneself",
        export="whole row",
        erasure="deleted",
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    deadlines: Mapped[bool] = mapped_column(default=True)
    feedback: Mapped[bool] = mapped_column(default=True)
    team: Mapped[bool] = mapped_column(default=True)
    changed_at: Mapped[datetime]


class CalendarAddress(Base):
    """The secret address at which somebody's own calendar program reads their dates."""

    __tablename__ = "calendar_address"
    __table_args__ = (UniqueConstraint("token_hash"),)
    __personal__ = PersonalData(
        purpose="showing one's own dates in one's own calendar",
        basis=PUBLIC_TASK,
        retention="until it is turned off, or with the account",
        readers="oneself",
        export="when it was made",
        erasure="deleted",
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    token_hash: Mapped[str]
    """SHA-256 of the secret; the secret itself is stored nowhere."""
    created_at: Mapped[datetime]
