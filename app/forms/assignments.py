"""The writing form: a field for each section, however long or unfinished. Only what would be
too much even for a draft is refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from courses.catalog import Assignment, Section
from courses.rules.answers import HARD_MAX, filled_rows, is_iso_date, size, tidy


@dataclass
class SectionField:
    """One section to fill in. `options` are pairs of what is stored and what is shown."""

    section: Section
    value: Any
    options: tuple[tuple[str, str], ...] = ()
    row_count: int = 0
    errors: list[str] = field(default_factory=list)

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
    def can_grow(self) -> bool:
        return self.row_count < self.section.max_rows

    @property
    def takes_date(self) -> bool:
        """Whether a date field can show it: a day written in words would vanish in one."""
        return not self.value or is_iso_date(self.value)


class AnswersForm:
    """The sections of an assignment with what stands in them."""

    def __init__(self, fields: list[SectionField]) -> None:
        self.fields = fields

    def __iter__(self) -> Iterator[SectionField]:
        return iter(self.fields)

    @property
    def errors(self) -> dict[str, list[str]]:
        return {one.name: one.errors for one in self.fields if one.errors}

    @property
    def answers(self) -> dict[str, Any]:
        """What is to be kept: sections in which something was written."""
        return {one.section.id: one.value for one in self.fields if one.value}

    @property
    def labels(self) -> dict[str, str]:
        """What to call each field when only its text is left."""
        return {
            name: label
            for one in self.fields
            if one.section.kind != "choice"
            for name, label in _names(one)
        }

    @classmethod
    def showing(
        cls,
        assignment: Assignment,
        original: Assignment,
        answers: Mapping[str, Any],
        rows: Mapping[str, int] | None = None,
    ) -> "AnswersForm":
        """The form with `answers` in it; `rows`: section id → how many rows to show at least."""
        return cls(
            [
                _field(section, original, answers.get(section.id), (rows or {}).get(section.id, 0))
                for section in assignment.sections
            ]
        )

    @classmethod
    def posted(
        cls, assignment: Assignment, original: Assignment, posted: MultiDict[str, str]
    ) -> "AnswersForm":
        """The form as it was sent."""
        return cls(
            [
                _field(section, original, _posted(section, original, posted), 0)
                for section in assignment.sections
            ]
        )

    def validate(self) -> bool:
        """Whether it fits in a draft."""
        for one in self.fields:
            if size(one.value) > HARD_MAX:
                one.errors.append(
                    _(
                        "”%(label)s” är %(has)s tecken. Ett utkast rymmer %(limit)s per del.",
                        label=one.section.label, has=format_decimal(size(one.value)),
                        limit=format_decimal(HARD_MAX),
                    )
                )
        return not self.errors


def field_id(section: Section) -> str:
    """Return the id that a message about the section leads to."""
    if section.kind == "rows":
        return f"a-{section.id}-0-{section.fields[0].id}"
    return f"a-{section.id}-0" if section.kind == "choice" else f"a-{section.id}"


def _field(section: Section, original: Assignment, value: Any, rows: int) -> SectionField:
    stored = original.section(section.id) or section
    shown = min(max(section.min_rows, len(value or []), rows, 1), section.max_rows)
    return SectionField(
        section=section,
        value=value if value is not None else ([] if section.kind == "rows" else ""),
        options=tuple(zip(stored.options, section.options, strict=True)),
        row_count=max(shown, len(value or [])) if section.kind == "rows" else 0,
    )


def _posted(section: Section, original: Assignment, posted: MultiDict[str, str]) -> Any:
    name = f"a-{section.id}"
    if section.kind == "rows":
        rows = [
            {one.id: tidy(posted.get(f"{name}-{place}-{one.id}", "")) for one in section.fields}
            for place in range(section.max_rows)
        ]
        return filled_rows(rows)
    value = tidy(posted.get(name, ""))
    if section.kind == "choice":
        stored = original.section(section.id) or section
        return value if value in stored.options else ""
    return value.strip() if section.kind in ("date", "short") else value


def _names(one: SectionField) -> Iterator[tuple[str, str]]:
    if one.section.kind != "rows":
        yield one.name, one.section.label
        return
    for place in range(one.row_count):
        for column in one.section.fields:
            yield (
                f"{one.name}-{place}-{column.id}",
                f"{one.section.label}: {column.label} {place + 1}",
            )
