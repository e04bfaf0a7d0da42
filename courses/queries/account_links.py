"""What a link in a mail leads to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import AccountLink, Organization, User
from courses.rules.tokens import token_hash, used_just_now
from courses.vocabulary import Language, LinkPurpose


@dataclass(frozen=True, kw_only=True)
class LinkPage:
    """A link that works: whose it is."""

    user_id: int
    name: str
    email: str
    new_email: str | None
    organization: str | None
    language: Language


@dataclass(frozen=True, kw_only=True)
class UsedLink:
    """A link that does not work any more."""

    email: str
    used_just_now: bool
    """Perhaps by the first of two clicks."""


def link_page(
    session: Session, token: str, purpose: LinkPurpose, *, now: datetime
) -> LinkPage | UsedLink | None:
    """Return what the link is about; None when there is no such link."""
    if not token.isascii():
        return None
    row = session.execute(
        select(AccountLink, User, Organization.name)
        .join(User, User.id == AccountLink.user_id)
        .outerjoin(Organization, Organization.id == User.organization_id)
        .where(AccountLink.token_hash == token_hash(token), AccountLink.purpose == purpose)
    ).one_or_none()
    if row is None:
        return None
    link, user, organization = row
    if link.used_at is not None or link.expires_at <= now or user.disabled_at is not None:
        return UsedLink(
            email=user.email or "", used_just_now=used_just_now(link.used_at, now)
        )
    return LinkPage(
        user_id=user.id, name=user.own_name, email=user.email or "", new_email=link.email,
        organization=organization, language=user.language,
    )
