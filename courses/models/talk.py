"""What a participant or team and their trainers say to each other about an assignment."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import NEVER_AGAIN, PUBLIC_TASK, Base, PersonalData
from courses.models.progress import OWNER

_READERS = "the participant, or whoever was in the team; trainers of the cohort"


def _talk(*about: str, purpose: str = "answering questions about an assignment") -> PersonalData:
    return PersonalData(
        purpose=purpose, basis=PUBLIC_TASK, retention="two years after the cohort's end",
        readers=_READERS, export="whole row; of a team's what came while one was in it",
        erasure="kept as a public document under the disposal schedule", about=about,
    )


_OPEN = text("answered_at IS NULL")


class Thread(Base):
    """That there is talk about an assignment of a participant or team, and since when something
    in it waits for a trainer."""

    __tablename__ = "thread"
    __table_args__ = (
        CheckConstraint(OWNER, name="one_owner"),
        UniqueConstraint("enrollment_id", "assignment_id"),
        UniqueConstraint("team_id", "assignment_id"),
        Index("ix_thread_cohort_id_waiting_since", "cohort_id", "waiting_since"),
        NEVER_AGAIN,
    )
    __personal__ = _talk("enrollment_id", "team_id")

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    enrollment_id: Mapped[int | None] = mapped_column(ForeignKey("enrollment.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    assignment_id: Mapped[str]
    waiting_since: Mapped[datetime | None]
    """When the oldest came that nobody has answered; None: nothing waits."""
    answered_to: Mapped[int] = mapped_column(default=0)
    """The last message that is answered, or needs no answer."""
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class ThreadMessage(Base):
    """One message, frozen: it is a public document as soon as it is sent."""

    __tablename__ = "thread_message"
    __table_args__ = (NEVER_AGAIN,)
    __personal__ = _talk("thread_id", "author_id")
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    from_trainer: Mapped[bool]
    text: Mapped[str]
    at: Mapped[datetime]


class ThreadReader(Base):
    """How far somebody says to have read, and what they have written and not sent."""

    __tablename__ = "thread_reader"
    __personal__ = PersonalData(
        purpose="showing what is new; keeping what was written when a login ran out",
        basis=PUBLIC_TASK,
        retention="90 days after the cohort's end",
        readers="oneself",
        export="whole row",
        erasure="deleted",
    )

    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)
    read_to: Mapped[int] = mapped_column(default=0)
    unsent: Mapped[dict[str, Any]]
    """Which form → its fields as typed; never sent by itself."""
    updated_at: Mapped[datetime]


class TimeRequest(Base):
    """Somebody asks for a later date. What was asked is frozen; it is answered once."""

    __tablename__ = "time_request"
    __table_args__ = (
        Index(
            "uq_time_request_open", "thread_id", unique=True, sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_time_request_thread_id", "thread_id"),
        NEVER_AGAIN,
    )
    __personal__ = _talk("thread_id")
    __frozen__ = ("thread_id", "wanted_on", "line", "asked_by", "asked_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))
    wanted_on: Mapped[date]
    line: Mapped[str]
    asked_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[datetime]
    granted_on: Mapped[date | None]
    """The date that was given; None while it is open, and when the answer was no."""
    answer: Mapped[str | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class Extension(Base):
    """A later date for one participant or team, with who gave it and why. Frozen: another date
    is another row, and the latest holds."""

    __tablename__ = "extension"
    __table_args__ = (
        CheckConstraint(OWNER, name="one_owner"),
        Index("ix_extension_enrollment_id_assignment_id", "enrollment_id", "assignment_id"),
        Index("ix_extension_team_id_assignment_id", "team_id", "assignment_id"),
        UniqueConstraint("request_id"),
        NEVER_AGAIN,
    )
    __personal__ = _talk(
        "enrollment_id", "team_id", purpose="giving somebody more time, and saying why"
    )
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    enrollment_id: Mapped[int | None] = mapped_column(ForeignKey("enrollment.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    assignment_id: Mapped[str]
    due_on: Mapped[date]
    before_on: Mapped[date | None]
    """What held until then."""
    reason: Mapped[str]
    round: Mapped[int]
    """How many rounds had been handed in then: a date for the first is no secret to those who
    coordinate, a later one would tell that the work had been sent back."""
    granted_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    request_id: Mapped[int | None] = mapped_column(ForeignKey("time_request.id"))


class DraftReading(Base):
    """A copy of a draft that somebody asked a trainer to read, frozen. It is no hand-in."""

    __tablename__ = "draft_reading"
    __table_args__ = (
        UniqueConstraint("thread_id", "number"), UniqueConstraint("reference"), NEVER_AGAIN,
    )
    __personal__ = _talk("thread_id", purpose="advice on a draft before it is handed in")
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))
    number: Mapped[int]
    reference: Mapped[str]
    """For people: `U1-SOR-0042 U1`."""
    answers: Mapped[dict[str, Any]]
    edition_digest: Mapped[str]
    content_digest: Mapped[str]
    attestation: Mapped[str]
    sent_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    sent_at: Mapped[datetime]


class DraftReply(Base):
    """What a trainer said of a draft, frozen: comments by section, no level and no outcome."""

    __tablename__ = "draft_reply"
    __table_args__ = (UniqueConstraint("reading_id"), NEVER_AGAIN)
    __personal__ = _talk("reading_id", purpose="advice on a draft before it is handed in")
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    reading_id: Mapped[int] = mapped_column(ForeignKey("draft_reading.id"))
    comments: Mapped[dict[str, Any]]
    """Section id → text."""
    overall: Mapped[str]
    reader_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]


def is_unread() -> ColumnElement[bool]:
    """Return the condition that nobody has answered a copy of a draft (`DraftReading`) yet."""
    reply = select(DraftReply.id).where(DraftReply.reading_id == DraftReading.id)
    return ~reply.correlate(DraftReading).exists()
