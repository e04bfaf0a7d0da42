"""What differs between two editions of a course, item by item.

Everything goes by id: a file that is renamed or an item that is moved to another module is the
same item. An outline is what an edition consists of, without its texts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from courses.rules.next_step import ItemKind


@dataclass(frozen=True, kw_only=True)
class OutlineItem:
    """A lesson, knowledge check or assignment."""

    id: str
    kind: ItemKind
    module_id: str
    title: str
    slug: str
    digest: str
    """Names the wording in all languages."""
    is_joint: bool = False


@dataclass(frozen=True, kw_only=True)
class Outline:
    """What an edition consists of, in the order of the course."""

    digest: str
    modules: Mapping[str, str]
    """Module id → title."""
    items: Mapping[str, OutlineItem]
    requirements: tuple[Mapping[str, Any], ...]
    """Lines as a cohort keeps them: {"id", "kind", "items", "count"}."""
    help_lines: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Id → name and number."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """Id → everything that it says, in one string."""


@dataclass(frozen=True, kw_only=True)
class NumberChange:
    """A help line whose number is not as it was; None where there was or is none."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class LineChange:
    """A line of the requirement set that is not as it was; None where there was or is none."""

    id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def items_added(self) -> tuple[str, ...]:
        """What the line asks for that it did not."""
        return _minus(self.after, self.before)

    @property
    def items_removed(self) -> tuple[str, ...]:
        """What the line no longer asks for."""
        return _minus(self.before, self.after)


@dataclass(frozen=True, kw_only=True)
class EditionChanges:
    """Everything that differs. `changed`, `moved` and `renamed` hold the items as they are now;
    one item may stand in several."""

    added: tuple[OutlineItem, ...]
    removed: tuple[OutlineItem, ...]
    changed: tuple[OutlineItem, ...]
    """Their wording differs."""
    moved: tuple[OutlineItem, ...]
    """They lie in another module."""
    renamed: tuple[OutlineItem, ...]
    """They have another title or address."""
    modules_added: tuple[str, ...]
    """Ids, in the order of the course."""
    modules_removed: tuple[str, ...]
    requirements: tuple[LineChange, ...]
    numbers: tuple[NumberChange, ...]
    facts: tuple[str, ...]
    """Ids of facts that are new, gone or say something else."""


def compare(before: Outline, after: Outline) -> EditionChanges:
    """Return what differs between two editions."""
    both = [
        (before.items[key], item) for key, item in after.items.items() if key in before.items
    ]
    return EditionChanges(
        added=tuple(item for key, item in after.items.items() if key not in before.items),
        removed=tuple(item for key, item in before.items.items() if key not in after.items),
        changed=tuple(new for old, new in both if old.digest != new.digest),
        moved=tuple(new for old, new in both if old.module_id != new.module_id),
        renamed=tuple(new for old, new in both if (old.title, old.slug) != (new.title, new.slug)),
        modules_added=tuple(key for key in after.modules if key not in before.modules),
        modules_removed=tuple(key for key in before.modules if key not in after.modules),
        requirements=_line_changes(before, after),
        numbers=_number_changes(before, after),
        facts=tuple(
            key for key in dict.fromkeys([*before.facts, *after.facts])
            if before.facts.get(key) != after.facts.get(key)
        ),
    )


def _number_changes(before: Outline, after: Outline) -> tuple[NumberChange, ...]:
    changes = []
    for key in dict.fromkeys([*before.help_lines, *after.help_lines]):
        old, new = before.help_lines.get(key), after.help_lines.get(key)
        numbers = old[1] if old else None, new[1] if new else None
        if numbers[0] != numbers[1]:
            name = (new or old or ("", ""))[0]
            changes.append(NumberChange(name=name, before=numbers[0], after=numbers[1]))
    return tuple(changes)


def _minus(
    line: Mapping[str, Any] | None, other: Mapping[str, Any] | None
) -> tuple[str, ...]:
    taken = other["items"] if other else ()
    return tuple(item for item in (line["items"] if line else ()) if item not in taken)


def _line_changes(before: Outline, after: Outline) -> tuple[LineChange, ...]:
    old = {line["id"]: line for line in before.requirements}
    new = {line["id"]: line for line in after.requirements}
    return tuple(
        LineChange(id=key, before=old.get(key), after=new.get(key))
        for key in dict.fromkeys([*old, *new])
        if old.get(key) != new.get(key)
    )
