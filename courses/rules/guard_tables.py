"""Small numbers of people in tables: cells of 1 to 4, and hidden cells that a total opens."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from courses.rules.guard_counts import SMALL, UNITS

_PEOPLE = re.compile(rf"\b(?:{UNITS}|\w{{0,16}}anmälda|kön|ålder|stödkontakt\w*)\b", re.I)
_OTHER = re.compile(
    r"procent|%|\bandel|tim(?:mar|me)\b|veck(?:a|or)\b|möte|steg\b|minut|kronor|\bkr\b|\bdagar\b"
    r"|månad|nivå|poäng|ordning|^nr\b|^#|nummer|prio|modul|insats|meeting|week|hour|step|percent",
    re.I,
)
_TOTAL = re.compile(r"^\W*(?:totalt?|summa|sammanlagt|samtliga|alla|sum)\b", re.I)
_WHEREOF = re.compile(r"^\s*(?:[-–—]\s*)?(?:varav|därav|of which)\b", re.I)
_NUMBER = re.compile(r"\D{0,2}(\d{1,3}(?:[ \u00a0]\d{3})|\d{1,5})(?: st)?\W{0,2}")
_HIDDEN = re.compile(
    r"(?:[<≤] ?\d|färre än \w+|fewer than \w+|1\s?[-–]\s?4|\.\.|…|[-–—x*]"
    r"|visas inte|döljs|dolt|dold|sekretess)",
    re.I,
)
_RULE = re.compile(r"[\s|:\-–—]+")
_MANY = 400
"""Rows and columns that are looked at; larger tables are about more people than these."""


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and where in the text."""

    text: str
    start: int

    @property
    def number(self) -> int | None:
        match = _NUMBER.fullmatch(self.text.strip())
        return int(re.sub(r"\s", "", match[1])) if match else None

    @property
    def is_hidden(self) -> bool:
        return _HIDDEN.fullmatch(self.text.strip()) is not None

    @property
    def span(self) -> tuple[int, int]:
        left = len(self.text) - len(self.text.lstrip())
        return self.start + left, self.start + len(self.text.rstrip())


Row = Sequence[Cell]


def tables(text: str) -> Iterator[tuple[str, list[Row]]]:
    """Yield the tables of a text, in Markdown or with tabs between the cells, each with the
    line before it."""
    rows: list[Row] = []
    caption = before = ""
    at = 0
    for line in [*text.split("\n"), ""]:
        mark = "|" if line.count("|") > 1 else "\t"
        if mark in line:
            if not rows:
                caption = before
            if not _RULE.fullmatch(line):
                rows.append(_cells(line, mark, at))
        else:
            if len(rows) > 1:
                yield caption, rows
            rows = []
            before = line or before
        at += len(line) + 1


def _cells(line: str, mark: str, at: int) -> Row:
    cells, start = [], 0
    for piece in line.split(mark):
        cells.append(Cell(piece, at + start))
        start += len(piece) + 1
    if mark == "|":  # nothing stands outside the outer lines
        cells = cells[1:] if not cells[0].text.strip() else cells
        cells = cells[:-1] if cells and not cells[-1].text.strip() else cells
    return cells


def counts_people(label: str) -> bool:
    """Whether what stands under `label` counts people or what befell them."""
    return _PEOPLE.search(label) is not None and _OTHER.search(label) is None


def small_cells(caption: str, rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Yield where a cell counts 1 to 4 people."""
    rows = rows[:_MANY]
    if _is_about_people(caption, rows):
        for row, column in _counting(rows):
            if rows[row][column].number in SMALL:
                yield rows[row][column].span


def opened_cells(caption: str, rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Yield the totals that leave 1 to 4 people when what is told of them is taken away."""
    rows = rows[:_MANY]
    if not _is_about_people(caption, rows):
        return
    told: set[tuple[int, int]] = set()
    for total, parts in _sums(rows):
        numbers = [one.number for one in parts if one.number is not None]
        hidden = sum(one.is_hidden for one in parts)
        if total.number is None or not numbers or any(one in SMALL for one in numbers):
            continue  # what is small itself is told of already
        is_whole = len(numbers) + hidden == len(parts)
        if is_whole and total.number - sum(numbers) in SMALL and total.span not in told:
            told.add(total.span)
            yield total.span


def _is_about_people(caption: str, rows: Sequence[Row]) -> bool:
    head = " ".join(cell.text for cell in rows[0])
    side = " ".join(row[0].text for row in rows if row)
    return _PEOPLE.search(f"{caption} {head} {side}") is not None


def _counting(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """The cells that may count people: neither head nor side, and not of something else."""
    head = rows[0]
    other = {place for place, cell in enumerate(head) if _OTHER.search(cell.text.strip())}
    for place, row in enumerate(rows[1:], 1):
        if row and _OTHER.search(row[0].text.strip()) and row[0].number is None:
            continue
        for column in range(1, min(len(row), _MANY)):
            if column not in other:
                yield place, column


def _sums(rows: Sequence[Row]) -> Iterator[tuple[Cell, list[Cell]]]:
    """Each total with its parts: by column, by row, and rows with what they consist of."""
    counting = set(_counting(rows))
    width = min(max((len(row) for row in rows), default=0), _MANY)
    total_rows = [
        place for place, row in enumerate(rows) if place and row and _TOTAL.match(row[0].text)
    ]
    parts_of = _whereof(rows)
    parts_in_all = {part for parts in parts_of.values() for part in parts}
    for column in range(1, width):
        def cells(places: Sequence[int], column: int = column) -> list[Cell]:
            return [rows[one][column] for one in places if (one, column) in counting]

        for place in total_rows:
            rest = [
                one for one in range(1, len(rows))
                if one not in parts_in_all and one not in total_rows
            ]
            for total in cells([place]):
                yield total, cells(rest)
        for place, parts in parts_of.items():
            for total in cells([place]):
                yield total, cells(parts)
    head = [place for place, cell in enumerate(rows[0]) if place and _TOTAL.match(cell.text)]
    for place in range(1, len(rows)):
        for column in head:
            if (place, column) in counting:
                yield rows[place][column], [
                    rows[place][one] for one in range(1, len(rows[place]))
                    if one not in head and (place, one) in counting
                ]


def _whereof(rows: Sequence[Row]) -> dict[int, list[int]]:
    """Row → the rows under it that say what it consists of."""
    parts: dict[int, list[int]] = {}
    whole = 0
    for place, row in enumerate(rows):
        if not row:
            continue
        if whole and _WHEREOF.match(row[0].text):
            parts.setdefault(whole, []).append(place)
        elif place:
            whole = place
    return parts
