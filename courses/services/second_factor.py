"""An authenticator app, recovery codes and remembered devices: got, used once, taken away.

What may be used once is used by one statement that finds it unused: of two at the same moment
the second finds nothing.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from courses.errors import Reason, Refused
from courses.models import (
    AuthenticatorApp,
    LoginSession,
    Passkey,
    RecoveryCode,
    RememberedDevice,
    User,
)
from courses.rules.second_factor import REMEMBERED
from courses.services.account_security import end_logins, tell_of_change
from courses.services.audit import audit


def add_app(session: Session, user: User, *, secret: bytes, step: int, now: datetime) -> None:
    """Let the app with this (encrypted) secret be the account's; an earlier one stops working.

    The code of `step`, with which it was tried, is used up.
    """
    session.execute(delete(AuthenticatorApp).where(AuthenticatorApp.user_id == user.id))
    session.add(
        AuthenticatorApp(user_id=user.id, secret=secret, last_step=step, created_at=now)
    )
    session.flush()
    _forget_devices(session, user.id)
    audit(session, "second_factor:add_app", "user", user.id, actor_id=user.id, now=now)
    tell_of_change(session, user, "app_added", now=now)


def remove_app(session: Session, user: User, *, is_required: bool, now: datetime) -> None:
    """Take the app away. The last second step stays where the owner requires one."""
    session.refresh(user, with_for_update=True)  # nobody takes the other one away meanwhile
    has_passkey = _has_passkey(session, user.id)
    if is_required and not has_passkey:
        raise Refused(Reason.SECOND_FACTOR_REQUIRED)
    session.execute(delete(AuthenticatorApp).where(AuthenticatorApp.user_id == user.id))
    tidy(session, user.id)
    audit(session, "second_factor:remove_app", "user", user.id, actor_id=user.id, now=now)
    tell_of_change(session, user, "app_removed", now=now)


def use_app_code(session: Session, user_id: int, step: int, now: datetime) -> bool:
    """Use the code of a time step; False when that step or a later one has been used."""
    found = session.scalar(
        update(AuthenticatorApp)
        .where(AuthenticatorApp.user_id == user_id, AuthenticatorApp.last_step < step)
        .values(last_step=step, last_used_at=now)
        .returning(AuthenticatorApp.id)
    )
    return found is not None


def replace_recovery_codes(
    session: Session, user: User, codes: Iterable[tuple[str, str]], now: datetime
) -> None:
    """Store new codes (selector and hash); those from before no longer work."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    session.add_all(
        RecoveryCode(user_id=user.id, selector=selector, code_hash=code_hash, created_at=now)
        for selector, code_hash in codes
    )
    session.flush()
    audit(session, "second_factor:new_codes", "user", user.id, actor_id=user.id, now=now)
    tell_of_change(session, user, "codes_renewed", now=now)


def use_recovery_code(session: Session, user_id: int, code_id: int, now: datetime) -> bool:
    """Use a recovery code; False when it has been used."""
    found = session.scalar(
        update(RecoveryCode)
        .where(RecoveryCode.id == code_id, RecoveryCode.used_at.is_(None))
        .values(used_at=now)
        .returning(RecoveryCode.id)
    )
    if found is None:
        return False
    audit(session, "second_factor:use_code", "user", user_id, actor_id=user_id, now=now)
    tell_of_change(session, session.get_one(User, user_id), "code_used", now=now)
    return True


def remember_device(session: Session, user_id: int, token_hash: str, now: datetime) -> None:
    """Do not ask the browser with this token for a second step for a while."""
    session.add(
        RememberedDevice(
            user_id=user_id, token_hash=token_hash, created_at=now, expires_at=now + REMEMBERED
        )
    )


def reset_second_factor(session: Session, user: User, *, by: int | None, now: datetime) -> None:
    """Take every second step away from somebody who is locked out, and end their logins."""
    session.execute(delete(Passkey).where(Passkey.user_id == user.id))
    session.execute(delete(AuthenticatorApp).where(AuthenticatorApp.user_id == user.id))
    tidy(session, user.id)
    end_logins(session, user.id, now=now)
    audit(session, "second_factor:reset", "user", user.id, actor_id=by, now=now)
    tell_of_change(session, user, "second_factor_reset", now=now)


def take_away_newer(session: Session, user_id: int, since: datetime) -> None:
    """Take away what was added from `since` on: somebody else had the account then."""
    for model in (Passkey, AuthenticatorApp, RecoveryCode):
        session.execute(
            delete(model).where(model.user_id == user_id, model.created_at >= since)
        )
    tidy(session, user_id)


def tidy(session: Session, user_id: int) -> None:
    """Keep nothing that only means something together with a second step that is gone."""
    _forget_devices(session, user_id)
    has_app = session.scalar(
        select(AuthenticatorApp.id).where(AuthenticatorApp.user_id == user_id)
    )
    if has_app is None and not _has_passkey(session, user_id):
        session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))


def renew_login(session: Session, login_id: int, token_hash: str, now: datetime) -> None:
    """Note that the person has proved who they are, under a new token; the old one is void."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.id == login_id)
        .values(token_hash=token_hash, proved_at=now)
    )


def _has_passkey(session: Session, user_id: int) -> bool:
    found = session.scalar(select(Passkey.id).where(Passkey.user_id == user_id).limit(1))
    return found is not None


def _forget_devices(session: Session, user_id: int) -> None:
    session.execute(delete(RememberedDevice).where(RememberedDevice.user_id == user_id))
