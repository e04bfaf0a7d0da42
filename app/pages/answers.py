"""What was written in an assignment, beside the sections it answers, in the reader's language."""

from dataclasses import dataclass
from typing import Any

from app import editions
from courses.catalog import Assignment, Section
from courses.rules.answers import filled_rows, is_blank


@dataclass(frozen=True)
class ReadSection:
    """A section and what stands in it; a choice in the reader's language."""

    section: Section
    value: Any

    @property
    def is_blank(self) -> bool:
        return is_blank(self.value)

    @property
    def rows(self) -> list[dict[str, str]]:
        return filled_rows(self.value)


def read_sections(
    assignment: Assignment, original: Assignment, answers: dict[str, Any]
) -> list[ReadSection]:
    """Return the sections of `assignment` with `answers`; `original` is the same one in the
    language in which choices are stored."""
    return [
        ReadSection(section, _worded(section, original.section(section.id), answers))
        for section in assignment.sections
    ]


def _worded(section: Section, original: Section | None, answers: dict[str, Any]) -> Any:
    value = answers.get(section.id, "")
    if original is None:
        return value
    if section.kind == "choice":
        return in_words(section.options, original.options, value)
    if section.kind == "rows":
        options = {
            one.id: (one.options, same.options)
            for one, same in zip(section.fields, original.fields, strict=True)
        }
        return [
            {name: in_words(*options.get(name, ((), ())), text) for name, text in row.items()}
            for row in value or ()
        ]
    return value


def in_words(shown: tuple[str, ...], stored: tuple[str, ...], value: str) -> str:
    """Return a choice as the reader's language has it; whatever is none stays as it is."""
    return shown[stored.index(value)] if value in stored else value


def original_of(edition_digest: str, assignment_id: str) -> Assignment:
    """Return the assignment in Swedish, in which choices are stored."""
    return editions.store().get(edition_digest).course("sv").items[assignment_id]


def wordings_of(edition_digest: str, assignment_id: str) -> list[Assignment]:
    """Return the assignment in each language, first the one in which choices are stored."""
    loaded = editions.store().get(edition_digest)
    return [loaded.course(code).items[assignment_id] for code in loaded.languages]


def wording_of(edition_digest: str, assignment_id: str) -> tuple[Assignment, Assignment]:
    """Return the assignment as it read in that edition: in the reader's language, and in
    Swedish."""
    shown = editions.course(edition_digest).items[assignment_id]
    return shown, original_of(edition_digest, assignment_id)
