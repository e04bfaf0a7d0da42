"""Swedish working days, and the weeks of a cohort in which nothing is due."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DAY = timedelta(days=1)
DayRange = tuple[date, date]
"""First and last day."""


def days_between(earlier: datetime, later: datetime) -> int:
    """Return how many midnights in Stockholm lie between two moments."""
    return (later.astimezone(STOCKHOLM).date() - earlier.astimezone(STOCKHOLM).date()).days


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    century, within = divmod(year, 100)
    golden = year % 19
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (within // 4) - epact - within % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """Return Sweden's public holidays and the three eves that the law counts as Sundays."""
    sunday = easter(year)
    midsummer = _saturday_from(date(year, 6, 20))
    return frozenset(
        {
            date(year, 1, 1), date(year, 1, 6), date(year, 5, 1), date(year, 6, 6),
            date(year, 12, 24), date(year, 12, 25), date(year, 12, 26), date(year, 12, 31),
            sunday - 2 * DAY, sunday, sunday + DAY,
            sunday + 39 * DAY,  # Ascension Day
            sunday + 49 * DAY,  # Whit Sunday
            midsummer - DAY, midsummer,
            _saturday_from(date(year, 10, 31)),  # All Saints' Day
        }
    )


def is_working_day(day: date) -> bool:
    """Whether people are at work: no weekend, no public holiday."""
    return day.weekday() < 5 and day not in holidays(day.year)


def working_days_after(
    start: date, count: int, *, without: Collection[DayRange] = ()
) -> date:
    """Return the `count`th working day after `start`; the days in `without` do not count."""
    day = start
    while count > 0:
        day += DAY
        if is_working_day(day) and not any(first <= day <= last for first, last in without):
            count -= 1
    return day


def week_days(starts_on: date, breaks: Iterable[tuple[int, int]]) -> list[DayRange]:
    """Return the days of week ranges, counted from the week of `starts_on` = 1."""
    monday = starts_on - starts_on.weekday() * DAY
    return [
        (monday + 7 * (first - 1) * DAY, monday + (7 * last - 1) * DAY) for first, last in breaks
    ]


def _saturday_from(day: date) -> date:
    return day + (5 - day.weekday()) % 7 * DAY
