"""Swedish working days: when an answer is promised."""

from datetime import date, timedelta

_FIXED = {(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)}
_FROM_EASTER = (-2, 1, 39)  # Good Friday, Easter Monday, Ascension Day


def easter(year: int) -> date:
    """Return Easter Sunday (the anonymous Gregorian computation)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def is_working_day(day: date) -> bool:
    """Whether people are at work in Sweden that day."""
    if day.weekday() >= 5 or (day.month, day.day) in _FIXED:
        return False
    if day in {easter(day.year) + timedelta(days=n) for n in _FROM_EASTER}:
        return False
    is_midsummer_eve = day.month == 6 and day.weekday() == 4 and 19 <= day.day <= 25
    return not is_midsummer_eve


def working_days_after(day: date, count: int) -> date:
    """Return the `count`:th working day after `day`."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
