"""What of a count may leave a coordinator's own scope. One deterministic function for screen,
print and file: the same figures give the same answer every time, so that two copies cannot be
subtracted from each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

SMALL_CELL_MIN = 5
EXACT_ENDS_FROM = 2 * SMALL_CELL_MIN
"""Nobody or everybody may be said of groups of this size and larger."""
PERCENT_FROM = 20


class Shown(StrEnum):
    """How a count is published."""

    EXACT = "exact"
    FEW = "few"
    """1–4."""
    NEARLY_ALL = "nearly_all"
    """All but 1–4."""
    HIDDEN = "hidden"
    """The group is too small, or the answer would hold for everybody in it."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A count as it may be published; `count` and `size` are None when they may not be said."""

    shown: Shown
    count: int | None = None
    size: int | None = None


@dataclass(frozen=True, kw_only=True)
class Published:
    """A table as it may be published. `rows` is None when only the total may be shown,
    `total` when it would give a hidden cell away."""

    rows: Mapping[str, Figure] | None
    total: Figure | None


def protected(count: int, size: int) -> Figure:
    """Return how "`count` of `size`" may be said."""
    if not 0 <= count <= size:
        raise ValueError(f"{count} of {size}")
    if size < SMALL_CELL_MIN:
        return Figure(shown=Shown.HIDDEN)
    if count in (0, size):
        if size < EXACT_ENDS_FROM:
            return Figure(shown=Shown.HIDDEN, size=size)
        return Figure(shown=Shown.EXACT, count=count, size=size)
    if count < SMALL_CELL_MIN:
        return Figure(shown=Shown.FEW, size=size)
    if size - count < SMALL_CELL_MIN:
        return Figure(shown=Shown.NEARLY_ALL, size=size)
    return Figure(shown=Shown.EXACT, count=count, size=size)


def protected_size(size: int, *, known: int = 0) -> int | None:
    """Return how many people a group has, or None when that may not be said. `known` are those
    the reader already sees: what remains after them is protected too."""
    rest = size - known
    return size if size >= SMALL_CELL_MIN and (rest == 0 or rest >= SMALL_CELL_MIN) else None


def published(groups: Mapping[str, tuple[int, int]]) -> Published:
    """Return (count, size) by group as a table that no subtraction opens.

    One group that is too small hides all rows and leaves the total. When a row is shown as a
    range, the total is left out, since it would give the range away.
    """
    figures = {name: protected(count, size) for name, (count, size) in groups.items()}
    total = protected(
        sum(count for count, _ in groups.values()), sum(size for _, size in groups.values())
    )
    if any(size < SMALL_CELL_MIN for _, size in groups.values()):
        return Published(rows=None, total=total)
    is_exact = all(figure.shown is Shown.EXACT for figure in figures.values())
    return Published(rows=figures, total=total if is_exact else None)


def may_show_percent(size: int) -> bool:
    """Whether a share of a group of this size may be written in percent."""
    return size >= PERCENT_FROM
