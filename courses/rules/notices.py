"""When somebody is told what: how long before a date, and what holds a notice back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from courses.rules.calendar import STOCKHOLM, DayRange
from courses.vocabulary import Language, NoticeKind

DIGEST = "digest"
"""The template of a day's mail, and the beginning of its key."""
WEEK_BEFORE = 7
DAY_BEFORE = 1
HOLDER_BEFORE = 14
"""How many days before a joint date a team without a holder is told of."""


class Hold(StrEnum):
    """Why somebody is not told a fact today."""

    BREAK = "break"
    """The cohort rests; told when it goes on."""
    PAUSED = "paused"
    """Told when the participant is back."""
    HAD_TODAY = "had_today"
    """Today's digest has been written; told tomorrow."""
    UNSENT = "unsent"
    """The digest before has not gone yet; told when it has."""
    TOLD = "told"
    """Told before: nobody is told twice."""
    OVER = "over"
    """The cohort has ended."""
    GONE = "gone"
    """Takes no part any more, or has no account."""
    TURNED_OFF = "turned_off"
    MOOT = "moot"
    """It is not so any more."""

    @property
    def is_final(self) -> bool:
        """Whether what is held back will not be told later either."""
        return self in (Hold.OVER, Hold.GONE, Hold.TURNED_OFF, Hold.MOOT)


@dataclass(frozen=True)
class Person:
    """Whom a digest goes to."""

    user_id: int
    email: str
    language: Language


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A fact that somebody is to be told today, or is not."""

    person: Person
    kind: NoticeKind
    fact: str
    """What names it for good: `feedback:12`."""
    cohort_id: int
    edition: str
    """The digest of the edition that the cohort reads."""
    item_id: str | None
    team_id: int | None
    team: str
    """The team's name; empty when it is about no team."""
    day: date | None
    notice_id: int | None
    """Of a fact that was written down when it happened; None when it is found day by day."""
    hold: Hold | None


def stage(day: date, today: date) -> int | None:
    """Return how many days before `day` people are told today: a week, a day, or None.

    A morning on which nothing could be sent costs no reminder: it goes the next.
    """
    left = (day - today).days
    if left < 0 or left > WEEK_BEFORE:
        return None
    return WEEK_BEFORE if left > DAY_BEFORE else DAY_BEFORE


def is_within(today: date, breaks: Collection[DayRange]) -> bool:
    """Whether today lies in one of the cohort's breaks."""
    return any(first <= today <= last for first, last in breaks)


def digest_day(now: datetime, hour: int) -> date | None:
    """Return the day whose digests are due at `now`: from `hour` on by Stockholm's clock."""
    local = now.astimezone(STOCKHOLM)
    return local.date() if local.hour >= hour else None


def digest_key(user_id: int | str, day: date) -> str:
    """Return what keeps a person's digest of a day from being written twice."""
    return f"{DIGEST}:{user_id}:{day}"
