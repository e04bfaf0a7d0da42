"""Course texts to HTML. Two renderers, named for whom they serve: this one the course's authors,
whose texts hold Markdown and figures but no HTML; `render_user_text` (user_text.py) everybody
else."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

from markdown import Markdown
from markdown.extensions.toc import TocExtension

from courses.catalog.markdown_course import CourseMarkdown, slug
from courses.catalog.user_text import render_user_text

__all__ = ["Part", "Prose", "Rendered", "render_course_text", "render_user_text"]

EXERCISE = re.compile(r"^\[\[exercise:([\w.-]+)\]\][ \t]*$", re.MULTILINE)
_FIGURE = re.compile(r"<p>\[\[figure:([\w.-]+)\]\]</p>")
_PLACED = re.compile(r"<p>\[\[exercise:([\w.-]+)\]\]</p>\n?")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One `## ` part of a text: its heading, and the id to link to."""

    title: str
    anchor: str


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A text as HTML, cut where exercises stand: pieces of HTML and ids of exercises in turn.
    `notes` are the ids of the footnote numbers, by number, in the order they are read."""

    pieces: tuple[tuple[str, str | None], ...]
    parts: tuple[Part, ...]
    notes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def html(self) -> str:
        """The whole text without its exercises."""
        return "".join(html for html, _ in self.pieces)


def _plain_link(item_id: str) -> str:
    return f"item:{item_id}"


def render_course_text(
    source: str,
    *,
    language: str = "sv",
    numbers: Mapping[str, int] | None = None,
    link: Callable[[str], str] = _plain_link,
    figures: Mapping[str, str] | None = None,
) -> Rendered:
    """Render an author's Markdown. `numbers` gives each cited fact the number of its
    source, `link` each item its address, `figures` each figure its HTML."""
    toc = TocExtension(slugify=slug, toc_depth="2-6")
    extension = CourseMarkdown(language=language, numbers=numbers or {}, link=link)
    markdown = Markdown(
        extensions=["tables", "admonition", "sane_lists", toc, extension]
    )
    drawn = figures or {}
    html = _FIGURE.sub(lambda marker: drawn.get(marker[1], ""), markdown.convert(source))
    cut = _PLACED.split(html)
    pieces = tuple(
        (cut[place], cut[place + 1] if place + 1 < len(cut) else None)
        for place in range(0, len(cut), 2)
    )
    parts = tuple(
        Part(title=unescape(token["name"]), anchor=token["id"])
        for token in getattr(markdown, "toc_tokens", ())
        if token["level"] == 2
    )
    notes = {number: tuple(ids) for number, ids in extension.notes.items()}
    return Rendered(pieces=pieces, parts=parts, notes=notes)


@dataclass(frozen=True, kw_only=True)
class Prose:
    """A Markdown text of the course, rendered on first use and kept: it cannot change."""

    source: str
    language: str
    numbers: Mapping[str, int] = field(default_factory=dict, repr=False)
    link: Callable[[str], str] = field(default=_plain_link, repr=False, compare=False)
    figures: Mapping[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def rendered(self) -> Rendered:
        """The text as HTML, with its parts."""
        return render_course_text(
            self.source,
            language=self.language,
            numbers=self.numbers,
            link=self.link,
            figures=self.figures,
        )

    @property
    def html(self) -> str:
        """The text as HTML, empty when there is no text."""
        return self.rendered.html if self.source.strip() else ""
