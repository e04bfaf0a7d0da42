"""What an author wants to know of each part of a draft: languages, length, faults, changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from courses.catalog.contents import Entry, EntryKind, Folder
from courses.catalog.course import Course, Page
from courses.catalog.figures import Figure
from courses.catalog.items import Item, Lesson, Module
from courses.catalog.problems import Severity
from courses.catalog.sources import Fact
from courses.catalog.workbench import Workbench

Shown = Item | Module | Page | Figure


class Coverage(StrEnum):
    """How much of a part there is in a language."""

    WHOLE = "whole"
    PART = "part"
    """Something is translated, but not what is read first of all."""
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A part of the draft. `shown` is what participants would see; None when it is broken."""

    entry: Entry
    shown: Shown | None
    languages: Mapping[str, Coverage]
    errors: int
    warnings: int
    changed: frozenset[str]
    """`added`, `changed`, `removed`: what the draft did to its files."""

    @property
    def words(self) -> int | None:
        """How long a lesson's text is."""
        return self.shown.word_count if isinstance(self.shown, Lesson) else None

    @property
    def reading_minutes(self) -> int | None:
        """How long a lesson says that it takes to read."""
        return self.shown.minutes.reading if isinstance(self.shown, Lesson) else None


@dataclass(frozen=True, kw_only=True)
class Part:
    """A module with its rows, or with an empty path what belongs to the whole course."""

    folder: Folder
    module: Module | None
    rows: tuple[Row, ...]

    @property
    def words(self) -> int:
        """How long its lessons are together."""
        return sum(row.words or 0 for row in self.rows)


def parts_of(bench: Workbench) -> tuple[Part, ...]:
    """The draft, module by module; what belongs to the whole course comes first."""
    parts = []
    for folder in bench.folders:
        rows = tuple(_row(bench, entry) for entry in folder.entries)
        module = next((row.shown for row in rows if isinstance(row.shown, Module)), None)
        parts.append(Part(folder=folder, module=module, rows=rows))
    return tuple(parts)


def overdue(course: Course, today: date) -> tuple[Fact, ...]:
    """The facts whose day of review has passed."""
    return tuple(fact for fact in course.facts.values() if fact.review_by < today)


def shown_as(course: Course | None, entry: Entry) -> Shown | None:
    """What participants would see of an entry; None when nothing could be made of it."""
    if course is None or not entry.id:
        return None
    if entry.kind is EntryKind.MODULE:
        return course.module(entry.id)
    if entry.kind is EntryKind.FIGURE:
        return course.figures.get(entry.id)
    if entry.kind is EntryKind.PAGE:
        return next((page for page in course.pages if page.id == entry.id), None)
    return course.items.get(entry.id)


def _row(bench: Workbench, entry: Entry) -> Row:
    found = bench.problems_in(entry.paths)
    errors = sum(1 for one in found if one.severity is Severity.ERROR)
    return Row(
        entry=entry,
        shown=shown_as(bench.original, entry),
        languages=dict(_coverage(bench, entry)),
        errors=errors,
        warnings=len(found) - errors,
        changed=frozenset(bench.changed[path] for path in entry.paths if path in bench.changed),
    )


def _coverage(bench: Workbench, entry: Entry) -> Iterator[tuple[str, Coverage]]:
    for place, language in enumerate(bench.languages):
        shown = shown_as(bench.in_language(language), entry)
        if place and language not in entry.beside:
            yield language, Coverage.NONE
        elif shown is None or shown.in_language == language:
            yield language, Coverage.WHOLE
        else:
            yield language, Coverage.PART
