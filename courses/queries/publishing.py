"""What an editor sees before publishing: the history, what differs, and whom it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy.orm import Session

from courses.catalog import EditionStore, LoadedCourse
from courses.identity import Identity
from courses.permissions import Permission, Scope
from courses.rules.edition_changes import EditionChanges, OutlineItem
from courses.vocabulary import Decision

CONCERNED = "content:concerned"
"""What the access log says when the names of those concerned have been shown."""


@dataclass(frozen=True)
class Desk:
    """The editors' pages as a whole: coordinators may look, others do not know of them."""

    READ: ClassVar[Permission] = Permission.CONTENT_PREVIEW
    scope: Scope = field(default_factory=Scope)


def desk(_session: Session, _identity: Identity, **_url: object) -> Desk:
    """The loader for the editors' pages."""
    return Desk()


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """One edition of a course: when it was first published and by whom, who reads it."""

    edition_id: int
    number: int
    digest: str
    published_at: datetime
    by: str | None
    """A name; None: the installation itself or a command."""
    is_current: bool
    cohorts: tuple[str, ...]
    """Names of the cohorts that read it."""


@dataclass(frozen=True, kw_only=True)
class History:
    """A course's editions, the newest number first."""

    course_id: str
    seen: int
    """Which publication is in force: hand it to `publish`, which refuses when another editor
    has published since. 0: none yet."""
    lines: tuple[HistoryLine, ...]

    @property
    def current(self) -> HistoryLine | None:
        """The edition that is published now."""
        return next((line for line in self.lines if line.is_current), None)


@dataclass(frozen=True, kw_only=True)
class Concerned:
    """A person or a team and the items that it is about. Never a result, a text or a date."""

    name: str
    items: tuple[OutlineItem, ...]


@dataclass(frozen=True, kw_only=True)
class Consequence:
    """What one decision means for one cohort."""

    decision: Decision
    asked_again: tuple[Concerned, ...] = ()
    """Persons who do changed lessons and knowledge checks again."""
    more_to_do: tuple[Concerned, ...] = ()
    """Persons of whom something is asked that was not asked before, and that they lack."""
    teams_more_to_do: tuple[Concerned, ...] = ()
    """The same for joint assignments of teams."""
    left_over: tuple[Concerned, ...] = ()
    """Persons with a draft of, or a hand-in waiting in, an assignment that is no more."""
    teams_left_over: tuple[Concerned, ...] = ()
    opens: Mapping[str, date]
    """New modules (title) and the day they open for the cohort."""

    @property
    def concerns_nobody(self) -> bool:
        """Whether no person and no team is listed."""
        return not (
            self.asked_again or self.more_to_do or self.teams_more_to_do
            or self.left_over or self.teams_left_over
        )


@dataclass(frozen=True, kw_only=True)
class CohortConsequences:
    """A cohort that reads another edition than the one in question."""

    cohort_id: int
    name: str
    edition_number: int
    """What it reads now."""
    is_open: bool
    has_ended: bool
    participants: int
    default: Decision
    """KEEP; NEW_COHORTS for a cohort that was left on an older edition before."""
    changes: EditionChanges
    """Against the edition that the cohort reads."""
    by_decision: Mapping[Decision, Consequence]
    """The decisions that the cohort can be given; asking again is not for one that has ended."""


@dataclass(frozen=True, kw_only=True)
class Consequences:
    """What publishing `digest` would mean."""

    course_id: str
    digest: str
    seen: int
    """See `History.seen`."""
    changes: EditionChanges | None
    """Against what is published; None when nothing is."""
    is_published: bool
    """It is the published edition already."""
    cohorts: tuple[CohortConsequences, ...]


def edition_history(session: Session, course_id: str) -> History:
    """Return the editions of a course, in three statements."""
    raise NotImplementedError


def consequences(
    session: Session, store: EditionStore, after: LoadedCourse, *, today: date
) -> Consequences:
    """Return what publishing `after` would mean for every cohort of its course. Holds names:
    whoever shows it logs `CONCERNED`."""
    raise NotImplementedError
