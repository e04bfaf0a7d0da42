"""A course's year plan as the dates of a cohort."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from courses.catalog.course import Course
from courses.rules.calendar import STOCKHOLM
from courses.rules.schedule import READING_TIME, MeetingWeek, schedule


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """When and where a meeting takes place."""

    starts_at: datetime
    ends_at: datetime
    place: str
    link: str


@dataclass(frozen=True, kw_only=True)
class Dates:
    """All dates of a cohort. What is not named has no date."""

    ends_on: date
    opens: Mapping[str, date]
    due: Mapping[str, date]
    meetings: Mapping[str, Meeting]


def planned_dates(course: Course, first_monday: date) -> Dates:
    """Return the dates of the course's year plan for a cohort that begins on this Monday."""
    planned = schedule(
        first_monday,
        opens=course.plan.opens,
        due=course.plan.due,
        meetings={
            m.id: MeetingWeek(week=m.week, half_days=m.half_days, days=m.days)
            for m in course.meetings
        },
        breaks=[(b.from_week, b.to_week) for b in course.plan.breaks],
    )
    places = {m.id: m.place for m in course.meetings}
    return Dates(
        ends_on=planned.ends_on,
        opens=planned.opens,
        due=planned.due,
        meetings={
            key: Meeting(starts_at=m.starts_at, ends_at=m.ends_at, place=places[key], link="")
            for key, m in planned.meetings.items()
        },
    )


def new_dates(before: Course, after: Course, starts_on: date, today: date) -> Dates:
    """Return the planned dates of what `after` has and `before` lacks. A module whose week has
    passed opens at once; a deadline or a meeting that has passed is left without a date, so that
    nobody is late with what did not exist."""
    planned = planned_dates(after, starts_on - timedelta(days=starts_on.weekday()))
    known = {module.id for module in before.modules} | before.items.keys()
    had_meetings = {meeting.id for meeting in before.meetings}
    return Dates(
        ends_on=planned.ends_on,
        opens={key: day for key, day in planned.opens.items() if key not in known},
        due={
            key: day for key, day in planned.due.items() if key not in known and day >= today
        },
        meetings={
            key: meeting
            for key, meeting in planned.meetings.items()
            if key not in had_meetings and meeting.starts_at.date() >= today
        },
    )


def end_after(dates: Dates) -> date | None:
    """Return the first day on which a cohort can end that has these dates; None without any."""
    days = [
        *dates.opens.values(), *dates.due.values(),
        *(one.ends_at.astimezone(STOCKHOLM).date() for one in dates.meetings.values()),
    ]
    return max(days) + READING_TIME if days else None
