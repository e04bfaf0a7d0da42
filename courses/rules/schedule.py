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
LUNCH = time(11), time(13)
"""Between which a meeting begins and ends that goes from lunch to lunch."""


@dataclass(frozen=True, kw_only=True)
class MeetingWeek:
    """When a course plans a meeting, and how long it is: two half days on two days of the
    calendar go from lunch to lunch."""

    week: int
    half_days: int
    days: int = 1


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


def is_lunch_to_lunch(starts_at: datetime, ends_at: datetime) -> bool:
    """Whether a meeting begins around noon and ends around noon on a later day."""
    first, last = starts_at.astimezone(STOCKHOLM), ends_at.astimezone(STOCKHOLM)
    return first.date() < last.date() and all(
        LUNCH[0] <= one.time() <= LUNCH[1] for one in (first, last)
    )


def schedule(
    first_monday: date,
    *,
    opens: Mapping[str, int],
    due: Mapping[str, int],
    meetings: Mapping[str, MeetingWeek],
    breaks: Sequence[tuple[int, int]],
) -> Schedule:
    """Return the dates of a plan in weeks, the first of which is week 1.

    `breaks` are first and last week. Modules open on Mondays, meetings begin on Wednesdays, work
    is due on Fridays, and what would fall in a break or on a holiday comes after it: a meeting
    whole, on days that follow on each other.
    """
    if not is_monday(first_monday):
        raise ValueError(f"{first_monday} is no Monday")

    def day(week: int, weekday: int) -> date:
        weeks = working_week(week, breaks) - 1
        return first_monday + timedelta(weeks=weeks, days=weekday)

    def is_free(found: date) -> bool:
        week = (found - first_monday).days // 7 + 1
        return is_working_day(found) and working_week(week, breaks) == week

    def working_day(week: int, weekday: int, days: int = 1) -> date:
        found = day(week, weekday)
        while not all(is_free(found + timedelta(days=after)) for after in range(days)):
            found += timedelta(days=1)
        return found

    opening = {key: day(week, 0) for key, week in opens.items()}
    ending = {key: working_day(week, DUE_DAY) for key, week in due.items()}
    planned = {
        key: _meeting(working_day(one.week, MEETING_DAY, one.days), one)
        for key, one in meetings.items()
    }
    last = max(
        [first_monday, *opening.values(), *ending.values()]
        + [meeting.ends_at.date() for meeting in planned.values()]
    )
    return Schedule(opens=opening, due=ending, meetings=planned, ends_on=last + READING_TIME)


def _meeting(first: date, one: MeetingWeek) -> PlannedMeeting:
    from_lunch = one.days > 1 and one.half_days == one.days
    to_lunch = from_lunch or one.half_days % 2 == 1
    last = first + timedelta(days=one.days - 1)
    return PlannedMeeting(
        starts_at=datetime.combine(first, NOON if from_lunch else STARTS, STOCKHOLM),
        ends_at=datetime.combine(last, NOON if to_lunch else ENDS, STOCKHOLM),
    )
