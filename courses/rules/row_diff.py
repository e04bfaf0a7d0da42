"""Which rows of a section are new, gone or changed, and which words in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from courses.rules.word_diff import Comparison, word_diff

ALIKE = 0.4
"""How much of two rows must be the same words for the one to be the other, changed."""

Row = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ComparedRow:
    """A row, and field by field what became of its words."""

    change: Literal["same", "changed", "added", "removed"]
    cells: Mapping[str, Comparison]


def row_diff(old: Sequence[Row], new: Sequence[Row], fields: Sequence[str]) -> list[ComparedRow]:
    """Return the rows of both texts in order: those that are gone stand where they stood."""
    before = [tuple(_words(row, fields)) for row in old]
    after = [tuple(_words(row, fields)) for row in new]
    found: list[ComparedRow] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [_row("same", row, row, fields) for row in new[c:d]]
        else:
            found += _replaced(old[a:b], new[c:d], fields)
    return found


def _words(row: Row, fields: Sequence[str]) -> Iterator[str]:
    return (" ".join(row.get(name, "").split()) for name in fields)


def _replaced(
    old: Sequence[Row], new: Sequence[Row], fields: Sequence[str]
) -> Iterator[ComparedRow]:
    """Rows in the place of rows: pair by pair while they are alike."""
    pairs = min(len(old), len(new))
    for one, other in zip(old, new, strict=False):
        changed = _row("changed", one, other, fields)
        if _are_alike(changed):
            yield changed
        else:
            yield _row("removed", one, {}, fields)
            yield _row("added", {}, other, fields)
    yield from (_row("removed", row, {}, fields) for row in old[pairs:])
    yield from (_row("added", {}, row, fields) for row in new[pairs:])


def _are_alike(row: ComparedRow) -> bool:
    parts = [piece for cell in row.cells.values() for piece in cell.pieces]
    same = sum(len(one.text.split()) for one in parts if one.change == "same")
    other = sum(len(one.text.split()) for one in parts if one.change != "same")
    return 2 * same >= ALIKE * (2 * same + other)


def _row(
    change: Literal["same", "changed", "added", "removed"], old: Row, new: Row,
    fields: Sequence[str],
) -> ComparedRow:
    return ComparedRow(
        change=change,
        cells={name: word_diff(old.get(name, ""), new.get(name, "")) for name in fields},
    )
