"""When reading opens, when work is late and when a cohort is over. Days are Stockholm's."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

SOON = timedelta(days=14)
LONG_AWAY = timedelta(days=30)


def is_open(opens_on: date | None, today: date) -> bool:
    """Whether a module may be read: its day has come, or it was never given one."""
    return opens_on is None or opens_on <= today


def has_ended(ends_on: date, today: date) -> bool:
    """Whether a cohort is over: from the day after its last."""
    return today > ends_on


def is_under_way(opened_at: datetime | None, ends_on: date, today: date) -> bool:
    """Whether people may work in a cohort: it has been opened, and it is not over."""
    return opened_at is not None and not has_ended(ends_on, today)


def is_late(due_on: date | None, today: date) -> bool:
    """Whether the last day has passed; it ends at midnight."""
    return due_on is not None and due_on < today


def is_soon(due_on: date | None, today: date) -> bool:
    """Whether the last day is at most a fortnight away, or has passed."""
    return due_on is not None and due_on - today <= SOON


def next_opening(days: Iterable[date | None], today: date) -> date | None:
    """Return the first day ahead on which something opens."""
    return min((day for day in days if day is not None and day > today), default=None)


def was_long_away(last_active_on: date | None, today: date) -> bool:
    """Whether a month has passed since somebody last did something here."""
    return last_active_on is not None and today - last_active_on > LONG_AWAY
