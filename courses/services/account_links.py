"""Links in mails to people who have an account: asked for, made, used once.

Whoever asks learns nothing: an unknown address leaves the same rows behind as a known one, and
what differs is done by the worker.
"""

from datetime import datetime
from secrets import token_urlsafe

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from courses.errors import Reason, Refused
from courses.models import AccountLink, OutboxMail, User
from courses.rules.account_links import JOB, VALID_FOR
from courses.rules.tokens import token_hash
from courses.services.account_security import (
    FORWARD,
    log_out_everywhere,
    spoil_links,
    tell_of_change,
)
from courses.services.audit import audit
from courses.services.outbox import enqueue_job, enqueue_mail
from courses.vocabulary import LinkPurpose

NOBODY = 0
TEMPLATES = {LinkPurpose.LOGIN: "login_link", LinkPurpose.RESET: "reset"}


def ask_for_link(
    session: Session, user_id: int | None, purpose: LinkPurpose, *, now: datetime
) -> None:
    """Let the worker mail a link to this person; nothing when it is nobody."""
    request = token_urlsafe(12)
    enqueue_job(
        session, JOB, dedupe_key=f"{JOB}:{request}", now=now,
        user_id=user_id or NOBODY, purpose=purpose.value, request=request,
    )


def mail_link(
    session: Session, user_id: int, purpose: LinkPurpose, *, request: str, now: datetime
) -> None:
    """Make the link that `request` asked for and mail it, once."""
    user = session.get(User, user_id)
    dedupe_key = f"link:{request}"
    known = session.scalar(select(OutboxMail.id).where(OutboxMail.dedupe_key == dedupe_key))
    if user is None or user.disabled_at or user.activated_at is None or known is not None:
        return
    token = make_link(session, user, purpose, now=now)
    enqueue_mail(
        session, to=user, template=TEMPLATES[purpose], dedupe_key=dedupe_key, now=now,
        token=token, minutes=int(VALID_FOR[purpose].total_seconds() // 60),
    )


def make_link(
    session: Session, user: User, purpose: LinkPurpose, *, now: datetime, email: str | None = None
) -> str:
    """Store a link and return its token, which is stored nowhere else than in the mail."""
    token = token_urlsafe(32)
    session.add(
        AccountLink(
            user_id=user.id, purpose=purpose, token_hash=token_hash(token), email=email,
            created_at=now, expires_at=now + VALID_FOR[purpose],
        )
    )
    session.flush()
    return token


def use_link(session: Session, token: str, purpose: LinkPurpose, *, now: datetime) -> AccountLink:
    """Use the link. Of any number at the same time exactly one succeeds: LINK_USED."""
    link = session.scalar(
        update(AccountLink)
        .where(
            AccountLink.token_hash == token_hash(token),
            AccountLink.purpose == purpose,
            AccountLink.used_at.is_(None),
            AccountLink.expires_at > now,
        )
        .values(used_at=now)
        .returning(AccountLink)
        .execution_options(synchronize_session=False)
    )
    if link is None or session.get_one(User, link.user_id).disabled_at is not None:
        raise Refused(Reason.LINK_USED)
    return link


def log_in_by_link(session: Session, token: str, *, now: datetime) -> User:
    """Return whom the link logs in; LINK_USED when it logs in nobody any more."""
    link = use_link(session, token, LinkPurpose.LOGIN, now=now)
    audit(session, "login:link", "user", link.user_id, actor_id=link.user_id, now=now)
    return session.get_one(User, link.user_id)


def reset_password(session: Session, token: str, password_hash: str, *, now: datetime) -> User:
    """Give the account a new password. Every login ends, every other link is worth nothing."""
    link = use_link(session, token, LinkPurpose.RESET, now=now)
    user = session.get_one(User, link.user_id)
    user.password_hash = password_hash
    log_out_everywhere(session, user.id, now=now)
    spoil_links(session, user.id, FORWARD, now=now)
    audit(session, "password:reset", "user", user.id, actor_id=user.id, now=now)
    tell_of_change(session, user, "password", now=now)
    return user
