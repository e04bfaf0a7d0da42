"""What somebody wrote in the sections of an assignment: its shape, and what it still lacks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

HARD_MAX = 20_000
"""Signs a section may hold even as a draft."""
ROW_FIELD_MAX = {"short": 500, "text": 2_000}
"""Signs one field of a row may hold when it is handed in, by its kind."""


class FieldLike(Protocol):
    """As much of the catalog's `Field` as the rules need."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def required(self) -> bool: ...
    @property
    def options(self) -> tuple[str, ...]: ...


class SectionLike(Protocol):
    """As much of the catalog's `Section` as the rules need."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def required(self) -> bool: ...
    @property
    def max_chars(self) -> int | None: ...
    @property
    def options(self) -> tuple[str, ...]: ...
    @property
    def fields(self) -> Sequence[FieldLike]: ...
    @property
    def min_rows(self) -> int: ...
    @property
    def max_rows(self) -> int: ...


class Lack(StrEnum):
    """Why a section cannot be handed in as it stands."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_FEW_ROWS = "too_few_rows"
    NOT_A_DATE = "not_a_date"


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """One section that is not ready. `has` and `limit` are signs or rows; `row` (from 0) and
    `field_id` say which field of which row it is about."""

    section_id: str
    lack: Lack
    has: int = 0
    limit: int = 0
    row: int | None = None
    field_id: str | None = None


def tidy(text: str) -> str:
    """Return `text` with line ends of one kind and nothing after the last word."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").rstrip()


def is_blank(value: Any) -> bool:
    """Whether an answer says nothing: no text, or rows without text."""
    if isinstance(value, str):
        return not value.strip()
    return not any(text.strip() for row in value or () for text in row.values())


def filled_rows(value: Any) -> list[dict[str, str]]:
    """Return the rows that say something."""
    return [row for row in value or () if any(text.strip() for text in row.values())]


def size(value: Any) -> int:
    """Return how many signs an answer has."""
    if isinstance(value, str):
        return len(value)
    return sum(len(text) for row in value or () for text in row.values())


def passages(
    sections: Iterable[SectionLike], answers: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Yield section id and text for everything that was written freely."""
    for section in sections:
        value = answers.get(section.id)
        if section.kind == "rows":
            chosen = {one.id for one in section.fields if one.kind in ("choice", "date")}
            for row in filled_rows(value):
                # a row is read as one: the age may stand in one field and the place in another
                written = (text for name, text in row.items() if name not in chosen)
                yield section.id, ", ".join(text for text in written if text.strip())
        elif value and section.kind in ("text", "short"):
            yield section.id, value


def shortfalls(
    sections: Iterable[SectionLike], answers: Mapping[str, Any], *, on_paper: bool = False
) -> list[Shortfall]:
    """Return what keeps the answers from being handed in, in the order of the sections. A
    section may be left empty when the answer is `on_paper`: in a file that is handed in."""
    return [
        one
        for section in sections
        if not (on_paper and is_blank(answers.get(section.id)))
        for one in _shortfalls(section, answers.get(section.id))
    ]


def _shortfalls(section: SectionLike, value: Any) -> list[Shortfall]:
    if section.kind == "rows" and not is_blank(value):
        return _row_shortfalls(section, filled_rows(value))
    found = _shortfall(section, value)
    return [found] if found else []


def _shortfall(section: SectionLike, value: Any) -> Shortfall | None:
    if is_blank(value):
        return Shortfall(section_id=section.id, lack=Lack.EMPTY) if section.required else None
    if section.kind == "date" and not is_iso_date(value):
        return Shortfall(section_id=section.id, lack=Lack.NOT_A_DATE)
    if section.max_chars and len(value) > section.max_chars:
        return Shortfall(
            section_id=section.id, lack=Lack.TOO_LONG, has=len(value), limit=section.max_chars
        )
    return None


def _row_shortfalls(section: SectionLike, rows: list[dict[str, str]]) -> list[Shortfall]:
    """What the rows lack together, then what each field of a row that was begun lacks."""
    found = []
    if len(rows) < section.min_rows and section.required:
        found.append(
            Shortfall(
                section_id=section.id, lack=Lack.TOO_FEW_ROWS, has=len(rows),
                limit=section.min_rows,
            )
        )
    for place, row in enumerate(rows):
        for one in section.fields:
            text = row.get(one.id, "").strip()
            limit = ROW_FIELD_MAX.get(one.kind, 0)
            lack = None
            if not text:
                lack = Lack.EMPTY if one.required else None
            elif one.kind == "date":
                lack = None if is_iso_date(text) else Lack.NOT_A_DATE
            elif limit and len(text) > limit:
                lack = Lack.TOO_LONG
            if lack:
                found.append(
                    Shortfall(
                        section_id=section.id, lack=lack, has=len(text), limit=limit, row=place,
                        field_id=one.id,
                    )
                )
    return found


def is_iso_date(value: str) -> bool:
    """Whether `value` is a day as forms send it: 2027-02-09."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def merged(
    sections: Iterable[SectionLike], theirs: Mapping[str, Any], mine: Mapping[str, Any]
) -> dict[str, Any]:
    """Return both texts in one: where they differ, theirs and then mine. Of two dates or
    choices mine stands, as there is room for one."""
    both: dict[str, Any] = {}
    for section in sections:
        first, second = theirs.get(section.id), mine.get(section.id)
        if not first or not second or first == second:
            both[section.id] = first or second
        elif section.kind == "rows":
            both[section.id] = [*first, *(row for row in second if row not in first)]
        elif section.kind == "text":
            both[section.id] = f"{first}\n\n{second}"
        elif section.kind == "short":
            both[section.id] = f"{first} / {second}"
        else:
            both[section.id] = second
    return {key: value for key, value in both.items() if value}
