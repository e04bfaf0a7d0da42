"""What a cohort asks for, and how much of it somebody has.

A line of a requirement set is {"id", "kind": "all" | "at_least", "items", "count"}. Editions
that come while a cohort is under way may add two keys (`rules.keeping`): "also", items that are
no more and still count for those who have them, and "modules", item → the module that it counts
in, where that is not the module in which the edition has it. Items that no module holds (half
days at meetings, surveys, what one vouches for) count in their line and in no module.
"""

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


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a cohort asks for in one module."""

    items: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    """What it asked for last, when all of that has gone: who has it has finished the module."""

    def counted(self, completed: Collection[str]) -> tuple[str, ...]:
        """Return the items that count for somebody; none when the module asks for nothing."""
        if self.items or not all(item in completed for item in self.past):
            return self.items
        return self.past

    def is_finished(self, completed: Collection[str]) -> bool:
        """Whether somebody has everything, and there is something to have."""
        counted = self.counted(completed)
        return bool(counted) and all(item in completed for item in counted)


def completed_items(events: Iterable[tuple[str, CompletionKind]]) -> dict[str, int]:
    """Fold completion events, oldest first, into the finished items, each with the place of the
    event that finished it: the first one since the item was last taken back."""
    finished: dict[str, int] = {}
    for place, (item_id, kind) in enumerate(events):
        if kind is CompletionKind.UNDONE:
            finished.pop(item_id, None)
        else:
            finished.setdefault(item_id, place)
    return finished


def finished_by_doing(events: Iterable[tuple[str, CompletionKind]]) -> set[str]:
    """Fold completion events, oldest first, into what somebody has finished and was not excused
    from: that is what can be asked for again when its wording changes."""
    done: set[str] = set()
    excused: set[str] = set()
    for item_id, kind in events:
        if kind is CompletionKind.UNDONE:
            done.discard(item_id)
            excused.discard(item_id)
        else:
            (done if kind is CompletionKind.DONE else excused).add(item_id)
    return done - excused


def requirement_statuses(
    requirement_set: Iterable[Mapping[str, Any]], completed: Collection[str]
) -> list[RequirementStatus]:
    """Return how far `completed` goes, line by line of what is asked for."""
    statuses = []
    for line in requirement_set:
        if not line["items"]:
            continue  # everything in it has gone: there is nothing left to ask for
        counting = [*line["items"], *line.get("also", ())]
        done = sum(1 for item in counting if item in completed)
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


def still_needed(
    requirement_set: Iterable[Mapping[str, Any]], completed: Collection[str]
) -> list[str]:
    """Return what somebody lacks: every missing item of the lines that are not met."""
    lines = list(requirement_set)
    met = {status.id for status in requirement_statuses(lines, completed) if status.is_met}
    unmet = [line for line in lines if line["id"] not in met]
    return [item for item in required_items(unmet) if item not in completed]


def required_by_module(
    requirement_set: Iterable[Mapping[str, Any]], modules: Mapping[str, Collection[str]]
) -> dict[str, list[str]]:
    """Return module id → its required items; `modules` says which items a module has."""
    required = required_items(requirement_set)
    return {
        module: [item for item in required if item in items] for module, items in modules.items()
    }


def asked_by_module(
    requirement_set: Iterable[Mapping[str, Any]], modules: Mapping[str, Collection[str]]
) -> dict[str, Asked]:
    """Return what counts towards finishing each module: as `required_by_module`, but what was
    moved counts where it did, and a module that has gone is there while something counts in it.
    """
    lines = list(requirement_set)
    elsewhere = {
        item: module for line in lines for item, module in line.get("modules", {}).items()
    }
    required = required_items(lines)
    now_in = {item: module for module, items in modules.items() for item in items}
    asked: dict[str, list[str]] = {module: [] for module in modules}
    for item in required:
        if module := elsewhere.get(item, now_in.get(item)):
            asked.setdefault(module, []).append(item)
    past: dict[str, list[str]] = {}
    for item, module in elsewhere.items():
        if item not in required:
            past.setdefault(module, []).append(item)
    return {
        module: Asked(items=tuple(asked.get(module, ())), past=tuple(past.get(module, ())))
        for module in dict.fromkeys([*asked, *past])
    }
