"""What a course takes: counted from its own data, never written down beside it."""

from dataclasses import dataclass

from courses.catalog.course import Course

WORKING_DAY = 8 * 60
"""Minutes."""


@dataclass(frozen=True, kw_only=True)
class Effort:
    """One participant's time, in minutes. `weeks` is the length of the whole course."""

    lessons: int
    assignments: int
    on_site: int
    """In meetings where people travel."""
    online: int
    meetings_on_site: int
    meetings_online: int
    half_days_on_site: int
    weeks: int

    @property
    def between_meetings(self) -> int:
        """What is done at one's own pace."""
        return self.lessons + self.assignments

    @property
    def total(self) -> int:
        """All of it together."""
        return self.between_meetings + self.on_site + self.online

    @property
    def working_days(self) -> int:
        """The same in whole days of eight hours."""
        return round(self.total / WORKING_DAY)

    @property
    def a_week(self) -> int:
        """Minutes a week between the meetings, spread over the whole course."""
        return round(self.between_meetings / self.weeks) if self.weeks else 0


def effort_of(course: Course) -> Effort:
    """Add up what the course asks of a participant, with the team's work as everybody's own."""
    on_site = [one for one in course.meetings if one.form == "on_site"]
    online = [one for one in course.meetings if one.form != "on_site"]
    known = (
        *course.plan.opens.values(),
        *course.plan.due.values(),
        *(one.week for one in course.meetings),
    )
    return Effort(
        lessons=sum(lesson.minutes.total for lesson in course.lessons),
        assignments=sum(one.minutes for one in course.assignments),
        on_site=round(sum(one.hours for one in on_site) * 60),
        online=round(sum(one.hours for one in online) * 60),
        meetings_on_site=len(on_site),
        meetings_online=len(online),
        half_days_on_site=sum(one.half_days for one in on_site),
        weeks=max(known, default=0),
    )
