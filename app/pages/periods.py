"""The days of a meeting in words."""

from datetime import date, datetime
from typing import Protocol

from flask_babel import gettext

from app.clock import STOCKHOLM
from app.i18n import day
from courses.rules.schedule import is_lunch_to_lunch


class Timed(Protocol):
    """A meeting as it stands in a cohort."""

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime: ...


def spans_days(meeting: Timed) -> bool:
    """Whether it ends on another day than it begins."""
    return _date(meeting.starts_at) != _date(meeting.ends_at)


def period(meeting: Timed) -> str:
    """Return `29–30 september 2027, lunch till lunch`; the day alone for a meeting of one day."""
    days = _days(meeting)
    if is_lunch_to_lunch(meeting.starts_at, meeting.ends_at):
        return gettext("%(days)s, lunch till lunch", days=days)
    return days


def _days(meeting: Timed) -> str:
    first, last = _date(meeting.starts_at), _date(meeting.ends_at)
    if first == last:
        return day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{day(first, year=first.year != last.year)} – {day(last)}"


def _date(moment: datetime) -> date:
    return moment.astimezone(STOCKHOLM).date()
