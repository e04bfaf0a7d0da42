"""The secret address of somebody's calendar: made, renewed and turned off."""

from datetime import datetime
from secrets import token_urlsafe

from sqlalchemy import delete
from sqlalchemy.orm import Session

from courses.models import CalendarAddress
from courses.rules.tokens import token_hash


def renew_calendar_address(session: Session, user_id: int, *, now: datetime) -> str:
    """Make an address and return its secret, which is stored nowhere. The one before ends."""
    secret = token_urlsafe(24)
    end_calendar_address(session, user_id)
    session.add(
        CalendarAddress(user_id=user_id, token_hash=token_hash(secret), created_at=now)
    )
    session.flush()
    return secret


def end_calendar_address(session: Session, user_id: int) -> None:
    """Turn the address off: from now on nothing is there."""
    session.execute(delete(CalendarAddress).where(CalendarAddress.user_id == user_id))
