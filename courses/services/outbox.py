"""Mail is written in the transaction that it tells about, and sent by the worker."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import Job, OutboxMail, User


def enqueue_mail(
    session: Session,
    *,
    to: User,
    template: str,
    dedupe_key: str,
    now: datetime,
    address: str | None = None,
    **params: Any,
) -> None:
    """Put a mail to `to` into the outbox, unless this fact has been told already.

    `template` names `app/templates/mail/<template>.txt`; `params` are strings and numbers.
    It goes to the person's address, or to another `address` that they have or will have.
    """
    recipient = address or to.email
    if recipient is None or _exists(session, OutboxMail, dedupe_key):
        return
    session.add(
        OutboxMail(
            user_id=to.id, recipient=recipient, template=template, params=params,
            language=to.language, dedupe_key=dedupe_key, not_before=now, created_at=now,
        )
    )


def enqueue_job(
    session: Session,
    kind: str,
    *,
    dedupe_key: str,
    now: datetime,
    not_before: datetime | None = None,
    **payload: Any,
) -> None:
    """Ask the worker to do something once, after this transaction and no earlier than said."""
    if _exists(session, Job, dedupe_key):
        return
    session.add(
        Job(
            kind=kind, payload=payload, dedupe_key=dedupe_key, run_after=not_before or now,
            created_at=now,
        )
    )


def _exists(session: Session, model: type[Job] | type[OutboxMail], dedupe_key: str) -> bool:
    return session.scalar(select(model.id).where(model.dedupe_key == dedupe_key)) is not None
