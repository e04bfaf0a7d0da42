"""A copy of one's own data: asked for, made, gone after a day."""

from collections.abc import Collection
from datetime import datetime, timedelta
from secrets import token_hex

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from courses.models import DataCopy, User
from courses.services.audit import audit
from courses.services.outbox import enqueue_job

JOB = "my-data:copy"
SWEEP_JOB = "my-data:sweep"
LASTS = timedelta(hours=24)


def order_copy(session: Session, user_id: int, *, now: datetime) -> DataCopy:
    """Let the worker make a copy; the one that is being made already, if there is one."""
    # of two orders at once the second meets the first
    session.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))
    waiting = session.scalars(
        select(DataCopy).where(
            DataCopy.user_id == user_id, DataCopy.ready_at.is_(None), DataCopy.expires_at > now
        )
    ).first()
    if waiting is not None:
        return waiting
    copy = DataCopy(user_id=user_id, file=token_hex(16), asked_at=now, expires_at=now + LASTS)
    session.add(copy)
    session.flush()
    enqueue_job(session, JOB, dedupe_key=f"{JOB}:{copy.id}", now=now, copy_id=copy.id)
    audit(session, "my_data:order", "user", user_id, actor_id=user_id, now=now)
    return copy


def copy_to_make(session: Session, copy_id: int) -> DataCopy | None:
    """Return the copy that a job asks for; None when it is made, or nobody wants it any more."""
    copy = session.get(DataCopy, copy_id)
    return copy if copy is not None and copy.ready_at is None else None


def copy_made(session: Session, copy_id: int, *, now: datetime) -> None:
    """Note that a copy can be fetched, for a day; then it goes. Nothing of one that was taken
    back while it was made."""
    copy = session.get(DataCopy, copy_id, with_for_update=True)
    # `now` is when the work was begun, and that may be before it was taken back
    if copy is None or copy.expires_at < copy.asked_at + LASTS:
        return
    copy.ready_at, copy.expires_at = now, now + LASTS
    enqueue_job(
        session, SWEEP_JOB, dedupe_key=f"{SWEEP_JOB}:{copy_id}", now=now,
        not_before=copy.expires_at,
    )


def drop_old_copies(session: Session, *, now: datetime) -> set[str]:
    """Delete copies that have run out; return the files of those that remain."""
    session.execute(delete(DataCopy).where(DataCopy.expires_at <= now))
    return set(session.scalars(select(DataCopy.file)))


def take_back_copies(session: Session, writers: Collection[int], *, now: datetime) -> None:
    """Let no copy be fetched that was asked for before something was stopped, but by those who
    wrote it: it may be quoted there. A new one can be made at once."""
    taken = session.execute(
        update(DataCopy)
        .where(DataCopy.expires_at > now, DataCopy.user_id.not_in(writers))
        .values(expires_at=now)
    )
    if taken.rowcount:  # type: ignore[attr-defined]
        enqueue_job(session, SWEEP_JOB, dedupe_key=f"{SWEEP_JOB}:{now.isoformat()}", now=now)


def sweep_soon(session: Session, user_id: int, *, now: datetime) -> None:
    """Let the worker remove the files that no copy has any more."""
    enqueue_job(session, SWEEP_JOB, dedupe_key=f"{SWEEP_JOB}:user{user_id}", now=now)
