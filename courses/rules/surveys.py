"""When a survey can be answered, and the week in which somebody did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from courses.rules.calendar import STOCKHOLM
from courses.rules.schedule import working_week

LATER_OPEN = timedelta(weeks=12)
"""How long a survey that comes after the cohort's end can be answered."""


class Timed(Protocol):
    """As much of the catalog's `Survey` as says when it is asked."""

    @property
    def week(self) -> int | None: ...
    @property
    def months_after(self) -> int | None: ...


@dataclass(frozen=True, kw_only=True)
class Period:
    """First and last day on which a survey can be answered."""

    opens_on: date
    closes_on: date

    def is_open(self, today: date) -> bool:
        return self.opens_on <= today <= self.closes_on


def survey_period(
    survey: Timed, starts_on: date, ends_on: date, breaks: Sequence[tuple[int, int]]
) -> Period | None:
    """Return when a cohort answers a survey; None for one that no date belongs to. One of the
    course's weeks stays open until the cohort ends, so that nobody who was away is left out."""
    if survey.months_after is not None:
        opens_on = _months_after(ends_on, survey.months_after)
        return Period(opens_on=opens_on, closes_on=opens_on + LATER_OPEN)
    if survey.week is not None:
        opens_on = starts_on + timedelta(weeks=working_week(survey.week, breaks) - 1)
        return Period(opens_on=opens_on, closes_on=ends_on)
    return None


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def beginning_of_week(day: date) -> datetime:
    """Return the first moment of a day's week, which says nothing about the day."""
    return datetime.combine(week_of(day), time(), STOCKHOLM)


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    return date(day.year + year, month + 1, min(day.day, 28))
