"""Two versions of what was handed in, section by section, in the reader's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.pages.answers import ReadSection
from courses.rules.answers import filled_rows
from courses.rules.row_diff import ComparedRow, row_diff
from courses.rules.word_diff import Comparison, Piece, word_diff

WHOLE = ("choice", "date")
"""Kinds of answers that are taken as one word."""


@dataclass(frozen=True, kw_only=True)
class ComparedSection:
    """What became of a section: its words, or its rows."""

    words: Comparison | None = None
    rows: Sequence[ComparedRow] = ()

    @cached_property
    def is_changed(self) -> bool:
        """Whether anything in it is new or gone."""
        if self.words is not None:
            return self.words.is_changed
        return any(row.change != "same" for row in self.rows)

    @property
    def added(self) -> int:
        """How many words are new."""
        return sum(one.added for one in self._comparisons())

    @property
    def removed(self) -> int:
        """How many words are gone."""
        return sum(one.removed for one in self._comparisons())

    def _comparisons(self) -> Iterable[Comparison]:
        if self.words is not None:
            return [self.words]
        return [cell for row in self.rows for cell in row.cells.values()]


def compared(
    now: Sequence[ReadSection], before: Sequence[ReadSection]
) -> dict[str, ComparedSection]:
    """Return section id → how it differs. What the earlier version did not have is all new."""
    old = {one.section.id: one for one in before if one.section.kind != "rows"}
    old_rows = {one.section.id: one for one in before if one.section.kind == "rows"}
    return {
        one.section.id: _rows(one, old_rows.get(one.section.id))
        if one.section.kind == "rows"
        else _words(one, old.get(one.section.id))
        for one in now
    }


def _words(now: ReadSection, before: ReadSection | None) -> ComparedSection:
    old, new = (before.value if before else "") or "", now.value or ""
    if now.section.kind in WHOLE:
        return ComparedSection(words=_as_one(old, new))
    return ComparedSection(words=word_diff(old, new))


def _as_one(old: str, new: str) -> Comparison:
    if old == new:
        return Comparison((Piece("same", new),) if new else ())
    pieces = [Piece("removed", old)] * bool(old) + [Piece("added", new)] * bool(new)
    return Comparison(tuple(pieces))


def _rows(now: ReadSection, before: ReadSection | None) -> ComparedSection:
    old = filled_rows(before.value) if before else []
    names = [one.id for one in now.section.fields]
    return ComparedSection(rows=row_diff(old, filled_rows(now.value), names))
