"""What logging in needs to know."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from courses.models import LoginFailure, RoleAssignment, User
from courses.rules import throttle
from courses.vocabulary import Language, Role


@dataclass(frozen=True)
class Account:
    """Somebody who may log in."""

    user_id: int
    language: Language
    password_hash: str | None


def account_by_email(session: Session, email: str) -> Account | None:
    """Return the active account with this address, whatever case it is typed in."""
    if "\x00" in email:  # PostgreSQL takes no such text
        return None
    row = session.execute(
        select(User.id, User.language, User.password_hash).where(
            User.email == email.strip().lower(),
            User.activated_at.is_not(None),
            User.disabled_at.is_(None),
        )
    ).one_or_none()
    return Account(*row) if row else None


def locked_until(
    session: Session, *, account_key: str, address: str | None, limit: int, now: datetime
) -> datetime | None:
    """Return when the next attempt is let through; None when it is now.

    `limit` failures an hour for the account key; with an `address`, 300 an hour for it too.
    """
    ends = [_full_until(session, LoginFailure.account_key == account_key, limit, now)]
    if address is not None:
        ends.append(
            _full_until(session, LoginFailure.address == address, throttle.PER_ADDRESS, now)
        )
    return max((end for end in ends if end), default=None)


def _full_until(
    session: Session, whose: ColumnElement[bool], limit: int, now: datetime
) -> datetime | None:
    """When the oldest of the last `limit` failures leaves the window."""
    oldest = session.scalar(
        select(LoginFailure.at)
        .where(whose, LoginFailure.at > now - throttle.WINDOW)
        .order_by(LoginFailure.at.desc())
        .offset(limit - 1)
        .limit(1)
    )
    return oldest + throttle.WINDOW if oldest else None


def roles_of(session: Session, user_id: int) -> list[tuple[Role, int | None]]:
    """Return the roles somebody holds or will hold, with the cohort of each."""
    return [
        (role, cohort_id)
        for role, cohort_id in session.execute(
            select(RoleAssignment.role, RoleAssignment.cohort_id).where(
                RoleAssignment.user_id == user_id, RoleAssignment.ended_at.is_(None)
            )
        )
    ]
