"""Writing together: who has a section open, and how a contribution goes into one."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from courses.errors import Reason, Refused
from courses.rules.answers import HARD_MAX, SectionLike, filled_rows, size

OPEN_FOR = timedelta(minutes=15)
"""How long a section stays open for whoever wrote in it last."""
TAKES_TEXT = ("text", "short", "rows")
"""Kinds of sections into which a contribution can be copied."""


def opened_by(open_by: int | None, open_until: datetime | None, now: datetime) -> int | None:
    """Return who has a section open now, if anybody has."""
    return open_by if open_until is not None and open_until > now else None


def with_contribution(section: SectionLike, value: Any, text: str) -> Any:
    """Return what stands in a section with `text` after it. Of a section of rows it becomes a
    row, in the first field that is written freely. Refused when there is no room."""
    if section.kind not in TAKES_TEXT:
        raise Refused(Reason.SECTION_NOT_FOR_TEXT)
    if section.kind == "rows":
        rows = filled_rows(value)
        if len(rows) >= section.max_rows:
            raise Refused(Reason.SECTION_FULL)
        both: Any = [*rows, _row_of(section, text)]
    elif section.kind == "short":
        line = " ".join(text.split())
        both = f"{value} / {line}" if value else line
    else:
        both = f"{value}\n\n{text}" if value else text
    if size(both) > HARD_MAX:
        raise Refused(Reason.SECTION_FULL)
    return both


def _row_of(section: SectionLike, text: str) -> Mapping[str, str]:
    free = [one.id for one in section.fields if one.kind in ("text", "short")]
    long = [one.id for one in section.fields if one.kind == "text"]
    if not free:
        raise Refused(Reason.SECTION_NOT_FOR_TEXT)
    into = (long or free)[0]
    return {one.id: text if one.id == into else "" for one in section.fields}
