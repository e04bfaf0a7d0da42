"""A single file of a course → its draft: read, held against its shape, with its translations."""

from collections.abc import Mapping

from courses.catalog.drafts import Draft
from courses.catalog.files import Files
from courses.catalog.frontmatter import Source, read_markdown, read_toml
from courses.catalog.problems import Problems
from courses.catalog.schema import Report, Shape, check_table


class Reader:
    """Reads the files of one course, and remembers what they gave."""

    def __init__(self, files: Files, problems: Problems) -> None:
        self.files: Mapping[str, bytes] = files
        self.problems = problems
        self.halves: list[Draft] = []
        self.ids: set[str] = set()
        self.has_unreadable = False

    def missing(self, file: str, name: str) -> None:
        """Say that `name` does not exist, at the file that needs it."""
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
        """A file that every course has."""
        if file not in self.files:
            self.missing(file, file)
            return None
        return self._draft(file, shape)

    def translated(
        self, file: str, shape: Shape, translated: Shape, languages: tuple[str, ...]
    ) -> Draft | None:
        """A file with its translations; None without a word when it is not there."""
        if file not in self.files:
            return None
        draft = self._draft(file, shape)
        if draft:
            self.translations(draft, translated, languages)
        return draft

    def translations(self, draft: Draft, shape: Shape, languages: tuple[str, ...]) -> None:
        """Let the draft have what lies beside it in these languages."""
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
