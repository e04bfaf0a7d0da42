"""What an earlier answer still says of a new version, criterion by criterion."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from courses.vocabulary import Level


class CriterionLike(Protocol):
    """As much of the catalog's `Criterion` as the rule needs."""

    @property
    def id(self) -> str: ...
    @property
    def sections(self) -> tuple[str, ...]: ...
    @property
    def is_gate(self) -> bool: ...


class Since(StrEnum):
    """What has happened since to what a criterion is about."""

    NOTHING = "nothing"
    TEXT = "text"
    """A section that it is about has other words."""
    FILES = "files"
    WORDING = "wording"
    """The criterion itself asks for something else now."""


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What was said of a criterion last time, and whether it stands."""

    level: str
    comment: str
    since: Since
    is_gate: bool

    @property
    def is_met(self) -> bool:
        """Whether nothing more was asked for."""
        return self.level in (Level.APPROVED, Level.EXCELLED)

    @property
    def stands(self) -> bool:
        """Whether the level holds until somebody changes it: what was met stays met while
        nothing has changed. Secrecy is judged anew every time."""
        return self.is_met and self.since is Since.NOTHING and not self.is_gate


def earlier_answers(
    criteria: Iterable[CriterionLike],
    levels: Mapping[str, str],
    comments: Mapping[str, str],
    *,
    changed: Collection[str],
    reworded: Collection[str],
    files_differ: bool,
) -> dict[str, Earlier]:
    """Return criterion id → what was said of it. `changed` are sections, `reworded` criteria.
    A criterion that names no section is about all of them; one that was not judged is left
    out."""
    found = {}
    for one in criteria:
        if one.id not in levels:
            continue
        if one.id in reworded:
            since = Since.WORDING
        elif any(not one.sections or section in one.sections for section in changed):
            since = Since.TEXT
        else:
            since = Since.FILES if files_differ else Since.NOTHING
        found[one.id] = Earlier(
            level=levels[one.id], comment=comments.get(one.id, ""), since=since,
            is_gate=one.is_gate,
        )
    return found
