from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import PUBLIC_TASK, Base, PersonalData
from courses.vocabulary import CompletionKind

_PROGRESS = PersonalData(
    purpose="what a participant or team has finished, taken part in or vouched for",
    basis=PUBLIC_TASK,
    retention="two years after the cohort's end",
    readers="oneself; coordinators of one's organization, as items and dates; editors, before "
    "publishing: whom it concerns, as names and items",
    export="whole row",
    erasure="kept: points at the emptied person",
)
_EVENTS = replace(_PROGRESS, about=("enrollment_id", "team_id"))
OWNER = "(enrollment_id IS NULL) <> (team_id IS NULL)"


class CompletionEvent(Base):
    """Appended when an item is finished, waived or taken back. Never changed."""

    __tablename__ = "completion_event"
    __table_args__ = (
        CheckConstraint(OWNER, name="one_owner"),
        Index("ix_completion_event_enrollment_id_item_id", "enrollment_id", "item_id"),
        Index("ix_completion_event_team_id_item_id", "team_id", "item_id"),
    )
    __personal__ = _EVENTS
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    enrollment_id: Mapped[int | None] = mapped_column(ForeignKey("enrollment.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    item_id: Mapped[str]
    kind: Mapped[CompletionKind]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    content_digest: Mapped[str]
    """Which wording of the item was finished."""
    reason: Mapped[str | None]


class Completion(Base):
    """That an enrollment has finished an item. Derived from the events by one writer."""

    __tablename__ = "completion"
    __personal__ = _PROGRESS

    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), primary_key=True)
    item_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    event_id: Mapped[int] = mapped_column(ForeignKey("completion_event.id"))


class ModuleProgress(Base):
    """How many of a module's required items an enrollment has finished. Derived."""

    __tablename__ = "module_progress"
    __personal__ = _PROGRESS

    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), primary_key=True)
    module_id: Mapped[str] = mapped_column(primary_key=True)
    done: Mapped[int]
    required: Mapped[int]
    completed_at: Mapped[datetime | None]


class Response(Base):
    """Somebody's own last answers to a knowledge check or an exercise. Seen by oneself."""

    __tablename__ = "response"
    __personal__ = PersonalData(
        purpose="showing one's own answers again",
        basis=PUBLIC_TASK,
        retention="90 days after the cohort's end",
        readers="oneself",
        export="whole row",
        erasure="deleted",
    )

    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), primary_key=True)
    item_id: Mapped[str] = mapped_column(primary_key=True)
    """The check's or the exercise's id."""
    answers: Mapped[dict[str, Any]]
    """Question or item id → chosen option."""
    right: Mapped[int]
    total: Mapped[int]
    at: Mapped[datetime]
