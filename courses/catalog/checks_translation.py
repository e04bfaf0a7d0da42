"""A translation belongs to its original: same ids, same number of choices, nothing extra."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from courses.catalog import shapes_plan, shapes_surveys, shapes_translated
from courses.catalog.checks_references import near
from courses.catalog.drafts import CourseDraft, Draft
from courses.catalog.files import Files
from courses.catalog.problems import Problems
from courses.catalog.schema import Shape
from courses.catalog.toml_lines import Path

_NAMES = {"en": "engelska"}


def check_translations(draft: CourseDraft, files: Files, problems: Problems) -> None:
    """Hold every translation against its original; warn where one is missing."""
    originals: list[tuple[Draft, Shape]] = [(draft.course, shapes_translated.COURSE)]
    for module in draft.modules:
        originals.append((module.module, shapes_translated.MODULE))
        originals += [(lesson, shapes_translated.LESSON) for lesson in module.lessons]
        originals += [(one, shapes_translated.ASSIGNMENT) for one in module.assignments]
        if module.check:
            originals.append((module.check, shapes_translated.CHECK))
    originals += [(page, shapes_translated.PAGE) for page in draft.pages]
    if draft.surveys:
        originals.append((draft.surveys, shapes_surveys.SURVEYS_TRANSLATED))
    if draft.readiness:
        originals.append((draft.readiness, shapes_surveys.READINESS_TRANSLATED))
    if draft.plan:
        originals.append((draft.plan, shapes_plan.PLAN_TRANSLATED))
    for figure in draft.figures:
        originals.append((figure.texts, {}))
    for original, shape in originals:
        for language in draft.languages:
            path = PurePosixPath(original.source.file)
            file = str(path.with_name(f"{path.stem}.{language}{path.suffix}"))
            word = _NAMES.get(language, language)
            if language in original.translations:
                if shape:  # a figure is held against its drawing too: checks_figures
                    compared = _Comparison(original, original.translations[language], problems)
                    compared.run(shape, word)
            elif file not in files:
                problems.warning(
                    file,
                    1,
                    f"{original.source.file} finns inte på {word}.",
                    "Skriv översättningen i den här filen. Tills dess visas originalet.",
                )


class _Comparison:
    def __init__(self, original: Draft, translation: Draft, problems: Problems) -> None:
        self.original = original
        self.translation = translation
        self.source = translation.source
        self.problems = problems

    def error(self, at: Path, message: str, remedy: str) -> None:
        self.problems.error(self.source.file, self.source.line(*at), message, remedy)

    def run(self, shape: Shape, word: str) -> None:
        mine, theirs = self.translation.data, self.original.data
        if "id" in mine and mine["id"] != theirs["id"]:
            self.error(
                ("id",),
                f"Id «{mine['id']}» är inte originalets.",
                f'Skriv id = "{theirs["id"]}" eller ta bort raden.',
            )
        self._table(mine, theirs, ())
        absent = [name for name in shape if name != "id" and name not in mine]
        absent = [name for name in absent if theirs.get(name) and _has_text(name, theirs[name])]
        if absent:
            self.problems.warning(
                self.source.file,
                1,
                f"Inte på {word}: {', '.join(absent)}.",
                "Lägg till dem. Tills dess visas originalets text.",
            )
        if self.original.source.body.strip() and not self.source.body.strip():
            self.problems.warning(
                self.source.file,
                self.source.body_line,
                f"Texten finns inte på {word}.",
                "Skriv den under den andra raden +++. Tills dess visas originalet.",
            )

    def _table(self, mine: Mapping[str, Any], theirs: Mapping[str, Any], at: Path) -> None:
        for name, value in mine.items():
            if name in ("id", "words", "partners") or not value:
                continue
            original = theirs.get(name)
            path = (*at, name)
            if not original:
                self.error(
                    path,
                    f"«{name}» finns inte i {self.original.source.file}.",
                    "Ta bort det, eller skriv det först i originalet.",
                )
            elif isinstance(value, Mapping):
                self._named(value, original, path)
            elif isinstance(value, tuple):
                self._rows(value, original, path)

    def _named(self, mine: Mapping[str, Any], theirs: Any, at: Path) -> None:
        """A table by name: of texts, of rows that have this id, or of further keys."""
        known = theirs if isinstance(theirs, Mapping) else {row["id"]: row for row in theirs}
        for name, value in mine.items():
            if name not in known:
                self.error(
                    (*at, name),
                    f"«{name}» finns inte i {self.original.source.file}.",
                    near(name, known) or "Rätta namnet eller ta bort det.",
                )
            elif isinstance(value, Mapping):
                self._table(value, known[name], (*at, name))
            elif isinstance(value, tuple):
                self._rows(value, known[name], (*at, name))

    def _rows(self, mine: Sequence[Any], theirs: Sequence[Any], at: Path) -> None:
        if all(isinstance(row, Mapping) and "id" in row for row in mine):
            known = {row["id"]: row for row in theirs}
            for place, row in enumerate(mine):
                if row["id"] not in known:
                    self.error(
                        (*at, place, "id"),
                        f"Id «{row['id']}» finns inte i {self.original.source.file}.",
                        near(row["id"], known) or "Rätta id:t eller ta bort det.",
                    )
                else:
                    self._table(row, known[row["id"]], (*at, place))
        elif len(mine) != len(theirs):
            self.error(
                at,
                f"«{at[-1]}» har {len(mine)} delar men originalet har {len(theirs)}.",
                "Skriv lika många, i samma ordning.",
            )


def _has_text(name: str, value: Any) -> bool:
    return name not in ("partners", "owner", "plan")
