"""What a cohort asks for, and how much of it somebody has."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from courses.vocabulary import CompletionKind


@dataclass(frozen=True, kw_only=True)
class RequirementStatus:
    """One line of the requirement set for one person."""

    id: str
    done: int
    needed: int

    @property
    def is_met(self) -> bool:
        return self.done >= self.needed

    @property
    def remaining(self) -> int:
        return max(self.needed - self.done, 0)


def completed_items(events: Iterable[tuple[str, CompletionKind]]) -> set[str]:
    """Fold completion events, oldest first, into the set of finished items."""
    finished: set[str] = set()
    for item_id, kind in events:
        if kind is CompletionKind.UNDONE:
            finished.discard(item_id)
        else:
            finished.add(item_id)
    return finished


def requirement_statuses(
    requirement_set: Iterable[Mapping[str, Any]], completed: Collection[str]
) -> list[RequirementStatus]:
    """Return how far `completed` goes, line by line of the requirement set."""
    statuses = []
    for line in requirement_set:
        done = sum(1 for item in line["items"] if item in completed)
        needed = line["count"] if line["kind"] == "at_least" else len(line["items"])
        statuses.append(RequirementStatus(id=line["id"], done=min(done, needed), needed=needed))
    return statuses


def is_met(requirement_set: Iterable[Mapping[str, Any]], completed: Collection[str]) -> bool:
    """Whether every line is met. An empty requirement set is never met."""
    statuses = requirement_statuses(requirement_set, completed)
    return bool(statuses) and all(status.is_met for status in statuses)


def required_items(requirement_set: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return every item that some line names, in order, each once."""
    return list(dict.fromkeys(item for line in requirement_set for item in line["items"]))


def required_by_module(
    requirement_set: Iterable[Mapping[str, Any]], modules: Mapping[str, Collection[str]]
) -> dict[str, list[str]]:
    """Return module id → its required items; `modules` says which items a module has."""
    required = required_items(requirement_set)
    return {
        module: [item for item in required if item in items] for module, items in modules.items()
    }
