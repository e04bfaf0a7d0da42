"""The year as a course plans it, in weeks; a cohort gives the weeks dates (`planning`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Break:
    """Weeks in which nothing is due, counted from the cohort's first week = 1."""

    title: str
    from_week: int
    to_week: int


@dataclass(frozen=True, kw_only=True)
class CatchUp:
    """What somebody who joins late does to catch up, until week `until_week` of the cohort."""

    until_week: int
    items: tuple[str, ...]
    """Items, and modules for all that is asked for in them."""
    extra_weeks: int
    """How long from the day one joins, for those of the items that were due before."""
    text: str


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The year plan: module id → week it opens, item id → week it is due."""

    opens: Mapping[str, int]
    due: Mapping[str, int]
    breaks: tuple[Break, ...]
    catch_up: tuple[CatchUp, ...] = ()
    """In the order of the weeks; the last goes for whoever comes later still."""

    def catch_up_from(self, week: int) -> CatchUp | None:
        """Return what whoever joins in this week does; None where the course says nothing."""
        return next(
            (one for one in self.catch_up if week <= one.until_week),
            self.catch_up[-1] if self.catch_up else None,
        )


@dataclass(frozen=True, kw_only=True)
class MeetingPart:
    """A day, or a part of one, at a meeting."""

    title: str
    hours: float
    agenda: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MeetingPlan:
    """A meeting as the course plans it; a cohort gives it a date."""

    id: str
    title: str
    week: int
    half_days: int
    days: int
    """Over how many days the half days lie: two on two days go from lunch to lunch."""
    hours: float
    place: str
    form: Literal["on_site", "online"]
    ready: str
    """What is to be ready afterwards."""
    parts: tuple[MeetingPart, ...]

    @property
    def is_lunch_to_lunch(self) -> bool:
        """Whether it begins at lunch on one day and ends at lunch on another."""
        return self.days > 1 and self.half_days == self.days
