"""What stands in a Word document, put where it belongs in an assignment; nothing is dropped."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from courses.rules.answers import SectionLike, is_blank, tidy
from courses.rules.days_in_words import day_of
from courses.rules.word_marks import marked


class Labelled(SectionLike, Protocol):
    """A section with what it is called and what is said about it."""

    @property
    def label(self) -> str: ...
    @property
    def hint(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A paragraph (a heading has a level, an item of a list its sign) or the rows of a table."""

    text: str = ""
    level: int = 0
    sign: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Leftover:
    """Something that has no place; `section_id` is where it stood, None before the first."""

    section_id: str | None
    text: str


@dataclass
class Loaded:
    """What was found: section → answer as it is kept, and what has no place."""

    answers: dict[str, Any] = field(default_factory=dict)
    leftovers: list[Leftover] = field(default_factory=list)
    is_other: bool = False
    """The marks are those of another assignment."""

    def leave(self, section_id: str | None, text: str) -> None:
        """Note what has no place."""
        if text.strip():
            self.leftovers.append(Leftover(section_id=section_id, text=text.strip()))


def read_back(
    assignment_id: str,
    titles: Iterable[str],
    wordings: Sequence[Sequence[Labelled]],
    pieces: Iterable[Piece],
) -> Loaded:
    """Return what a document says under each section. `titles` and `wordings` are the
    assignment's title and sections in each language, first the one in which choices are kept."""
    sections = wordings[0]
    found = Loaded()
    ours = {_bare(one) for one in titles}
    ours |= {_bare(one.hint) for wording in wordings for one in wording if one.hint}
    buckets = _divided(assignment_id, wordings, pieces, ours, found)
    for place, section in enumerate(sections):
        same = [one[place] for one in wordings]
        value = _value(section, same, buckets.get(section.id, []), found)
        if not is_blank(value):
            found.answers[section.id] = value
    return found


def _divided(
    assignment_id: str,
    wordings: Sequence[Sequence[Labelled]],
    pieces: Iterable[Piece],
    ours: set[str],
    found: Loaded,
) -> dict[str, list[Piece]]:
    """Section → what stands below its heading or mark, without the words that are `ours`."""
    known = {one.id for one in wordings[0]}
    labels = {_bare(one.label): one.id for wording in wordings for one in reversed(wording)}
    buckets: dict[str, list[Piece]] = {}
    here: str | None = None
    own = other = 0
    for piece in pieces:
        named = marked(piece.text) if not piece.rows else None
        if named and named[0] == assignment_id and (named[1] is None or named[1] in known):
            own += 1
            if named[1] is not None and named[1] != here:
                _leave_heading(here, buckets, found)
                here = named[1]
            continue
        other += named is not None and named[1] is not None
        bare = _bare(piece.text)
        if not piece.rows and bare and bare in labels:
            here = labels[bare]
        elif piece.rows or (bare and bare not in ours):
            if here is None:
                found.leave(None, _as_text([piece]))
            else:
                buckets.setdefault(here, []).append(piece)
    found.is_other = other > 0 and own == 0
    return buckets


def _leave_heading(here: str | None, buckets: dict[str, list[Piece]], found: Loaded) -> None:
    """A heading right above the next mark was that section's, under another name."""
    above = buckets.get(here or "", [])
    if above and 0 < above[-1].level <= 2:
        found.leave(here, above.pop().text)


def _value(
    section: Labelled, same: Sequence[Labelled], pieces: list[Piece], found: Loaded
) -> Any:
    if section.kind == "rows":
        return _rows(section, same, pieces, found)
    if section.kind == "text":
        return tidy(_as_text(pieces))
    text = " ".join(_as_text(pieces).split())
    if section.kind == "short" or not text:
        return text
    if section.kind == "date":
        value = day_of(text)
    else:
        value = _chosen(text, [one.options for one in same])
    if not value:
        found.leave(section.id, text)
    return value


def _rows(
    section: Labelled, same: Sequence[Labelled], pieces: list[Piece], found: Loaded
) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for piece in pieces:
        if not piece.rows:
            found.leave(section.id, _as_text([piece]))
            continue
        columns = _columns(piece.rows[0], same)
        is_headed = columns is not None
        if columns is None and len(piece.rows[0]) == len(section.fields):
            columns = {n: n for n in range(len(section.fields))}
        if columns is None:
            found.leave(section.id, _as_text([piece]))
            continue
        for cells in piece.rows[1 if is_headed else 0 :]:
            if not any(cell.strip() for cell in cells):
                continue
            if len(rows) == section.max_rows:
                found.leave(section.id, " · ".join(cell for cell in cells if cell.strip()))
                continue
            row = _row(section, same, cells, columns, found)
            if any(row.values()):
                rows.append(row)
    return rows


def _columns(header: Sequence[str], same: Sequence[Labelled]) -> dict[int, int] | None:
    """Place in the table → place among the fields, by what the columns are called; None when
    the first row is no header."""
    labels = {
        _bare(one.label): place
        for section in same
        for place, one in enumerate(section.fields)
    }
    found = {at: labels[_bare(cell)] for at, cell in enumerate(header) if _bare(cell) in labels}
    return found if len(found) * 2 >= len(same[0].fields) else None


def _row(
    section: Labelled,
    same: Sequence[Labelled],
    cells: Sequence[str],
    columns: Mapping[int, int],
    found: Loaded,
) -> dict[str, str]:
    row = {one.id: "" for one in section.fields}
    for at, cell in enumerate(cells):
        text = tidy(cell).strip()
        if not text:
            continue
        if at not in columns:
            found.leave(section.id, text)
            continue
        place = columns[at]
        one = section.fields[place]
        value = text
        if one.kind == "choice":
            value = _chosen(text, [_options(other.fields[place]) for other in same])
        elif one.kind == "date":
            value = day_of(text)
        if value:
            row[one.id] = value
        else:
            found.leave(section.id, f"{one.label}: {text}")
    return row


def _options(one: Any) -> tuple[str, ...]:
    return tuple(one.options)


def _chosen(text: str, wordings: Sequence[tuple[str, ...]]) -> str:
    """Return the choice as it is kept; empty when the text is none of them."""
    for options in wordings:
        for place, option in enumerate(options):
            if _bare(option) == _bare(text):
                return wordings[0][place]
    return ""


def _as_text(pieces: Iterable[Piece]) -> str:
    """The pieces as they are written in a text field."""
    text, was_item = "", False
    for piece in pieces:
        line = piece.text.strip()
        if piece.rows:
            line = "\n".join(
                " · ".join(" ".join(cell.split()) for cell in row if cell.strip())
                for row in piece.rows
            )
        elif piece.sign:
            line = f"{piece.sign} {line}"
        elif piece.level:
            line = f"{'#' * max(1, piece.level - 2)} {line}"
        if not line.strip():
            continue
        text += ("\n" if was_item and piece.sign else "\n\n") * bool(text) + line
        was_item = bool(piece.sign)
    return text


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()


