"""Which files a course folder has and what each of them is, also those that cannot be read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from courses.catalog.drafts import CourseDraft, Draft
from courses.catalog.files import Files

MARKDOWN_FOLDERS = {"lessons": "lesson", "assignments": "assignment", "pages": "page"}
WHOLE_COURSE = ("course.toml", "facts.toml", "support.toml", "surveys.toml", "readiness.toml",
                "plan.toml")


class EntryKind(StrEnum):
    """What a file of a course is about."""

    COURSE = "course"
    MODULE = "module"
    LESSON = "lesson"
    CHECK = "check"
    ASSIGNMENT = "assignment"
    FIGURE = "figure"
    PAGE = "page"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What an author sees as one thing: a file, with the same in other languages beside it."""

    kind: EntryKind
    path: str
    """The file in the language that the course is written in."""
    id: str
    """Empty when the file cannot be read."""
    title: str
    """Its own, else the name of the file."""
    beside: Mapping[str, str]
    """Other files that belong to it: language code, or suffix of a drawing → path."""

    @property
    def paths(self) -> tuple[str, ...]:
        """All its files, the original first."""
        return (self.path, *self.beside.values())


@dataclass(frozen=True, kw_only=True)
class Folder:
    """A module's files, or with an empty path those of the course as a whole."""

    path: str
    entries: tuple[Entry, ...]

    def of(self, kind: EntryKind) -> tuple[Entry, ...]:
        """The entries of one kind, in order."""
        return tuple(one for one in self.entries if one.kind is kind)

    @property
    def module(self) -> Entry | None:
        """The module itself."""
        return next(iter(self.of(EntryKind.MODULE)), None)


def kind_of(path: str) -> EntryKind:
    """What a file is about, by where it lies."""
    place = PurePosixPath(path)
    if place.name in ("module.md", "check.toml"):
        return EntryKind.MODULE if place.name == "module.md" else EntryKind.CHECK
    if place.suffix == ".md" and place.parent.name in MARKDOWN_FOLDERS:
        return EntryKind(MARKDOWN_FOLDERS[place.parent.name])
    if place.parent.name == "figures" and place.suffix in (".toml", ".svg"):
        return EntryKind.FIGURE
    is_whole = len(place.parts) == 1 and place.suffix == ".toml"
    return EntryKind.COURSE if is_whole else EntryKind.OTHER


def contents(draft: CourseDraft | None, files: Files) -> tuple[Folder, ...]:
    """The course's own files first, then the modules in their order, then other folders."""
    known = {one.source.file: one for one in _drafts(draft)}
    groups = _groups(files)
    modules = list(draft.course.data["modules"]) if draft else []
    by_folder: dict[str, list[Entry]] = {"": [], **{folder: [] for folder in modules}}
    for path in sorted(groups):
        folder = _folder_of(path)
        entry = _entry(path, groups[path], known.get(path))
        by_folder.setdefault(folder, []).append(entry)
    return tuple(
        Folder(path=folder, entries=tuple(_in_order(entries, known)))
        for folder, entries in by_folder.items()
        if entries
    )


def _drafts(draft: CourseDraft | None) -> Iterator[Draft]:
    if draft is None:
        return
    yield from draft.halves
    yield draft.course
    yield from (figure.texts for figure in draft.figures)
    yield from draft.pages
    for module in draft.modules:
        yield module.module
        yield from module.items


def _groups(files: Files) -> dict[str, dict[str, str]]:
    """Original → what lies beside it."""
    groups: dict[str, dict[str, str]] = {}
    for path in sorted(files):
        original, mark = _original_of(path, files)
        if mark:
            groups.setdefault(original, {})[mark] = path
        else:
            groups.setdefault(path, {})
    return groups


def _original_of(path: str, files: Files) -> tuple[str, str]:
    """The file that this one belongs to and by what, or itself."""
    stem, _, suffix = path.rpartition(".")
    front, _, language = stem.rpartition(".")
    if len(language) == 2 and f"{front}.{suffix}" in files:
        return f"{front}.{suffix}", language
    if suffix == "svg" and f"{stem}.toml" in files:
        return f"{stem}.toml", suffix
    return path, ""


def _folder_of(path: str) -> str:
    parts = PurePosixPath(path).parts
    return "" if len(parts) == 1 or parts[0] == "pages" else parts[0]


def _entry(path: str, beside: Mapping[str, str], draft: Draft | None) -> Entry:
    data = draft.data if draft else {}
    kind = kind_of(path)
    return Entry(
        kind=kind,
        path=path,
        id=str(data.get("id") or (PurePosixPath(path).stem if kind is EntryKind.FIGURE else "")),
        title=str(data.get("title") or PurePosixPath(path).name),
        beside=dict(beside),
    )


def _in_order(entries: Iterable[Entry], known: Mapping[str, Draft]) -> list[Entry]:
    """As participants meet them: the module's own lists say how; what they leave out is last."""
    entries = list(entries)
    listed = [
        item
        for entry in entries
        if entry.kind is EntryKind.MODULE and entry.path in known
        for key in ("lessons", "assignments")
        for item in known[entry.path].data.get(key, ())
    ]
    kinds = list(EntryKind)

    def place(entry: Entry) -> tuple[int, int, str]:
        known_place = listed.index(entry.id) if entry.id in listed else len(listed)
        whole = WHOLE_COURSE.index(entry.path) if entry.path in WHOLE_COURSE else known_place
        return kinds.index(entry.kind), whole, entry.path

    return sorted(entries, key=place)
