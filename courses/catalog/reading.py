"""Files → drafts: which files a course folder has, each held against its shape."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from courses.catalog import shapes, shapes_course, shapes_surveys, shapes_translated
from courses.catalog.drafts import CourseDraft, Draft, ModuleDraft
from courses.catalog.files import Files, digest_of
from courses.catalog.frontmatter import Source, read_markdown, read_toml
from courses.catalog.problems import Problems
from courses.catalog.reading_figures import read_figures, show_figures
from courses.catalog.schema import Report, Shape, check_table


def read_course(files: Files, problems: Problems) -> CourseDraft | None:
    """Read every file of a course; None when course.toml itself cannot be used."""
    reader = Reader(files, problems)
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
    facts = reader.mandatory("facts.toml", shapes_course.FACTS)
    support = reader.mandatory("support.toml", shapes_course.SUPPORT)
    figures = read_figures(reader, course.data["modules"], languages)
    show_figures(figures, modules)
    return CourseDraft(
        course=course,
        facts=facts,
        support=support,
        modules=modules,
        figures=figures,
        pages=_read_pages(reader, course, languages),
        surveys=reader.translated(
            "surveys.toml", shapes_surveys.SURVEYS, shapes_surveys.SURVEYS_TRANSLATED, languages
        ),
        readiness=reader.translated(
            "readiness.toml",
            shapes_surveys.READINESS,
            shapes_surveys.READINESS_TRANSLATED,
            languages,
        ),
        digest=digest_of(files),
        halves=reader.halves,
        ids=reader.ids,
        has_unreadable=reader.has_unreadable,
    )


def _read_module(
    reader: "Reader", course: Draft, folder: str, languages: tuple[str, ...]
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


def _read_pages(
    reader: "Reader", course: Draft, languages: tuple[str, ...]
) -> list[Draft]:
    pages = []
    for name in course.data["pages"]:
        file = f"pages/{name}.md"
        if file not in reader.files:
            reader.problems.error(
                course.source.file,
                course.source.line("pages", value=name),
                f"Sidan «{name}» finns inte: {file} saknas.",
                "Skapa filen eller ta bort sidan ur pages.",
            )
        elif page := reader.translated(file, shapes.PAGE, shapes_translated.PAGE, languages):
            pages.append(page)
    for file in reader.originals("pages/"):
        if file.removeprefix("pages/").removesuffix(".md") not in course.data["pages"]:
            reader.problems.error(
                file, 1, f"Sidan {file} står inte i course.toml.",
                "Lägg till den i pages i course.toml eller ta bort filen.",
            )
    return pages


class Reader:
    """Reads the files of one course, and remembers what they gave."""

    def __init__(self, files: Files, problems: Problems) -> None:
        self.files: Mapping[str, bytes] = files
        self.problems = problems
        self.halves: list[Draft] = []
        self.ids: set[str] = set()
        self.has_unreadable = False

    def missing(self, file: str, name: str) -> None:
        self.problems.error(file, 1, f"Filen {name} saknas.", f"Skapa {name} i kursens mapp.")

    def originals(self, folder: str, suffix: str = ".md") -> list[str]:
        """The files of a folder that are not translations of another."""
        names = [file for file in sorted(self.files) if file.startswith(folder)]
        originals = []
        for file in names:
            stem, _, language = file.removesuffix(suffix).rpartition(".")
            is_translation = len(language) == 2 and bool(stem)
            if not file.endswith(suffix) or "/" in file.removeprefix(folder):
                continue
            if not is_translation:
                originals.append(file)
            elif f"{stem}{suffix}" not in self.files:
                self.problems.error(
                    file,
                    1,
                    f"Översättningen saknar förlaga: {stem}{suffix} finns inte.",
                    "Ge filen samma namn som den text den översätter.",
                )
        return originals

    def mandatory(self, file: str, shape: Shape) -> Draft | None:
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
