"""From when somebody who joins late has their own dates."""

from collections.abc import Mapping
from datetime import date, timedelta


def week_of(starts_on: date, day: date) -> int:
    """Return the week of the cohort that `day` lies in; the first is 1, also before it."""
    monday = starts_on - timedelta(days=starts_on.weekday())
    return max((day - monday).days // 7 + 1, 1)


def own_dates(
    due: Mapping[str, date | None], *, joined_on: date, extra_weeks: int
) -> dict[str, date]:
    """Return the new last days, by item, for those of `due` that come before: nobody begins by
    being late. None without extra weeks."""
    until = joined_on + timedelta(weeks=extra_weeks)
    if until == joined_on:
        return {}
    return {item: until for item, day in due.items() if day is not None and day < until}
