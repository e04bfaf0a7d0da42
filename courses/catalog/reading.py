"""Files → drafts: which files a course folder has, each held against its shape."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from courses.catalog import shapes, shapes_course, shapes_translated
from courses.catalog.drafts import CourseDraft, Draft, ModuleDraft
from courses.catalog.files import Files, digest_of
from courses.catalog.frontmatter import Source, read_markdown, read_toml
from courses.catalog.problems import Problems
from courses.catalog.schema import Report, Shape, check_table


def read_course(files: Files, problems: Problems) -> CourseDraft | None:
    """Read every file of a course; None when course.toml itself cannot be used."""
    reader = _Reader(files, problems)
    course = reader.translated("course.toml", shapes_course.COURSE, shapes_translated.COURSE, ())
    if course is None:
        if "course.toml" not in files:
            reader.missing("course.toml", "course.toml")
        return None
    languages = tuple(course.data["languages"][1:])
    reader.translations(course, shapes_translated.COURSE, languages)
    modules = [
        module
        for folder in course.data["modules"]
        if (module := _read_module(reader, course, folder, languages))
    ]
    for file in sorted(files):
        path = PurePosixPath(file)
        if path.name == "module.md" and str(path.parent) not in course.data["modules"]:
            problems.error(
                file,
                1,
                f"Mappen «{path.parent}» står inte i course.toml.",
                "Lägg till den i modules i course.toml eller ta bort mappen.",
            )
    facts = reader.optional("facts.toml", shapes_course.FACTS)
    support = reader.optional("support.toml", shapes_course.SUPPORT)
    return CourseDraft(
        course=course,
        facts=facts,
        support=support,
        modules=modules,
        digest=digest_of(files),
        halves=reader.halves,
        ids=reader.ids,
        has_unreadable=reader.has_unreadable,
    )


def _read_module(
    reader: "_Reader", course: Draft, folder: str, languages: tuple[str, ...]
) -> ModuleDraft | None:
    if f"{folder}/module.md" not in reader.files:
        reader.problems.error(
            course.source.file,
            course.source.line("modules", value=folder),
            f"Modulen «{folder}» finns inte: {folder}/module.md saknas.",
            "Skapa filen eller ta bort mappen ur modules.",
        )
        return None
    module = reader.translated(
        f"{folder}/module.md", shapes.MODULE, shapes_translated.MODULE, languages
    )
    drafts: dict[str, list[Draft]] = {}
    for kind, shape, translated in (
        ("lessons", shapes.LESSON, shapes_translated.LESSON),
        ("assignments", shapes.ASSIGNMENT, shapes_translated.ASSIGNMENT),
    ):
        read = (
            reader.translated(file, shape, translated, languages)
            for file in reader.originals(f"{folder}/{kind}/")
        )
        drafts[kind] = [draft for draft in read if draft]
    check = reader.translated(
        f"{folder}/check.toml", shapes.CHECK, shapes_translated.CHECK, languages
    )
    if module is None:
        return None
    return ModuleDraft(
        folder=folder,
        module=module,
        lessons=drafts["lessons"],
        assignments=drafts["assignments"],
        check=check,
    )


class _Reader:
    def __init__(self, files: Files, problems: Problems) -> None:
        self.files: Mapping[str, bytes] = files
        self.problems = problems
        self.halves: list[Draft] = []
        self.ids: set[str] = set()
        self.has_unreadable = False

    def missing(self, file: str, name: str) -> None:
        self.problems.error(file, 1, f"Filen {name} saknas.", f"Skapa {name} i kursens mapp.")

    def originals(self, folder: str) -> list[str]:
        """The Markdown files of a folder that are not translations of another."""
        names = [file for file in sorted(self.files) if file.startswith(folder)]
        originals = []
        for file in names:
            stem, _, language = file.removesuffix(".md").rpartition(".")
            is_translation = len(language) == 2 and bool(stem)
            if not file.endswith(".md") or "/" in file.removeprefix(folder):
                continue
            if not is_translation:
                originals.append(file)
            elif f"{stem}.md" not in self.files:
                self.problems.error(
                    file,
                    1,
                    f"Översättningen saknar förlaga: {stem}.md finns inte.",
                    "Ge filen samma namn som den text den översätter.",
                )
        return originals

    def optional(self, file: str, shape: Shape) -> Draft | None:
        if file not in self.files:
            self.missing(file, file)
            return None
        return self._draft(file, shape)

    def translated(
        self, file: str, shape: Shape, translated: Shape, languages: tuple[str, ...]
    ) -> Draft | None:
        if file not in self.files:
            return None
        draft = self._draft(file, shape)
        if draft:
            self.translations(draft, translated, languages)
        return draft

    def translations(self, draft: Draft, shape: Shape, languages: tuple[str, ...]) -> None:
        stem, _, suffix = draft.source.file.rpartition(".")
        for language in languages:
            file = f"{stem}.{language}.{suffix}"
            translation = self._draft(file, shape) if file in self.files else None
            if translation:
                draft.translations[language] = translation

    def _draft(self, file: str, shape: Shape) -> Draft | None:
        read = read_markdown if file.endswith(".md") else read_toml
        source: Source | None = read(file, self.files[file], self.problems)
        if source is None:
            self.has_unreadable = True
            return None
        report = Report(source, self.problems)
        draft = Draft(source=source, data=check_table(source.data, shape, (), report))
        if isinstance(source.data.get("id"), str):
            self.ids.add(source.data["id"])
        if report.broken:
            self.halves.append(draft)
            return None
        return draft
