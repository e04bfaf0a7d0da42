"""An answer has a promised day: when trainers are reminded of it, and when it moves."""

from collections.abc import Collection
from datetime import date
from enum import IntEnum

from courses.rules.calendar import DAY, DayRange, is_working_day, working_days_after

FIRST_READER_BEFORE = 3
"""Working days before the promised day on which the team's first reader is reminded …"""
ALL_BEFORE = 1
"""… and on which everybody is who trains the cohort."""
MOVES_BY = 5
"""Working days that a promise moves by itself, once, when its day has come without an answer."""


class Reminder(IntEnum):
    """Who is told that the promised day is near."""

    FIRST_READER = FIRST_READER_BEFORE
    EVERYBODY = ALL_BEFORE


def working_days_left(
    promised_on: date, today: date, *, without: Collection[DayRange] = ()
) -> int:
    """Return how many working days lie after today up to the promised day: 0 on the day itself,
    below 0 when it has passed."""
    if promised_on < today:
        return -1
    left, day = 0, today
    while day < promised_on:
        day += DAY
        left += counts(day, without)
    return left


def reminder(
    promised_on: date, today: date, *, without: Collection[DayRange] = ()
) -> Reminder | None:
    """Return who is reminded today. A morning on which nothing could be sent costs none: the
    reminder goes the next."""
    left = working_days_left(promised_on, today, without=without)
    if left < 0 or left > FIRST_READER_BEFORE:
        return None
    return Reminder.FIRST_READER if left > ALL_BEFORE else Reminder.EVERYBODY


def new_promise(today: date, *, without: Collection[DayRange] = ()) -> date:
    """Return the day that takes the place of a promise that cannot be kept."""
    return working_days_after(today, MOVES_BY, without=without)


def counts(day: date, without: Collection[DayRange] = ()) -> bool:
    """Whether an answer can be promised for that day: people work, and the course has no break."""
    return is_working_day(day) and not any(first <= day <= last for first, last in without)
