"""What a cohort asks for when its course changes under way and nobody is to lose anything.

A new edition never makes the cohort ask for more. What the edition lacks is no longer asked for;
of what remains everything counts as it did. Therefore, whatever editions come in whatever order,
who has met the requirements or finished a module once has it for good. Held by a property test.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from courses.rules.requirements import asked_by_module

Line = Mapping[str, Any]


def kept_requirements(
    requirement_set: Iterable[Line],
    before: Mapping[str, Iterable[str]],
    after: Mapping[str, Iterable[str]],
    *,
    beside: Collection[str] = (),
) -> list[dict[str, Any]]:
    """Return the requirement set in the new edition; `before` and `after` are the items by
    module of the edition that the cohort leaves and of the one that it comes to, `beside` what
    the latter has outside of modules."""
    lines = list(requirement_set)
    now_in = {item: module for module, items in after.items() for item in items}
    asked = asked_by_module(lines, {module: list(items) for module, items in before.items()})
    counts_in = {item: module for module, one in asked.items() for item in one.items}
    emptied = {
        module
        for module, one in asked.items()
        if one.items and not any(item in now_in for item in one.items)
    }
    there = now_in.keys() | set(beside)
    return [_kept_line(line, there, now_in, counts_in, emptied) for line in lines]


def _kept_line(
    line: Line,
    there: Collection[str],
    now_in: Mapping[str, str],
    counts_in: Mapping[str, str],
    emptied: set[str],
) -> dict[str, Any]:
    left = [item for item in line["items"] if item in there]
    gone = [item for item in line["items"] if item not in there]
    kept = dict(line) | {"items": left}
    if line["kind"] == "at_least":
        # two of three were enough, and whoever has the third has it still
        kept["also"] = [*line.get("also", ()), *gone]
        kept["count"] = min(line["count"], len(left))
    else:
        kept["count"] = len(left)
    modules = {
        item: module
        for item, module in line.get("modules", {}).items()
        if item not in line["items"]
    }
    for item in line["items"]:
        module = counts_in.get(item)
        moved = item in now_in and module != now_in[item]
        if module is not None and (moved or module in emptied):
            modules[item] = module
    kept["modules"] = modules
    return {key: value for key, value in kept.items() if value or key not in ("also", "modules")}


def asks_for_anything(requirement_set: Iterable[Line]) -> bool:
    """Whether something is left that somebody can do."""
    return any(line["items"] for line in requirement_set)
