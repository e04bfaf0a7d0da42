"""What is kept only for a while goes, by the retention that each table declares."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from courses.models import (
    ContactMessage,
    IdempotencyKey,
    Invitation,
    LoginFailure,
    LoginSession,
    OutboxMail,
)
from courses.vocabulary import MailState

IDEMPOTENCY_KEYS = timedelta(days=30)
LOGIN_FAILURES = timedelta(hours=24)
UNUSED_INVITATIONS = timedelta(days=60)
"""After they ran out: until then an expired link can be renewed by its owner."""
MAILS = timedelta(days=90)
MESSAGES = timedelta(days=365)


def sweep(
    session: Session, *, logins_idle_since: datetime, logins_older_than: datetime, now: datetime
) -> None:
    """Delete logins that have ended or run out, old keys, failures, messages and invitations.

    Of an old mail only stays that it was sent.
    """
    session.execute(
        delete(LoginSession).where(
            or_(
                LoginSession.ended_at.is_not(None),
                LoginSession.last_seen_at <= logins_idle_since,
                LoginSession.created_at <= logins_older_than,
            )
        )
    )
    session.execute(
        delete(IdempotencyKey).where(IdempotencyKey.created_at < now - IDEMPOTENCY_KEYS)
    )
    session.execute(delete(LoginFailure).where(LoginFailure.at < now - LOGIN_FAILURES))
    session.execute(
        delete(Invitation).where(
            Invitation.used_at.is_(None), Invitation.expires_at < now - UNUSED_INVITATIONS
        )
    )
    session.execute(delete(ContactMessage).where(ContactMessage.at < now - MESSAGES))
    session.execute(
        update(OutboxMail)
        .where(
            OutboxMail.state != MailState.WAITING,
            OutboxMail.created_at < now - MAILS,
            OutboxMail.recipient != "",
        )
        .values(recipient="", params={}, last_error=None)
        .execution_options(synchronize_session=False)
    )
