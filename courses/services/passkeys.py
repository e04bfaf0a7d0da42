"""Passkeys: added, named, used, taken away."""

from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from courses.errors import NotFound, Reason, Refused
from courses.models import AuthenticatorApp, Passkey, UsedChallenge, User
from courses.rules.tokens import token_hash
from courses.services.account_security import tell_of_change
from courses.services.audit import audit
from courses.services.second_factor import tidy


def use_challenge(session: Session, challenge: str, now: datetime) -> None:
    """Use a challenge up: the primary key stops the second that answers it."""
    session.add(UsedChallenge(challenge_hash=token_hash(challenge), used_at=now))
    session.flush()


def add_passkey(
    session: Session, user: User, *, credential_id: str, public_key: bytes, sign_count: int,
    name: str, transports: list[str], now: datetime,
) -> Passkey:
    """Let a passkey that has been verified log `user` in from now on."""
    passkey = Passkey(
        user_id=user.id, credential_id=credential_id, public_key=public_key,
        sign_count=sign_count, name=name, transports=transports, created_at=now,
    )
    session.add(passkey)
    session.flush()
    audit(session, "passkey:add", "user", user.id, actor_id=user.id, now=now, passkey=passkey.id)
    tell_of_change(session, user, "passkey_added", now=now)
    return passkey


def rename_passkey(session: Session, user_id: int, passkey_id: int, name: str) -> None:
    """Call one's own passkey something else."""
    _own(session, user_id, passkey_id).name = name


def remove_passkey(
    session: Session, user: User, passkey_id: int, *, is_required: bool, now: datetime
) -> None:
    """Take one's own passkey away; the last second step stays where the owner requires one."""
    session.refresh(user, with_for_update=True)  # nobody takes the other one away meanwhile
    passkey = _own(session, user.id, passkey_id)
    if is_required and not _has_another(session, user.id, passkey_id):
        raise Refused(Reason.SECOND_FACTOR_REQUIRED)
    session.execute(delete(Passkey).where(Passkey.id == passkey.id))
    tidy(session, user.id)
    audit(session, "passkey:remove", "user", user.id, actor_id=user.id, now=now,
          passkey=passkey_id)
    tell_of_change(session, user, "passkey_removed", now=now)


def use_passkey(session: Session, passkey_id: int, sign_count: int, now: datetime) -> bool:
    """Note that a passkey has been used; False when its device has counted backwards.

    A device that counts and says less than before has been copied. Many never count: always 0.
    """
    found = session.scalar(
        update(Passkey)
        .where(
            Passkey.id == passkey_id,
            or_(Passkey.sign_count < sign_count, Passkey.sign_count + sign_count == 0),
        )
        .values(sign_count=sign_count, last_used_at=now)
        .returning(Passkey.id)
    )
    return found is not None


def suspect_passkey(session: Session, user: User, passkey_id: int, now: datetime) -> None:
    """Put into the trail that a passkey may have been copied, and tell its owner."""
    audit(session, "passkey:suspect", "user", user.id, actor_id=None, now=now, passkey=passkey_id)
    tell_of_change(session, user, "passkey_suspect", now=now)


def _own(session: Session, user_id: int, passkey_id: int) -> Passkey:
    found = session.scalar(
        select(Passkey).where(Passkey.id == passkey_id, Passkey.user_id == user_id)
    )
    if found is None:
        raise NotFound
    return found


def _has_another(session: Session, user_id: int, passkey_id: int) -> bool:
    other = select(Passkey.id).where(Passkey.user_id == user_id, Passkey.id != passkey_id)
    app = select(AuthenticatorApp.id).where(AuthenticatorApp.user_id == user_id)
    return any(session.scalar(each.limit(1)) is not None for each in (other, app))
