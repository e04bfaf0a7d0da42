"""The writing form: a field for each section, however long or unfinished. Only what would be
too much even for a draft is refused."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app import reasons
from app.forms.answer_fields import SectionField, field_id, row_field_id
from app.forms.lacks import lack_message
from courses.catalog import Assignment, Field, Section
from courses.errors import Reason, Refused
from courses.rules.answers import (
    HARD_MAX,
    Shortfall,
    filled_rows,
    shortfalls,
    size,
    tidy,
)
from courses.rules.masking import is_marked
from courses.rules.secrecy import Passage, standing


class AnswersForm:
    """The sections of an assignment with what stands in them."""

    def __init__(self, fields: list[SectionField]) -> None:
        self.fields = fields

    def __iter__(self) -> Iterator[SectionField]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)

    @property
    def errors(self) -> dict[str, list[str]]:
        return dict(self.messages)

    @property
    def messages(self) -> list[tuple[str, list[str]]]:
        """What is wrong, with the id of the field it is about, in the order of the page."""
        found = []
        for one in self.fields:
            if one.errors:
                found.append((one.id, one.errors))
            found += one.row_errors.items()
        return found

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

    def tell_what_lacks(
        self, assignment: Assignment, answers: Mapping[str, Any], *, on_paper: bool = False
    ) -> None:
        """Put at each field what keeps it from being handed in."""
        by_id = {one.section.id: one for one in self.fields}
        for lack in shortfalls(assignment.sections, answers, on_paper=on_paper):
            one = by_id[lack.section_id]
            said = lack_message(one.section, lack)
            if lack.field_id is None:
                one.errors.append(said)
            else:
                one.row_errors[lack_target(one.section, lack)] = [said]

    def tell_what_was_stopped(self, passages: Iterable[Passage]) -> None:
        """Put at each field the words that were stopped and still stand there."""
        by_id = {one.section.id: one for one in self.fields}
        for each in standing(self.answers, passages):
            if one := by_id.get(each.section):
                one.errors.append(
                    _("Det här stoppades och ska bort: ”%(words)s”", words=each.text)
                )

    def tell_refused(self, refused: Refused) -> bool:
        """Put at its field why what was written there is not kept; whether there was one."""
        if refused.reason is Reason.STILL_MASKED:
            told = [one for one in self.fields if is_marked(one.value)]
        else:
            told = [one for one in self.fields if one.section.id == refused.params.get("section")]
        for one in told:
            one.errors.append(reasons.sentence(refused))
        return bool(told)

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


def lack_target(section: Section, lack: Shortfall) -> str:
    """Return the id of the field that a shortfall is about."""
    if lack.row is None or lack.field_id is None:
        return field_id(section)
    return row_field_id(section, lack.row, lack.field_id)


def _field(section: Section, original: Assignment, value: Any, rows: int) -> SectionField:
    stored = original.section(section.id) or section
    shown = min(max(section.min_rows, len(value or []), rows, 1), section.max_rows)
    return SectionField(
        section=section,
        value=value if value is not None else ([] if section.kind == "rows" else ""),
        options=tuple(zip(stored.options, section.options, strict=True)),
        row_count=max(shown, len(value or [])) if section.kind == "rows" else 0,
        field_options={
            one.id: tuple(zip(same.options, one.options, strict=True))
            for same, one in zip(stored.fields, section.fields, strict=True)
        },
    )


def _posted(section: Section, original: Assignment, posted: MultiDict[str, str]) -> Any:
    name = f"a-{section.id}"
    stored = original.section(section.id) or section
    if section.kind == "rows":
        return filled_rows(
            [
                {
                    one.id: _cell(one, tidy(posted.get(row_field_id(section, place, one.id), "")))
                    for one in stored.fields
                }
                for place in range(section.max_rows)
            ]
        )
    value = tidy(posted.get(name, ""))
    if section.kind == "choice":
        return value if value in stored.options else ""
    return value.strip() if section.kind in ("date", "short") else value


def _cell(one: Field, value: str) -> str:
    if one.kind == "choice":
        return value if value in one.options else ""
    return value.strip() if one.kind == "date" else value


def _names(one: SectionField) -> Iterator[tuple[str, str]]:
    if one.section.kind != "rows":
        yield one.name, one.section.label
        return
    for place in range(one.row_count):
        for column in one.section.fields:
            yield (
                row_field_id(one.section, place, column.id),
                f"{one.section.label}: {column.label} {place + 1}",
            )
