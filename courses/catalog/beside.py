"""What a course can ask for beside its modules: what one vouches for oneself, half days at
meetings, what a trainer notes, contributions to joint work, surveys."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal


class BesideKind(StrEnum):
    """What sort of thing it is, which also says who tells that it is done."""

    ATTESTED = "attested"
    """Oneself."""
    NOTED = "noted"
    """A trainer, when it has happened."""
    HALF_DAY = "half_day"
    """A trainer, from who was there."""
    CONTRIBUTION = "contribution"
    """Oneself, by a line about what one did for what the team handed in."""
    SURVEY = "survey"
    """Answering or declining it."""


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """Something done once, outside the modules, that the course describes in its own words."""

    id: str
    title: str
    kind: Literal["attested", "noted"]
    text: str
    link: str


@dataclass(frozen=True, kw_only=True)
class Beside:
    """One thing that a line of the requirements may name though no module holds it."""

    id: str
    kind: BesideKind
    title: str
    """Its own, or that of the meeting, assignment or survey that it belongs to."""
    of: str
    """The id of what it belongs to; its own when that is nothing else."""
    text: str = ""
    link: str = ""

    @property
    def is_noted(self) -> bool:
        """Whether a trainer tells that it is done, not the person whom it concerns."""
        return self.kind in (BesideKind.NOTED, BesideKind.HALF_DAY)


def half_day_id(meeting_id: str, number: int) -> str:
    """Return the id that being there on a meeting's half day number 1, 2, … is kept under."""
    return f"{meeting_id}.{number}"


def contribution_id(assignment_id: str) -> str:
    """Return the id that one's own part in a team's assignment is kept under."""
    return f"{assignment_id}.bidrag"


def ids_beside(
    data: Mapping[str, Any], joint: Iterable[str], surveys: Iterable[str]
) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Yield the ids that course.toml's `data` gives rise to, each with its place in that file."""
    for at, one in enumerate(data["milestones"]):
        yield one["id"], ("milestones", at, "id")
    for at, meeting in enumerate(data["meetings"]):
        for number in range(1, meeting["half_days"] + 1):
            yield half_day_id(meeting["id"], number), ("meetings", at, "id")
    for assignment_id in joint:
        yield contribution_id(assignment_id), ("requirements",)
    for survey_id in surveys:
        yield survey_id, ("requirements",)
