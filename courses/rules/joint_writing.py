"""Writing together: who has a section open, and how a contribution goes into one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from courses.errors import Reason, Refused
from courses.rules.answers import (
    HARD_MAX,
    ROW_FIELD_MAX,
    SectionLike,
    filled_rows,
    is_iso_date,
    size,
)

OPEN_FOR = timedelta(minutes=15)
"""How long a section stays open for whoever wrote in it last."""
TAKES_TEXT = ("text", "short", "rows")
"""Kinds of sections into which a contribution can be copied."""


def opened_by(open_by: int | None, open_until: datetime | None, now: datetime) -> int | None:
    """Return who has a section open now, if anybody has."""
    return open_by if open_until is not None and open_until > now else None


def with_contribution(
    section: SectionLike, value: Any, text: str, wordings: Sequence[SectionLike] = ()
) -> Any:
    """Return what stands in a section with `text` after it; a section of rows with a row more
    for each line, and None where the lines do not fit its fields. Refused when there is no room.
    `wordings`: the section in other languages, in which a choice may have been written."""
    if section.kind not in TAKES_TEXT:
        raise Refused(Reason.SECTION_NOT_FOR_TEXT)
    if section.kind == "rows":
        new = rows_in(section, text, wordings)
        if new is None:
            return None
        both: Any = [*filled_rows(value), *new]
        if len(both) > section.max_rows:
            raise Refused(Reason.SECTION_FULL)
    elif section.kind == "short":
        line = " ".join(text.split())
        both = f"{value} / {line}" if value else line
    else:
        both = f"{value}\n\n{text}" if value else text
    if size(both) > HARD_MAX:
        raise Refused(Reason.SECTION_FULL)
    return both


def rows_in(
    section: SectionLike, text: str, wordings: Sequence[SectionLike] = ()
) -> list[dict[str, str]] | None:
    """Return a row for each line of `text`, its fields parted by tabs, | or ;. None when a line
    would leave a field empty that has to be filled, or hold what does not belong there: nobody
    is to clean up after it."""
    rows = []
    for line in filter(str.strip, text.splitlines()):
        parts = _parts(line)
        if len(parts) > len(section.fields):
            return None
        parts += [""] * (len(section.fields) - len(parts))
        row = {
            one.id: _fitting(place, part, section, wordings)
            for place, (one, part) in enumerate(zip(section.fields, parts, strict=True))
        }
        if None in row.values() or not any(row.values()):
            return None
        rows.append({key: cell or "" for key, cell in row.items()})
    return rows or None


def _parts(line: str) -> list[str]:
    line = line.strip(" ").removeprefix("- ").removeprefix("* ")
    parting = next((sign for sign in "\t|;" if sign in line), None)
    if parting == "|":  # a frame around the row is no field; a field left empty is one
        line = line.removeprefix("|").removesuffix("|")
    parts = line.split(parting) if parting else [line]
    return [one.strip() for one in parts]


def _fitting(
    place: int, part: str, section: SectionLike, wordings: Sequence[SectionLike]
) -> str | None:
    """What the field holds when `part` is written in it; None when it cannot be."""
    field = section.fields[place]
    if not part:
        return None if field.required else ""
    if field.kind == "choice":
        for each in (section, *wordings):
            for stored, shown in zip(field.options, each.fields[place].options, strict=True):
                if shown.casefold() == part.casefold():
                    return stored
        return None
    if field.kind == "date":
        return part if is_iso_date(part) else None
    return part if len(part) <= ROW_FIELD_MAX[field.kind] else None
