"""What the guard finds in the text of a file: of which kind, and where. Never what it said: the
passage is read in the file itself."""

import re
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass

from courses.rules.identity_guard import FindingKind, find

_PARAGRAPH = re.compile(r"[^\n\f]*[^\s\f][^\n\f]*")
NEW_PAGE = "\f"
MANY = 200
"""Places that are kept of one file; whoever has more looks through the whole of it."""


@dataclass(frozen=True, order=True)
class Placed:
    """A passage in a file. `page` is None where the format has no pages; lines with text are
    counted from the top of the page, or of the file."""

    page: int | None
    line: int
    kind: FindingKind

    @property
    def blocks(self) -> bool:
        return self.kind.blocks


def places_in(text: str, *, known: Collection[str] = ()) -> list[Placed]:
    """Return where in `text` something may point out a person, what blocks first of all kept."""
    lines = [match.start() for match in _PARAGRAPH.finditer(text)]
    pages = [0, *(place + 1 for place, sign in enumerate(text) if sign == NEW_PAGE)]
    found = set()
    for one in find(text, known=known):
        page = bisect_right(pages, one.start)
        before = bisect_right(lines, pages[page - 1] - 1) if page > 1 else 0
        found.add(
            Placed(
                page if len(pages) > 1 else None,
                max(bisect_right(lines, one.start) - before, 1), one.kind,
            )
        )
    kept = sorted(found, key=lambda one: (not one.blocks, one.page or 0, one.line))[:MANY]
    return sorted(kept, key=lambda one: (one.page or 0, one.line, one.kind))
