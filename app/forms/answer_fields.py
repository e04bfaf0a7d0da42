"""The fields of the writing form: a section, its rows, and what stands in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any

from courses.catalog import Field, Section
from courses.rules.answers import is_iso_date

FEW_ROWS = 3
"""So many rows are all shown open; of more, a phone shows a list to unfold."""
GIST = 60


@dataclass
class RowField:
    """One field of one row to fill in."""

    field: Field
    id: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    errors: list[str] = field(default_factory=list)

    @property
    def takes_date(self) -> bool:
        """Whether a date field can show it: a day written in words would vanish in one."""
        return not self.value or is_iso_date(self.value)


@dataclass(frozen=True)
class Row:
    """One row of fields."""

    fields: list[RowField]
    is_open: bool

    @property
    def gist(self) -> str:
        """What stands first in it, to know it by when it is folded; empty when nothing does."""
        said = next((one.value for one in self.fields if one.value), "")
        return shorten(said, GIST, placeholder=" …")


@dataclass
class SectionField:
    """One section to fill in. `options` are pairs of what is stored and what is shown."""

    section: Section
    value: Any
    options: tuple[tuple[str, str], ...] = ()
    row_count: int = 0
    field_options: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    row_errors: dict[str, list[str]] = field(default_factory=dict)
    """By the id of the field."""

    @property
    def name(self) -> str:
        return f"a-{self.section.id}"

    @property
    def id(self) -> str:
        """The id of the first thing in it that takes focus."""
        return field_id(self.section)

    @property
    def rows(self) -> list[dict[str, str]]:
        """As many rows as are to be shown, the filled ones first."""
        rows = list(self.value or [])
        return rows + [{}] * (self.row_count - len(rows))

    @property
    def shown_rows(self) -> list[Row]:
        """The rows with their fields. Of many, those that are filled in or wait are folded."""
        few = self.row_count <= FEW_ROWS
        first_empty = len(self.value or [])
        shown = []
        for place, row in enumerate(self.rows):
            fields = self._fields_of(place, row)
            is_wrong = any(one.errors for one in fields)
            shown.append(Row(fields=fields, is_open=few or is_wrong or place == first_empty))
        return shown

    def _fields_of(self, place: int, row: Mapping[str, str]) -> list[RowField]:
        return [
            RowField(
                field=one, id=(name := row_field_id(self.section, place, one.id)),
                value=row.get(one.id, ""), options=self.field_options.get(one.id, ()),
                errors=self.row_errors.get(name, []),
            )
            for one in self.section.fields
        ]

    @property
    def can_grow(self) -> bool:
        return self.row_count < self.section.max_rows

    @property
    def takes_date(self) -> bool:
        """Whether a date field can show it: a day written in words would vanish in one."""
        return not self.value or is_iso_date(self.value)


def field_id(section: Section) -> str:
    """Return the id that a message about the section leads to."""
    if section.kind == "rows":
        return row_field_id(section, 0, section.fields[0].id)
    return f"a-{section.id}-0" if section.kind == "choice" else f"a-{section.id}"


def row_field_id(section: Section, row: int, name: str) -> str:
    """Return the id and the name of a field in a row, counted from 0."""
    return f"a-{section.id}-{row}-{name}"
