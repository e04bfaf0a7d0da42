"""From a course folder to a course that can be read, or to what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock

from courses.catalog.addresses import Addresses, site_address
from courses.catalog.building import build_course
from courses.catalog.checks import check_course
from courses.catalog.course import Course
from courses.catalog.drafts import CourseDraft
from courses.catalog.files import Files, read_folder
from courses.catalog.problems import ContentError, Problem, Problems, Severity
from courses.catalog.reading import read_course
from courses.catalog.search import SearchIndex
from courses.catalog.search_things import build_index


@dataclass(frozen=True, kw_only=True)
class LoadedCourse:
    """One edition of a course in all its languages. `warnings` are for its authors."""

    id: str
    digest: str
    languages: tuple[str, ...]
    warnings: tuple[Problem, ...] = field(default=(), repr=False)
    by_language: Mapping[str, Course] = field(repr=False)
    addresses: Addresses = field(default=site_address, repr=False)
    _indexes: dict[str, SearchIndex] = field(default_factory=dict, repr=False, compare=False)
    _building: Lock = field(default_factory=Lock, repr=False, compare=False)

    def course(self, language: str | None = None) -> Course:
        """The course in this language, or in the one that it was written in."""
        return self.by_language.get(language or "", self.by_language[self.languages[0]])

    def search(self, language: str | None = None) -> SearchIndex:
        """What finds words in the course in this language; built on first use and kept."""
        course = self.course(language)
        if (index := self._indexes.get(course.language)) is not None:
            return index
        with self._building:  # threads that search first at once build one, not four
            if course.language not in self._indexes:
                self._indexes[course.language] = build_index(course, self.addresses)
            return self._indexes[course.language]


def load_course(
    path: Path, *, today: date | None = None, addresses: Addresses = site_address
) -> LoadedCourse:
    """Read a course folder and check all of it; raise ContentError with every error found.
    Review dates are held against `today` when it is given."""
    course, problems = examine(read_folder(path), today=today, addresses=addresses)
    if course is None or any(problem.severity is Severity.ERROR for problem in problems):
        raise ContentError(problems)
    return course


def check_content(path: Path, *, today: date | None = None) -> tuple[Problem, ...]:
    """Everything there is to say about a course folder, errors first."""
    return examine(read_folder(path), today=today)[1]


def examine(
    files: Files, *, today: date | None = None, addresses: Addresses = site_address
) -> tuple[LoadedCourse | None, tuple[Problem, ...]]:
    """Read and check a course: what could be built of it (for a preview), and every problem."""
    return examine_draft(files, today=today, addresses=addresses)[1:]


def examine_draft(
    files: Files, *, today: date | None = None, addresses: Addresses = site_address
) -> tuple[CourseDraft | None, LoadedCourse | None, tuple[Problem, ...]]:
    """The same, with what was read before anything was built of it."""
    problems = Problems()
    draft = read_course(files, problems)
    if draft is None:
        return None, None, problems.in_order()
    check_course(draft, files, problems, today)
    found = problems.in_order()
    return draft, _build(draft, addresses, found), found


def load_files(files: Files, *, addresses: Addresses = site_address) -> LoadedCourse:
    """Build a course from an edition's files. They were checked when it was published, and stay
    readable when the checks grow stricter; ContentError when some part cannot be built at all."""
    problems = Problems()
    draft = read_course(files, problems)
    if draft is None or draft.halves or draft.has_unreadable:
        raise ContentError(problems)
    return _build(draft, addresses, ())


def _build(
    draft: CourseDraft, addresses: Addresses, found: tuple[Problem, ...]
) -> LoadedCourse:
    languages = tuple(draft.course.data["languages"])
    return LoadedCourse(
        id=draft.course.id,
        digest=draft.digest,
        languages=languages,
        warnings=tuple(one for one in found if one.severity is Severity.WARNING),
        by_language={code: build_course(draft, code, addresses) for code in languages},
        addresses=addresses,
    )
