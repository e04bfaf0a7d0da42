"""Accounts: what logging in leaves behind, the language, and who gets one to begin with."""

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import LoginFailure, RoleAssignment, User
from courses.services.audit import audit
from courses.vocabulary import Language, Role


def record_login_failure(
    session: Session, *, account_key: str, address: str, now: datetime
) -> None:
    """Count a failed login against the account key and the address it came from."""
    session.add(LoginFailure(account_key=account_key, address=address, at=now))


def renew_password_hash(session: Session, user_id: int, password_hash: str) -> None:
    """Store the same password hashed with newer parameters."""
    session.get_one(User, user_id).password_hash = password_hash


def choose_language(session: Session, user_id: int, language: Language) -> None:
    """Speak `language` with this person from now on, in pages and mails."""
    session.get_one(User, user_id).language = language


def change_account(session: Session, user_id: int, *, name: str, language: Language) -> None:
    """Call this person `name`, and speak `language` with them."""
    user = session.get_one(User, user_id)
    user.own_name, user.language = name, language


def find_or_add_person(
    session: Session,
    *,
    email: str,
    name: str,
    now: datetime,
    organization_id: int | None = None,
    by: int | None = None,
) -> User:
    """Return the person with this address; a new one, without an account, if there is none.

    A person who exists keeps the name and the employer that are known.
    """
    address = email.strip().lower()
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
        raise ValueError("not an e-mail address")
    user = session.scalars(select(User).where(User.email == address)).one_or_none()
    if user is None:
        user = User(
            email=address, name=name.strip(), organization_id=organization_id, created_at=now
        )
        session.add(user)
        session.flush()  # the trail and what follows point at the person
        audit(session, "user:create", "user", user.id, actor_id=by, now=now)
    return user


def grant_role(session: Session, user: User, role: Role, *, by: int | None, now: datetime) -> None:
    """Give `user` a role in the whole county, unless they have it."""
    held = session.scalar(
        select(RoleAssignment.id).where(
            RoleAssignment.user_id == user.id,
            RoleAssignment.role == role,
            RoleAssignment.cohort_id.is_(None),
            RoleAssignment.organization_id.is_(None),
            RoleAssignment.ended_at.is_(None),
        )
    )
    if held is None:
        session.add(
            RoleAssignment(user_id=user.id, role=role, granted_at=now, granted_by=by)
        )
        audit(session, "role:grant", "user", user.id, actor_id=by, now=now, role=role)
