"""Inviting people, and what happens when they say yes."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from courses.errors import NotFound, Reason, Refused
from courses.models import Enrollment, Invitation, OutboxMail, User
from courses.rules.tokens import token_hash
from courses.services.account_security import FORWARD, forget_logins, spoil_links
from courses.services.audit import audit
from courses.services.outbox import enqueue_mail
from courses.vocabulary import Language, MailState, Sector

VALID_FOR = timedelta(days=30)
TEMPLATE = "invitation"


def invite(
    session: Session, user: User, by: int | None, now: datetime, *, renews_account: bool = False
) -> str:
    """Make a link with which `user` can make an account, mail it, and return its token.

    Links sent earlier stop working. Who has an account already is refused, unless
    `renews_account`: then the link lets its owner choose a new password.
    """
    session.refresh(user, with_for_update=True)  # of two links at once the later one works
    if user.disabled_at is not None or (user.activated_at is not None and not renews_account):
        raise Refused(Reason.INVITATION_USED)
    revoke_invitations(session, user, now)
    token = token_urlsafe(32)
    invitation = Invitation(
        user_id=user.id, token_hash=token_hash(token), invited_by=by,
        created_at=now, expires_at=now + VALID_FOR,
    )
    session.add(invitation)
    session.flush()
    inviter = session.get(User, by) if by is not None else None
    enqueue_mail(
        session, to=user, template=TEMPLATE, dedupe_key=f"invitation:{invitation.id}", now=now,
        token=token, inviter=inviter.name if inviter else "", days=VALID_FOR.days,
    )
    audit(session, "invitation:create", "user", user.id, actor_id=by, now=now)
    return token


def revoke_invitations(session: Session, user: User, now: datetime) -> None:
    """Let no link to this person work any more, and send none that still waits."""
    session.execute(
        update(Invitation)
        .where(
            Invitation.user_id == user.id,
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )
    session.execute(
        delete(OutboxMail).where(
            OutboxMail.user_id == user.id,
            OutboxMail.template == TEMPLATE,
            OutboxMail.state != MailState.SENT,
        )
    )


def renew_invitation(session: Session, token: str, now: datetime) -> None:
    """Mail a new link to the same address, when `token` is of one that has run out.

    Works once for each link: the old one counts as replaced from then on.
    """
    invitation_id = session.scalar(
        update(Invitation)
        .where(
            Invitation.token_hash == token_hash(token),
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at <= now,
        )
        .values(revoked_at=now)
        .returning(Invitation.id)
    )
    if invitation_id is None:
        return
    old = session.get_one(Invitation, invitation_id)
    user = session.get_one(User, old.user_id)
    invite(session, user, old.invited_by, now, renews_account=user.activated_at is not None)


def accept_invitation(
    session: Session,
    token: str,
    *,
    name: str,
    language: Language,
    sector: Sector | None,
    password_hash: str,
    now: datetime,
) -> User:
    """Use the link: the account is active from now on, and whoever was logged in is not.
    No link asked for earlier works.

    Of any number at the same time exactly one succeeds; the others are refused.
    """
    user_id = session.scalar(
        update(Invitation)
        .where(
            Invitation.token_hash == token_hash(token),
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now,
        )
        .values(used_at=now)
        .returning(Invitation.user_id)
    )
    if user_id is None:
        raise Refused(Reason.INVITATION_USED)
    user = session.get_one(User, user_id)
    if user.disabled_at is not None:
        raise NotFound
    user.own_name = name
    user.language = language
    user.password_hash = password_hash
    user.activated_at = user.activated_at or now
    if sector is not None:
        user.sector = sector
        for place in session.scalars(select(Enrollment).where(Enrollment.user_id == user_id)):
            place.sector = sector
    forget_logins(session, user_id, now=now)
    spoil_links(session, user_id, FORWARD, now=now)
    audit(session, "invitation:accept", "user", user_id, actor_id=user_id, now=now)
    return user
