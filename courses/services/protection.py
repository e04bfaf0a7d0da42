"""Protected personal data: what others read instead of somebody's name."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import Organization, User
from courses.rules.protection import first_free
from courses.services.audit import audit


def protect(
    session: Session, user: User, *, organization_id: int, actor_id: int, now: datetime
) -> None:
    """Let others read a neutral name from now on, also where the real one was read before."""
    if user.alias is not None:
        return
    place = session.get_one(Organization, organization_id).name
    taken = session.scalars(select(User.alias).where(User.alias.is_not(None)))
    user.alias = first_free(place, {alias for alias in taken if alias})
    session.flush()  # of two at once the unique index lets one through; the other begins again
    audit(session, "person:protect", "user", user.id, actor_id=actor_id, now=now)


def end_protection(session: Session, user: User, *, actor_id: int, now: datetime) -> None:
    """Let others read the real name again."""
    if user.alias is None:
        return
    user.alias = None
    audit(session, "person:unprotect", "user", user.id, actor_id=actor_id, now=now)
