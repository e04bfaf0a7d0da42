"""From when somebody who joins late has their own dates."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from courses.rules.calendar import DAY, DayRange, working_days_after


def week_of(starts_on: date, day: date) -> int:
    """Return the week of the cohort that `day` lies in; the first is 1, also before it."""
    monday = starts_on - timedelta(days=starts_on.weekday())
    return max((day - monday).days // 7 + 1, 1)


def own_dates(
    due: Mapping[str, date | None],
    *,
    joined_on: date,
    extra_weeks: int,
    without: Collection[DayRange] = (),
) -> dict[str, date]:
    """Return the new last days, by item, for those of `due` that come before: nobody begins by
    being late. None without extra weeks; never on a day off or in a break (`without`)."""
    if not extra_weeks:
        return {}
    until = working_days_after(
        joined_on + timedelta(weeks=extra_weeks) - DAY, 1, without=without
    )
    return {item: until for item, day in due.items() if day is not None and day < until}
