"""*Säkerhet*: what protects one's account, and where one is logged in."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from courses.errors import NotFound
from courses.models import AuthenticatorApp, LoginSession, Passkey, RecoveryCode, User
from courses.permissions import Permission, Scope
from courses.queries.second_factor import requires_second_step
from courses.rules.user_agents import described


@dataclass(frozen=True, kw_only=True)
class OnePasskey:
    id: int
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class OneLogin:
    id: int
    browser: str
    system: str
    last_seen_at: datetime
    is_this: bool


@dataclass(frozen=True, kw_only=True)
class SecurityPage:
    passkeys: tuple[OnePasskey, ...]
    app_since: datetime | None
    app_used_at: datetime | None
    codes_left: int
    logins: tuple[OneLogin, ...]
    """This one first, then the latest."""
    is_required: bool
    """The owner requires a second step."""

    @property
    def has_second_step(self) -> bool:
        return bool(self.passkeys) or self.app_since is not None


def security_page(
    session: Session, user_id: int, *, login_id: int | None, seen_after: datetime,
    created_after: datetime,
) -> SecurityPage:
    """Return what the page shows; logins that have run out are none."""
    passkeys = session.scalars(
        select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.id)
    )
    codes = select(func.count(RecoveryCode.id)).where(
        RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None)
    )
    app = session.execute(
        select(
            AuthenticatorApp.created_at, AuthenticatorApp.last_used_at,
            codes.scalar_subquery().label("codes_left"),
        )
        .select_from(User)
        .outerjoin(AuthenticatorApp, AuthenticatorApp.user_id == User.id)
        .where(User.id == user_id)
    ).one()
    logins = session.scalars(
        select(LoginSession).where(
            LoginSession.user_id == user_id,
            LoginSession.ended_at.is_(None),
            LoginSession.awaits.is_(None),
            LoginSession.last_seen_at > seen_after,
            LoginSession.created_at > created_after,
        ).order_by(LoginSession.last_seen_at.desc(), LoginSession.id.desc())
    )
    found = [_login(one, login_id) for one in logins]
    return SecurityPage(
        passkeys=tuple(
            OnePasskey(
                id=one.id, name=one.name, created_at=one.created_at,
                last_used_at=one.last_used_at,
            )
            for one in passkeys
        ),
        app_since=app.created_at,
        app_used_at=app.last_used_at,
        codes_left=app.codes_left,
        logins=tuple(sorted(found, key=lambda one: not one.is_this)),
        is_required=requires_second_step(session, user_id),
    )


@dataclass(frozen=True)
class OneOfOwn:
    """A login or a passkey of the person who acts."""

    READ: ClassVar[Permission] = Permission.HOME_READ
    id: int

    @property
    def scope(self) -> Scope:
        return Scope()


def own_login(session: Session, user_id: int, login_id: int) -> OneOfOwn:
    """Return one of one's own logins; of nobody else's anything is known."""
    return _own(session, LoginSession, user_id, login_id)


def own_passkey(session: Session, user_id: int, passkey_id: int) -> OneOfOwn:
    """Return one of one's own passkeys."""
    return _own(session, Passkey, user_id, passkey_id)


def _own(
    session: Session, model: type[LoginSession] | type[Passkey], user_id: int, row_id: int
) -> OneOfOwn:
    found = session.scalar(select(model.id).where(model.id == row_id, model.user_id == user_id))
    if found is None:
        raise NotFound
    return OneOfOwn(found)


def own_account(session: Session, user_id: int) -> User:
    """Return the row of the person who acts, for the services that change it."""
    return session.get_one(User, user_id)


def has_codes(session: Session, user_id: int) -> bool:
    """Whether any recovery code is left."""
    codes = select(RecoveryCode.id).where(
        RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None)
    )
    return session.scalar(codes.limit(1)) is not None


def _login(one: LoginSession, login_id: int | None) -> OneLogin:
    browser, system = described(one.device)
    return OneLogin(
        id=one.id, browser=browser, system=system, last_seen_at=one.last_seen_at,
        is_this=one.id == login_id,
    )
