"""A course that is being written: what its draft would be, whole or not, and what is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from courses.catalog.addresses import Addresses
from courses.catalog.contents import Entry, Folder, contents
from courses.catalog.course import Course
from courses.catalog.drafts import CourseDraft
from courses.catalog.files import Files, fingerprint
from courses.catalog.loader import LoadedCourse, examine, examine_draft
from courses.catalog.problems import Problem, Severity

FRAMES = ("course.toml", "facts.toml", "support.toml", "module.md")
"""Files without which nothing around them can be shown."""


@dataclass(frozen=True, kw_only=True)
class Workbench:
    """A draft laid over a published edition. `course` is what can be shown of it: broken files
    are left out, but a broken frame is shown as it was published."""

    base: Files = field(repr=False)
    files: Files = field(repr=False)
    problems: tuple[Problem, ...]
    course: LoadedCourse | None = field(repr=False)
    stand_ins: tuple[str, ...]
    """Broken frames that are shown as published."""
    folders: tuple[Folder, ...]

    def in_language(self, language: str) -> Course | None:
        """What can be shown, in this language."""
        return self.course.course(language) if self.course else None

    @property
    def original(self) -> Course | None:
        """What can be shown, in the language that the course is written in."""
        return self.course.course() if self.course else None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the course, the one it is written in first."""
        return self.course.languages if self.course else ()

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every file's entry, by the path of any of its files."""
        return {
            path: entry
            for folder in self.folders for entry in folder.entries for path in entry.paths
        }

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """Entries that have an id, by it."""
        return {
            entry.id: entry for folder in self.folders for entry in folder.entries if entry.id
        }

    @cached_property
    def changed(self) -> Mapping[str, str]:
        """Path → `added`, `changed` or `removed`, of what is not as published."""
        found = {
            path: "removed" if path not in self.files
            else "added" if path not in self.base else "changed"
            for path in self.base.keys() | self.files.keys()
            if self.base.get(path) != self.files.get(path)
        }
        return dict(sorted(found.items()))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stops a publish."""
        return tuple(one for one in self.problems if one.severity is Severity.ERROR)

    def problems_in(self, paths: Iterable[str]) -> tuple[Problem, ...]:
        """The remarks about these files, errors first."""
        wanted = set(paths)
        return tuple(one for one in self.problems if one.file in wanted)

    def fingerprint(self, path: str) -> str:
        """Says which text stands in the file; empty when there is no such file."""
        return fingerprint(self.files.get(path))


def lay_over(base: Files, changes: Mapping[str, bytes | None]) -> dict[str, bytes]:
    """The files of a draft: the published ones with each change made."""
    files = dict(base)
    for path, content in changes.items():
        if content is None:
            files.pop(path, None)
        else:
            files[path] = content
    return files


def open_draft(
    base: Files, files: Files, *, today: date | None, addresses: Addresses
) -> Workbench:
    """Read a draft as far as it can be read. One broken file hides nothing but itself."""
    draft, course, problems = examine_draft(files, today=today, addresses=addresses)
    stand_ins = _stand_ins(base, files, problems, draft)
    if stand_ins:
        course, _ = examine(
            {**files, **{path: base[path] for path in stand_ins}}, addresses=addresses
        )
    return Workbench(
        base=base,
        files=files,
        problems=problems,
        course=course,
        stand_ins=stand_ins,
        folders=contents(draft, files),
    )


def _stand_ins(
    base: Files, files: Files, problems: tuple[Problem, ...], draft: CourseDraft | None
) -> tuple[str, ...]:
    """Frames that the draft has made useless, when the published ones are at hand."""
    broken = {one.file for one in problems if one.severity is Severity.ERROR}
    useful = set()
    if draft:
        frames = (draft.course, draft.facts, draft.support, *(m.module for m in draft.modules))
        useful = {frame.source.file for frame in frames if frame}
    return tuple(
        path
        for path in sorted(broken - useful)
        if path.rpartition("/")[2] in FRAMES and path in base and base[path] != files.get(path)
    )
