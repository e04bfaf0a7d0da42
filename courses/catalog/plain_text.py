"""An author's Markdown as plain words, part by part, without the work of making HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from markdown.extensions.toc import unique

from courses.catalog.markdown_course import FACT, slug

_HEADING = re.compile(r"(#{2,6})[ \t]+(.+?)[ \t]*#*")
_MARKER = re.compile(r"\[\[([a-z]+):([\w.-]+)\]\]")
_ASIDE = re.compile(r"!!!\s+\w+\s*(?:\"(.*)\")?")
_RULE = re.compile(r"[\s|:=*_-]+")
_BULLET = re.compile(r"\s*(?:>\s*)*(?:[-*+]|\d+[.)])?\s+|\s*(?:>\s*)+")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\n]{0,2000}\)")
_TAG = re.compile(r"<[^>]*>")
_EMPHASIS = re.compile(r"[*`]|(?<!\w)_+|_+(?!\w)|\\(?=[^\w\s])")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True)
class PlainPart:
    """A heading with the id that it has on the page (both empty before the first), the words
    under it, and what is placed there: (`exercise`, id), (`figure`, id)."""

    heading: str
    anchor: str
    text: str
    placed: tuple[tuple[str, str], ...]


def plain(text: str) -> str:
    """The words of a piece of Markdown on one line."""
    return " ".join(part.text for part in plain_parts(text) if part.text)


def plain_parts(source: str) -> Iterator[PlainPart]:
    """Cut a text at its headings; the ids are those that the rendered text has."""
    ids: set[str] = set()
    heading = anchor = ""
    lines: list[str] = []
    placed: list[tuple[str, str]] = []
    for line in [*source.splitlines(), None]:
        found = _HEADING.fullmatch(line.strip()) if line is not None else None
        if line is None or found:
            text = _SPACE.sub(" ", " ".join(lines)).strip()
            if heading or text or placed:
                yield PlainPart(heading=heading, anchor=anchor, text=text, placed=tuple(placed))
            lines, placed = [], []
        if found:
            heading = _inline(found[2])
            anchor = unique(slug(heading), ids)
        elif line is not None and (marker := _MARKER.fullmatch(line.strip())):
            placed.append((marker[1], marker[2]))
        elif line is not None:
            lines.append(_line(line))


def plain_lines(source: str) -> Iterator[str]:
    """The words of a text line by line, headings among them, without what is placed in it."""
    for line in source.splitlines():
        bare = line.strip()
        if found := _HEADING.fullmatch(bare):
            yield _inline(found[2])
        elif not _MARKER.fullmatch(bare) and (words := _line(line)):
            yield words


def _line(line: str) -> str:
    if _RULE.fullmatch(line):
        return ""
    if aside := _ASIDE.fullmatch(line.strip()):
        return _inline(aside[1] or "") + "."  if aside[1] else ""
    return _inline(_BULLET.sub("", line, count=1) if _BULLET.match(line) else line)


def _inline(text: str) -> str:
    text = _LINK.sub(r"\1", FACT.sub("", text))
    text = _EMPHASIS.sub("", _TAG.sub("", text)).replace("|", " ").replace("\u00ad", "")
    return _SPACE.sub(" ", unescape(text)).strip()
