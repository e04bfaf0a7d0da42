"""Password and logins of an account, and telling its owner what has changed."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from courses.errors import NotFound
from courses.models import AccountLink, LoginSession, RememberedDevice, User
from courses.services.audit import audit
from courses.services.outbox import enqueue_mail
from courses.vocabulary import LinkPurpose

FORWARD = set(LinkPurpose) - {LinkPurpose.OLD_ADDRESS}
"""Links that give whoever holds them something new; the other one takes back."""


def tell_of_change(session: Session, user: User, what: str, *, now: datetime) -> None:
    """Mail the account's owner that `what` has changed: whoever did it, the owner hears of it."""
    enqueue_mail(
        session, to=user, template="security_change", now=now, what=what, at=now.isoformat(),
        dedupe_key=f"security:{user.id}:{what}:{now.isoformat()}",
    )


def tell_of_guessing(session: Session, user: User, *, now: datetime) -> None:
    """Mail the account's owner, once a day, that somebody who knows the password does not get
    past the second step."""
    enqueue_mail(
        session, to=user, template="security_change", now=now, what="codes_guessed",
        at=now.isoformat(), dedupe_key=f"security:{user.id}:codes_guessed:{now.date()}",
    )


def change_password(
    session: Session, user: User, password_hash: str, *, login_id: int, now: datetime
) -> None:
    """Let another password count from now on. Every login but this one ends, no device is
    excused from the second step any longer, and no link asked for earlier works."""
    user.password_hash = password_hash
    end_logins(session, user.id, now=now, but=login_id)
    session.execute(delete(RememberedDevice).where(RememberedDevice.user_id == user.id))
    spoil_links(session, user.id, FORWARD, now=now)
    audit(session, "password:change", "user", user.id, actor_id=user.id, now=now)
    tell_of_change(session, user, "password", now=now)


def end_logins(
    session: Session, user_id: int, *, now: datetime, but: int | None = None
) -> None:
    """End every login of `user_id`, also one that waits for its second step, but one."""
    session.execute(
        update(LoginSession)
        .where(
            LoginSession.user_id == user_id, LoginSession.ended_at.is_(None),
            LoginSession.id != (but or 0),
        )
        .values(ended_at=now)
    )


def forget_logins(session: Session, user_id: int, *, now: datetime) -> None:
    """End all logins, and excuse no device from the second step any longer."""
    end_logins(session, user_id, now=now)
    session.execute(delete(RememberedDevice).where(RememberedDevice.user_id == user_id))


def log_out_everywhere(session: Session, user_id: int, *, now: datetime) -> None:
    """End all logins as `forget_logins` does, and put it into the trail."""
    forget_logins(session, user_id, now=now)
    audit(session, "login:end_all", "user", user_id, actor_id=user_id, now=now)


def end_login(session: Session, user_id: int, login_id: int, *, now: datetime) -> None:
    """End one of one's own logins; of nobody else's anything is known."""
    found = session.scalar(
        select(LoginSession).where(
            LoginSession.id == login_id, LoginSession.user_id == user_id
        )
    )
    if found is None:
        raise NotFound
    found.ended_at = found.ended_at or now


def spoil_links(
    session: Session, user_id: int, purposes: Collection[LinkPurpose], *, now: datetime
) -> None:
    """Let no link of these kinds work any more."""
    session.execute(
        update(AccountLink)
        .where(
            AccountLink.user_id == user_id,
            AccountLink.purpose.in_(purposes),
            AccountLink.used_at.is_(None),
        )
        .values(used_at=now)
    )
