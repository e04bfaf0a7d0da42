"""Work that waits: claimed under a lease by one worker, finished, or tried again later.

Claiming is one statement that changes a row only if nobody else has it, on both databases. A
worker that dies loses its lease by time, and somebody else takes over. Nothing slow is done
between claiming and finishing inside a transaction.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, aliased

from courses.models import Job, OutboxMail, User
from courses.rules.backoff import next_try
from courses.vocabulary import JobState, MailState

JOB_LEASE = timedelta(minutes=10)
MAIL_LEASE = timedelta(minutes=5)


def claim_job(session: Session, *, worker: str, now: datetime) -> Job | None:
    """Take the job that has waited longest; it is `worker`'s until the lease runs out."""
    one = aliased(Job)
    waiting = (
        select(one.id)
        .where(
            one.state == JobState.WAITING,
            one.run_after <= now,
            or_(one.leased_until.is_(None), one.leased_until <= now),
        )
        .order_by(one.run_after, one.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return session.scalar(
        update(Job)
        .where(Job.id == waiting.scalar_subquery())
        .values(leased_until=now + JOB_LEASE, leased_by=worker, attempts=Job.attempts + 1)
        .returning(Job)
        .execution_options(synchronize_session=False)
    )


def finish_job(session: Session, job: Job, *, now: datetime) -> None:
    """Mark a claimed job as done, unless another worker has taken it over."""
    _settle(session, Job, job, state=JobState.DONE, finished_at=now, last_error=None)


def fail_job(session: Session, job: Job, *, error: str, now: datetime) -> None:
    """Let a claimed job wait for its next try; after 48 hours it has failed."""
    delay = next_try(job.attempts)
    if delay is None:
        _settle(session, Job, job, state=JobState.FAILED, finished_at=now, last_error=error)
    else:
        _settle(session, Job, job, run_after=now + delay, last_error=error)


def claim_mail(session: Session, *, now: datetime) -> tuple[OutboxMail, str] | None:
    """Take the mail that has waited longest, with its recipient's name (may be empty)."""
    one = aliased(OutboxMail)
    waiting = (
        select(one.id)
        .where(
            one.state == MailState.WAITING,
            one.not_before <= now,
            or_(one.leased_until.is_(None), one.leased_until <= now),
        )
        .order_by(one.not_before, one.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    mail = session.scalar(
        update(OutboxMail)
        .where(OutboxMail.id == waiting.scalar_subquery())
        .values(leased_until=now + MAIL_LEASE, attempts=OutboxMail.attempts + 1)
        .returning(OutboxMail)
        .execution_options(synchronize_session=False)
    )
    if mail is None:
        return None
    name = session.scalar(select(User.own_name).where(User.id == mail.user_id))
    return mail, name or ""


def mail_sent(session: Session, mail: OutboxMail, *, now: datetime) -> None:
    """Note that a claimed mail has been accepted; what stood in it is not kept."""
    _settle(
        session, OutboxMail, mail, state=MailState.SENT, sent_at=now, params={}, last_error=None
    )


def mail_failed(
    session: Session, mail: OutboxMail, *, error: str, is_final: bool, now: datetime
) -> None:
    """Let a claimed mail wait for its next try; give up after 48 hours, or when it is final."""
    delay = None if is_final else next_try(mail.attempts)
    if delay is None:
        _settle(session, OutboxMail, mail, state=MailState.FAILED, last_error=error)
    else:
        _settle(session, OutboxMail, mail, not_before=now + delay, last_error=error)


def send_again(session: Session, mail: OutboxMail, *, now: datetime) -> None:
    """Put a mail that has failed back into the queue, as if it were new."""
    if mail.state is MailState.FAILED:
        mail.state = MailState.WAITING
        mail.not_before = now
        mail.attempts = 0


def run_again(session: Session, job: Job, *, now: datetime) -> None:
    """Put a job that has failed back into the queue, as if it were new."""
    if job.state is JobState.FAILED:
        job.state = JobState.WAITING
        job.run_after = now
        job.attempts = 0
        job.finished_at = None


def _settle(
    session: Session,
    model: type[Job] | type[OutboxMail],
    claimed: Job | OutboxMail,
    **values: Any,
) -> None:
    """Change the row if it is still ours: a lease that ran out may be somebody else's now."""
    session.execute(
        update(model)
        .where(model.id == claimed.id, model.leased_until == claimed.leased_until)
        .values(leased_until=None, **values)
        .execution_options(synchronize_session=False)
    )
