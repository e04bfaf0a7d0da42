"""Who did what, who opened whose page, what was said to the owner, what may be disposed of."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import NOT_PERSONAL, PUBLIC_TASK, Base, PersonalData
from courses.vocabulary import Language


class AuditEvent(Base):
    """A change of state: who, what, when. Holds ids, never texts."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_object_type_object_id", "object_type", "object_id"),)
    __personal__ = PersonalData(
        purpose="being able to say afterwards who decided what",
        basis=PUBLIC_TASK,
        retention="24 months",
        readers="administrators",
        export="what one did oneself, and when",
        erasure="kept: points at the emptied person",
        about=("actor_id",),
        withheld=("object_id", "details"),
    )
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    """None: the system itself."""
    action: Mapped[str]
    """`submission:submit`, `certificate:issue` …"""
    object_type: Mapped[str]
    object_id: Mapped[int | None]
    details: Mapped[dict[str, Any]]


class AccessEvent(Base):
    """That somebody opened a person's page or text, or a list of persons."""

    __tablename__ = "access_event"
    __table_args__ = (Index("ix_access_event_subject_id_at", "subject_id", "at"),)
    __personal__ = PersonalData(
        purpose="letting people see who has opened what is about them",
        basis=PUBLIC_TASK,
        retention="24 months",
        readers="the person it is about; administrators",
        export="rows about oneself, with who opened them",
        erasure="kept: points at the emptied person",
        about=("subject_id", "actor_id"),
    )
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """None: a list; `what` says which."""
    what: Mapped[str]


class ContactMessage(Base):
    """What a visitor wrote to the owner, about accessibility or anything else."""

    __tablename__ = "contact_message"
    __table_args__ = (UniqueConstraint("key"),)
    __personal__ = PersonalData(
        purpose="answering a question",
        basis=PUBLIC_TASK,
        retention="12 months",
        readers="the owner",
        export="none: not tied to an account",
        erasure="deleted on request",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    topic: Mapped[str]
    text: Mapped[str]
    reply_to: Mapped[str]
    """E-mail address, empty when no answer is wanted."""
    language: Mapped[Language]
    key: Mapped[str]
    """The form's key: a second click writes nothing new."""


class DisposalItem(Base):
    """Names a frozen row that the disposal schedule lets go."""

    __tablename__ = "disposal_item"
    __table_args__ = (UniqueConstraint("table_name", "row_id"),)
    __personal__ = NOT_PERSONAL

    id: Mapped[int] = mapped_column(primary_key=True)
    table_name: Mapped[str]
    row_id: Mapped[int]
    reason: Mapped[str]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime]
