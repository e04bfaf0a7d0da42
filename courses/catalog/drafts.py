"""A course as read from its files, before anything is built: checked one file at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from courses.catalog.figures import Element
from courses.catalog.frontmatter import Source
from courses.catalog.problems import Place


@dataclass(kw_only=True)
class Draft:
    """One file with its clean data, and the same file in other languages."""

    source: Source
    data: dict[str, Any]
    translations: dict[str, "Draft"] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    """Digests of the figures that are shown in it."""

    @property
    def id(self) -> str:
        """The id that the file gives itself."""
        return str(self.data.get("id", ""))

    @property
    def digest(self) -> str:
        """Says what was met here: the wording in all languages, and the figures."""
        parts = [self.source.digest]
        parts += [f"{code}:{t.source.digest}" for code, t in sorted(self.translations.items())]
        parts += self.shown
        return sha256("\n".join(parts).encode()).hexdigest()

    @property
    def place(self) -> Place:
        """Where its id is written."""
        return Place(self.source.file, self.source.line("id"))

    def body(self, language: str) -> tuple[str, str]:
        """The text in this language with its code, else the original with its own."""
        translation = self.translations.get(language)
        if translation and translation.source.body.strip():
            return translation.source.body, language
        return self.source.body, ""


@dataclass(kw_only=True)
class FigureDraft:
    """A drawing and the texts that belong to it. Without `root` it cannot be drawn."""

    svg: str
    texts: Draft
    svg_digest: str
    root: Element | None

    @property
    def id(self) -> str:
        """The id that a lesson shows it by."""
        return self.texts.id

    @property
    def digest(self) -> str:
        """Says which drawing this was, with its texts in all languages."""
        return sha256(f"{self.svg_digest}\n{self.texts.digest}".encode()).hexdigest()


@dataclass(kw_only=True)
class ModuleDraft:
    """A module's folder."""

    folder: str
    module: Draft
    lessons: list[Draft]
    assignments: list[Draft]
    check: Draft | None

    @property
    def items(self) -> Iterator[Draft]:
        """Everything that a participant does in the module."""
        yield from self.lessons
        if self.check:
            yield self.check
        yield from self.assignments


@dataclass(kw_only=True)
class CourseDraft:
    """A whole course folder."""

    course: Draft
    facts: Draft | None
    support: Draft | None
    modules: list[ModuleDraft]
    digest: str
    figures: list[FigureDraft] = field(default_factory=list)
    pages: list[Draft] = field(default_factory=list)
    surveys: Draft | None = None
    readiness: Draft | None = None
    plan: Draft | None = None
    """The order of the teams' plan: plan.toml."""
    halves: list[Draft] = field(default_factory=list)
    """Files with a hole in their data: nothing is built of them, their text is still checked."""
    ids: set[str] = field(default_factory=set)
    """Every id that some file gave itself, also those of files with errors."""
    has_unreadable: bool = False

    @property
    def language(self) -> str:
        """The language that the course is written in: the first one listed."""
        return str(self.course.data["languages"][0])

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it is translated to."""
        return tuple(self.course.data["languages"][1:])

    @property
    def items(self) -> Iterator[tuple[ModuleDraft, Draft]]:
        """Everything that a participant does, with the module that holds it."""
        for module in self.modules:
            for item in module.items:
                yield module, item

    @property
    def item_ids(self) -> set[str]:
        """What `item:…` may lead to: modules, what is done in them, and pages."""
        others = {figure.id for figure in self.figures} | {self.course.id}
        return self.ids - others | {page.id for page in self.pages}

    @property
    def fact_data(self) -> Mapping[str, dict[str, Any]]:
        """The facts by id."""
        return {fact["id"]: fact for fact in self.facts.data["facts"]} if self.facts else {}
