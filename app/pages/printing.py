"""Pages that hold many texts: how each is set, and the styles that a saved file carries."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from markupsafe import Markup

from courses.catalog import Module, moved, site_address
from courses.queries.modules import address_of

SAVED_STYLES = ("Colours", "Type", "Boxes", "Course texts", "Tables", "Paper")
"""The parts of the style sheet that a course text needs; no header, no buttons, no fonts."""
_PART = re.compile(r"^/\* (.*?) \*/\n", re.MULTILINE)


class Sheet:
    """Sets texts on one page. A saved one leads nowhere outside of itself."""

    def __init__(self, modules: Iterable[Module], *, is_saved: bool = False) -> None:
        self.is_saved = is_saved
        self.links: dict[str, str] = {}
        for module in modules:
            self.links[site_address("module", module.slug, "")] = f"#{module.id}"
            for item in module.items.values():
                self.links[address_of(module, item)] = f"#{item.id}"

    def text(self, html: str, name: str, down: int = 0) -> Markup:
        """An author's text in its place; `name` is put before its ids."""
        set_here = moved(
            html, name=name, down=down, links=self.links, cut_others=self.is_saved
        )
        return Markup(set_here)  # noqa: S704 - course texts are trusted


@cache
def saved_styles() -> Markup:
    """Return the styles of a saved file: parts of our own sheet, so that they never differ."""
    sheet = (Path(__file__).parent.parent / "static" / "app.css").read_text("utf-8")
    parts = _PART.split(sheet)[1:]
    wanted = "".join(
        text
        for name, text in zip(parts[::2], parts[1::2], strict=True)
        if name.startswith(SAVED_STYLES)
    )
    return Markup(wanted)  # noqa: S704 - our own file
