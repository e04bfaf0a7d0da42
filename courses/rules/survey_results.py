"""What of a survey may be shown: counts that no subtraction opens, and medians that give no
count away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from courses.rules.small_cells import EXACT_ENDS_FROM, SMALL_CELL_MIN, Shown, protected

OUTSIDE = 0
"""How an answer beside the scale ("don't know") is kept."""
NEW_ANSWERS = SMALL_CELL_MIN
"""How many more must have answered before what is shown is put together again."""


@dataclass(frozen=True, kw_only=True)
class Shares:
    """How the answers to one question fell, as it may be shown. A cell is None when it is
    hidden: it has one to four answers, or more, so that those cannot be worked out."""

    cells: tuple[int | None, ...]
    """One for each thing that could be answered, in order."""
    blank: int | None
    """How many left it out."""
    median: int | None
    """Of the steps, the lower of two; None when it would give a hidden cell away."""


def protected_shares(counts: Sequence[int], answered: int, *, steps: int = 0) -> Shares | None:
    """Return how `counts` may be shown, out of `answered` people; None when they are too few.

    The first `steps` of the counts are a scale. Who left the question out is a cell like the
    others, since it follows from the rest.
    """
    if answered < SMALL_CELL_MIN:
        return None
    cells = [*counts, answered - sum(counts)]
    hidden = {n for n, one in enumerate(cells) if not _may_stand_alone(one, answered)}
    while hidden and _can_be_worked_out([cells[n] for n in hidden]):
        rest = [n for n in range(len(cells)) if n not in hidden]
        if not rest:
            break
        hidden.add(min(rest, key=lambda n: (cells[n] == 0, cells[n], n)))
    shown = tuple(None if n in hidden else one for n, one in enumerate(cells))
    median = _median(cells[:steps])
    if median and _opens_a_cell(shown, answered, steps, median):
        median = None
    return Shares(cells=shown[:-1], blank=shown[-1], median=median)


def _may_stand_alone(count: int, answered: int) -> bool:
    return protected(count, answered).shown is Shown.EXACT


def _can_be_worked_out(hidden: Sequence[int]) -> bool:
    """Whether the sum of the hidden cells, which follows from the others, gives one away: all
    of them have one answer, or all have four."""
    total, many = sum(hidden), len(hidden)
    return many < 2 or total < SMALL_CELL_MIN or total in (many, (SMALL_CELL_MIN - 1) * many)


def _median(counts: Sequence[int]) -> int | None:
    values = [step for step, count in enumerate(counts, start=1) for _ in range(count)]
    return values[(len(values) - 1) // 2] if len(values) >= SMALL_CELL_MIN else None


def _opens_a_cell(
    shown: Sequence[int | None], answered: int, steps: int, median: int
) -> bool:
    """Whether some hidden cell can have one value only, once the median is known as well.

    To the median it only matters how many of the hidden answers lie below it, at it, above it
    and beside the scale.
    """
    sides: list[list[int]] = [[], [], [], []]
    known = [0, 0, 0, 0]
    for n, cell in enumerate(shown):
        side = 3 if n >= steps else 0 if n + 1 < median else 1 if n + 1 == median else 2
        if cell is None:
            sides[side].append(n)
        else:
            known[side] += cell
    many = [len(side) for side in sides]
    least = 1 if answered >= EXACT_ENDS_FROM else 0  # an empty cell is shown in a larger group
    possible: list[set[int]] = [set(), set(), set(), set()]
    for sums in _sums(answered - sum(known), many, least):
        below, at, above = (known[n] + sums[n] for n in range(3))
        middle = (below + at + above + 1) // 2
        if below + at + above >= SMALL_CELL_MIN and below < middle <= below + at:
            for side, one in enumerate(sums):
                possible[side].add(one)
    return any(  # that nobody answered something gives nobody away
        (count == 1 and len(possible[side]) < 2 and possible[side] != {0})
        or (count > 1 and least and max(possible[side], default=0) <= count)
        for side, count in enumerate(many)
    )


def _sums(total: int, many: Sequence[int], least: int) -> Iterator[tuple[int, ...]]:
    """Yield how `total` answers can lie on the sides, of which each has `many` hidden cells."""
    reaches = [range(least * count, total + 1) if count else range(1) for count in many[:3]]
    for sums in product(*reaches):
        rest = total - sum(sums)
        if rest >= least * many[3] and (many[3] or not rest):
            yield (*sums, rest)
