"""Changing the address of an account: asked for, confirmed from the new one, undone from the old.

Nobody learns here whether an address has an account: one that is taken gets no mail.
"""

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.errors import Reason, Refused
from courses.models import AccountLink, User
from courses.rules.tokens import SECOND_CLICK, token_hash
from courses.services.account_links import ask_for_link, make_link, use_link
from courses.services.account_security import FORWARD, log_out_everywhere, spoil_links
from courses.services.audit import audit
from courses.services.calendar_addresses import end_calendar_address
from courses.services.outbox import enqueue_mail
from courses.services.second_factor import take_away_newer
from courses.vocabulary import LinkPurpose


def ask_for_address(session: Session, user_id: int, email: str, *, now: datetime) -> None:
    """Mail a link to the new address, and to the old one what is going on and how to stop it.

    The second of two clicks does nothing.
    """
    user = session.get_one(User, user_id, with_for_update=True)
    address = email.strip().lower()
    just_asked = session.scalar(
        select(AccountLink.id).where(
            AccountLink.user_id == user_id,
            AccountLink.purpose == LinkPurpose.NEW_ADDRESS,
            AccountLink.email == address,
            AccountLink.used_at.is_(None),
            AccountLink.created_at > now - SECOND_CLICK,
        )
    )
    if address == user.email or just_asked is not None:
        return
    spoil_links(session, user_id, {LinkPurpose.NEW_ADDRESS}, now=now)
    is_taken = session.scalar(select(User.id).where(User.email == address)) is not None
    confirming = make_link(session, user, LinkPurpose.NEW_ADDRESS, now=now, email=address)
    if not is_taken:
        enqueue_mail(
            session, to=user, address=address, template="new_address", now=now,
            dedupe_key=f"new_address:{token_hash(confirming)[:16]}", token=confirming,
        )
    stopping = make_link(session, user, LinkPurpose.OLD_ADDRESS, now=now, email=user.email)
    enqueue_mail(
        session, to=user, template="address_changed", now=now,
        dedupe_key=f"old_address:{token_hash(stopping)[:16]}", token=stopping,
    )
    audit(session, "address:ask", "user", user_id, actor_id=user_id, now=now)


def confirm_address(session: Session, token: str, *, now: datetime) -> User:
    """Give the account the address that the link went to; LINK_USED, EMAIL_TAKEN."""
    link = use_link(session, token, LinkPurpose.NEW_ADDRESS, now=now)
    user = session.get_one(User, link.user_id)
    _give(session, user, link.email)
    spoil_links(session, user.id, {LinkPurpose.LOGIN, LinkPurpose.RESET}, now=now)
    audit(session, "address:change", "user", user.id, actor_id=user.id, now=now)
    return user


def keep_address(session: Session, token: str, *, now: datetime) -> User:
    """Let the account keep the address it had, or have it back.

    Whoever asked for the change knew the password: it is no good any more, every login ends,
    what was added since to log in with and to read the calendar goes, and a link for choosing
    another password goes to the address that is kept.
    """
    link = use_link(session, token, LinkPurpose.OLD_ADDRESS, now=now)
    user = session.get_one(User, link.user_id)
    if user.email != link.email:
        _give(session, user, link.email)
    spoil_links(session, user.id, FORWARD, now=now)
    _spoil_newer(session, link, now)
    log_out_everywhere(session, user.id, now=now)
    take_away_newer(session, user.id, link.created_at)
    end_calendar_address(session, user.id)
    user.password_hash = None
    ask_for_link(session, user.id, LinkPurpose.RESET, now=now)
    audit(session, "address:keep", "user", user.id, actor_id=user.id, now=now)
    return user


def _spoil_newer(session: Session, link: AccountLink, now: datetime) -> None:
    """Of the links that take an address back the older ones stay: of two who had the account
    the first is its owner."""
    session.execute(
        update(AccountLink)
        .where(
            AccountLink.user_id == link.user_id,
            AccountLink.purpose == LinkPurpose.OLD_ADDRESS,
            AccountLink.used_at.is_(None),
            or_(AccountLink.created_at >= link.created_at, AccountLink.email == link.email),
        )
        .values(used_at=now)
    )


def _give(session: Session, user: User, email: str | None) -> None:
    try:
        with session.begin_nested():
            user.email = email
            session.flush()
    except IntegrityError as error:
        raise Refused(Reason.EMAIL_TAKEN) from error
