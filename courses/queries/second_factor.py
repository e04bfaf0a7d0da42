"""What the second step of a login needs to know."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, exists, literal, select, type_coerce, union_all
from sqlalchemy.orm import Session

from courses.models import (
    AuthenticatorApp,
    Enrollment,
    LoginSession,
    OwnerSetting,
    Passkey,
    RecoveryCode,
    RememberedDevice,
    RoleAssignment,
    User,
)
from courses.rules.second_factor import PARTICIPANT, SETTING, WAITS
from courses.vocabulary import EnrollmentState, Language, SecondStep


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A login that waits for its second step, and with what it may be taken."""

    user_id: int
    email: str
    language: Language
    awaits: SecondStep
    secret: bytes | None
    """Of the app, encrypted; None without one."""
    passkeys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Credential id and transports of each."""


@dataclass(frozen=True, kw_only=True)
class KnownPasskey:
    """A passkey and whose it is."""

    id: int
    user_id: int
    email: str
    language: Language
    public_key: bytes


def step_due(
    session: Session, user_id: int, *, device_hash: str | None, now: datetime
) -> SecondStep | None:
    """Return what `user_id` has to do after the password: prove or get a second step, or nothing.

    A remembered device (by its token's hash) is excused from proving, not from getting one.
    """
    row = session.execute(
        select(
            (
                exists().where(Passkey.user_id == user_id)
                | exists().where(AuthenticatorApp.user_id == user_id)
            ).label("has_one"),
            exists().where(
                RememberedDevice.user_id == user_id,
                RememberedDevice.token_hash == (device_hash or ""),
                RememberedDevice.expires_at > now,
            ).label("is_remembered"),
        )
    ).one()
    if row.has_one:
        return None if row.is_remembered else SecondStep.PROVE
    return SecondStep.ENROLL if requires_second_step(session, user_id) else None


def requires_second_step(session: Session, user_id: int) -> bool:
    """Whether the owner requires a second step for any role that `user_id` has."""
    decided = required_roles(session)
    return bool(decided) and not decided.isdisjoint(_held(session, user_id))


def required_roles(session: Session) -> frozenset[str]:
    """Return for whom the owner requires a second step."""
    decided = session.scalar(select(OwnerSetting.value).where(OwnerSetting.key == SETTING))
    return frozenset(decided) if isinstance(decided, list) else frozenset()


def _held(session: Session, user_id: int) -> set[str]:
    roles = select(type_coerce(RoleAssignment.role, String)).where(
        RoleAssignment.user_id == user_id, RoleAssignment.ended_at.is_(None)
    )
    takes_part = select(literal(PARTICIPANT)).where(
        exists().where(
            Enrollment.user_id == user_id, Enrollment.state == EnrollmentState.ACTIVE
        )
    )
    return set(session.scalars(union_all(roles, takes_part)))


def waiting_login(session: Session, token_hash: str, *, now: datetime) -> Waiting | None:
    """Return the login with this token if it waits for its second step, and not for too long.

    Who has got a step since the login began proves that one: it gets nobody another.
    """
    row = session.execute(
        select(User, LoginSession.awaits, AuthenticatorApp.secret)
        .join(LoginSession, LoginSession.user_id == User.id)
        .outerjoin(AuthenticatorApp, AuthenticatorApp.user_id == User.id)
        .where(
            LoginSession.token_hash == token_hash,
            LoginSession.ended_at.is_(None),
            LoginSession.awaits.is_not(None),
            LoginSession.created_at > now - WAITS,
            User.disabled_at.is_(None),
        )
    ).one_or_none()
    if row is None or row.User.email is None:
        return None
    passkeys = passkeys_of(session, row.User.id)
    return Waiting(
        user_id=row.User.id, email=row.User.email, language=row.User.language,
        awaits=SecondStep.PROVE if row.secret or passkeys else row.awaits, secret=row.secret,
        passkeys=passkeys,
    )


def passkeys_of(session: Session, user_id: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return credential id and transports of each of somebody's passkeys."""
    rows = session.execute(
        select(Passkey.credential_id, Passkey.transports)
        .where(Passkey.user_id == user_id)
        .order_by(Passkey.id)
    )
    return tuple((row.credential_id, tuple(row.transports)) for row in rows)


def passkey_by_credential(session: Session, credential_id: str) -> KnownPasskey | None:
    """Return the passkey that a browser answers with, if it is of an account that may log in."""
    row = session.execute(
        select(Passkey.id, User.id, User.email, User.language, Passkey.public_key)
        .join(User, User.id == Passkey.user_id)
        .where(
            Passkey.credential_id == credential_id, User.activated_at.is_not(None),
            User.disabled_at.is_(None), User.email.is_not(None),
        )
    ).one_or_none()
    if row is None:
        return None
    passkey_id, user_id, email, language, public_key = row
    return KnownPasskey(
        id=passkey_id, user_id=user_id, email=email or "", language=language,
        public_key=public_key,
    )


def recovery_hash(session: Session, user_id: int, selector: str) -> tuple[int, str] | None:
    """Return id and hash of the unused code that begins so."""
    row = session.execute(
        select(RecoveryCode.id, RecoveryCode.code_hash).where(
            RecoveryCode.user_id == user_id, RecoveryCode.selector == selector,
            RecoveryCode.used_at.is_(None),
        )
    ).one_or_none()
    return (row.id, row.code_hash) if row else None
