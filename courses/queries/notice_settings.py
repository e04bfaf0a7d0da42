"""What somebody has chosen about notices and the calendar."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import CalendarAddress, NoticeChoice, User
from courses.vocabulary import NoticeTopic


@dataclass(frozen=True)
class NoticeSettings:
    topics: frozenset[NoticeTopic]
    """The kinds that are wanted."""
    calendar_since: datetime | None
    """When the calendar address was made; None when there is none."""


def notice_settings(session: Session, user_id: int) -> NoticeSettings | None:
    """Return what somebody has chosen, in one statement; None when there is no such person,
    or no longer."""
    row = session.execute(
        select(NoticeChoice, CalendarAddress.created_at)
        .select_from(User)
        .outerjoin(NoticeChoice, NoticeChoice.user_id == User.id)
        .outerjoin(CalendarAddress, CalendarAddress.user_id == User.id)
        .where(User.id == user_id, User.email.is_not(None))
    ).one_or_none()
    if row is None:
        return None
    choice, since = row
    return NoticeSettings(
        frozenset(
            topic for topic in NoticeTopic if choice is None or getattr(choice, topic.value)
        ),
        since,
    )
