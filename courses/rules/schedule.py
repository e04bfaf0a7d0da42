"""From a course's year plan and a first Monday to the dates of a cohort."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from courses.rules.calendar import STOCKHOLM, is_working_day

MEETING_DAY = 2  # Wednesday
DUE_DAY = 4  # Friday
STARTS, NOON, ENDS = time(9), time(12), time(16)
READING_TIME = timedelta(weeks=4)
"""How long after the last date a cohort goes on, so that work can be answered and completed."""


@dataclass(frozen=True, kw_only=True)
class PlannedMeeting:
    """When a meeting is proposed to begin and end."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """The dates proposed for a cohort, all of them editable."""

    opens: Mapping[str, date]
    due: Mapping[str, date]
    meetings: Mapping[str, PlannedMeeting]
    ends_on: date


def is_monday(day: date) -> bool:
    """Whether a cohort can begin on this day."""
    return day.weekday() == 0


def working_week(week: int, breaks: Sequence[tuple[int, int]]) -> int:
    """Return `week`, or the first week after the break that it lies in."""
    for first, last in sorted(breaks):
        if first <= week <= last:
            week = last + 1
    return week


def schedule(
    first_monday: date,
    *,
    opens: Mapping[str, int],
    due: Mapping[str, int],
    meetings: Mapping[str, tuple[int, int]],
    breaks: Sequence[tuple[int, int]],
) -> Schedule:
    """Return the dates of a plan in weeks, the first of which is week 1.

    `meetings` are (week, half days), `breaks` first and last week. Modules open on Mondays,
    work is due on Fridays, and what would fall in a break or on a holiday comes after it.
    """
    if not is_monday(first_monday):
        raise ValueError(f"{first_monday} is no Monday")

    def day(week: int, weekday: int) -> date:
        weeks = working_week(week, breaks) - 1
        return first_monday + timedelta(weeks=weeks, days=weekday)

    def working_day(week: int, weekday: int) -> date:
        found = day(week, weekday)
        while not is_working_day(found):
            found += timedelta(days=1)
        return found

    opening = {key: day(week, 0) for key, week in opens.items()}
    ending = {key: working_day(week, DUE_DAY) for key, week in due.items()}
    planned = {
        key: _meeting(working_day(week, MEETING_DAY), half_days)
        for key, (week, half_days) in meetings.items()
    }
    last = max(
        [first_monday, *opening.values(), *ending.values()]
        + [meeting.ends_at.date() for meeting in planned.values()]
    )
    return Schedule(opens=opening, due=ending, meetings=planned, ends_on=last + READING_TIME)


def _meeting(first: date, half_days: int) -> PlannedMeeting:
    last = first + timedelta(days=max((half_days + 1) // 2 - 1, 0))
    end = NOON if half_days % 2 else ENDS
    return PlannedMeeting(
        starts_at=datetime.combine(first, STARTS, STOCKHOLM),
        ends_at=datetime.combine(last, end, STOCKHOLM),
    )
