"""Files → drafts: which files a course folder has, each held against its shape."""

from pathlib import PurePosixPath

from courses.catalog import (
    shapes,
    shapes_course,
    shapes_plan,
    shapes_surveys,
    shapes_translated,
)
from courses.catalog.drafts import CourseDraft, Draft, ModuleDraft
from courses.catalog.files import Files, digest_of
from courses.catalog.problems import Problems
from courses.catalog.reader import Reader
from courses.catalog.reading_figures import read_figures, show_figures


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
        plan=reader.translated(
            "plan.toml", shapes_plan.PLAN, shapes_plan.PLAN_TRANSLATED, languages
        ),
        digest=digest_of(files),
        halves=reader.halves,
        ids=reader.ids,
        has_unreadable=reader.has_unreadable,
    )


def _read_module(
    reader: Reader, course: Draft, folder: str, languages: tuple[str, ...]
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


def _read_pages(reader: Reader, course: Draft, languages: tuple[str, ...]) -> list[Draft]:
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
