"""What a worker does after the answer has been sent: jobs and outgoing mail."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import NOT_PERSONAL, PUBLIC_TASK, Base, PersonalData
from courses.vocabulary import JobState, Language, MailState


class Job(Base):
    """Something to do once, later. A lease keeps two workers apart; a dead one's runs out."""

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("dedupe_key"),
        Index("ix_job_state_run_after", "state", "run_after"),
    )
    __personal__ = NOT_PERSONAL

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    """Ids only."""
    dedupe_key: Mapped[str]
    state: Mapped[JobState] = mapped_column(default=JobState.WAITING)
    run_after: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    leased_by: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class OutboxMail(Base):
    """A mail to send, written in the transaction that it tells about."""

    __tablename__ = "outbox_mail"
    __table_args__ = (
        UniqueConstraint("dedupe_key"),
        Index("ix_outbox_mail_state_not_before", "state", "not_before"),
    )
    __personal__ = PersonalData(
        purpose="telling people what happened",
        basis=PUBLIC_TASK,
        retention="90 days; then only that it was sent",
        readers="administrators: recipient, subject, state",
        export="times and kinds",
        erasure="deleted",
        withheld=("recipient", "params", "dedupe_key", "last_error"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    recipient: Mapped[str]
    template: Mapped[str]
    params: Mapped[dict[str, Any]]
    language: Mapped[Language]
    dedupe_key: Mapped[str]
    """Keyed on the fact it tells, so that nobody is told twice."""
    state: Mapped[MailState] = mapped_column(default=MailState.WAITING)
    not_before: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
