"""A Word document's paragraphs and tables in order, read as a stream from a checked archive."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from courses.documents.uploads.archive import Archive
from courses.documents.uploads.markup import Handler, read
from courses.errors import Reason, Refused

PIECES = 20_000
SIGNS = 500_000
_SKIPPED = {"del", "moveFrom", "Fallback", "instrText", "sectPr"}
_HEADING = "heading "


class Styles(Handler):
    """Style → what it is: the level of a heading, and whether it is an item of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: dict[str, int] = {}
        self.items: dict[str, str] = {}
        self._now = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "style":
            self._now = attributes.get("styleId", "")
        elif name == "name" and self._now:
            called = value.lower()
            if called.startswith(_HEADING) and called.removeprefix(_HEADING).isdigit():
                self.levels[self._now] = int(called.removeprefix(_HEADING))
            elif called.startswith("list bullet"):
                self.items[self._now] = "-"
            elif called.startswith("list number"):
                self.items[self._now] = "1."

    def end(self, name: str) -> None:
        if name == "style":
            self._now = ""


class Numbering(Handler):
    """List → the sign of its items on the first level."""

    def __init__(self) -> None:
        super().__init__()
        self.signs: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._kind = self._list = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "abstractNum":
            self._kind = attributes.get("abstractNumId", "")
        elif name == "numFmt":
            self._kinds.setdefault(self._kind, "-" if value in ("bullet", "none") else "1.")
        elif name == "num":
            self._list = attributes.get("numId", "")
        elif name == "abstractNumId":
            self.signs[self._list] = self._kinds.get(value, "-")


class Body(Handler):
    """Collects the pieces: {"text", "level", "sign"} or {"rows"}. What was deleted while changes
    were tracked is left out; what stands in a text box comes after its paragraph."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        super().__init__()
        self.styles, self.numbering = styles, numbering
        self.pieces: list[dict[str, Any]] = []
        self.left = SIGNS
        self._open: list[dict[str, Any]] = []
        """Paragraphs: a text box opens one inside another."""
        self._boxed: list[dict[str, Any]] = []
        self._rows: list[list[list[str]]] = []
        """Tables: one can lie in a cell of another."""
        self._skipped = 0
        self._in_text = self._in_run = False
        self._is_bold = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipped or name in _SKIPPED:
            self._skipped += 1
            return
        value = attributes.get("val", "")
        if name == "p":
            self._open.append({"text": "", "level": 0, "sign": ""})
        elif name == "tbl":
            self._rows.append([])
        elif name == "tr" and self._rows:
            self._rows[-1].append([])
        elif name == "tc" and self._rows and self._rows[-1]:
            self._rows[-1][-1].append("")
        elif name == "r":
            self._in_run, self._is_bold = True, False
        elif self._open:
            self._in_paragraph(name, value)

    def _in_paragraph(self, name: str, value: str) -> None:
        now = self._open[-1]
        if name == "pStyle":
            now["level"] = self.styles.levels.get(value, 0)
            now["sign"] = self.styles.items.get(value, "")
        elif name == "numId":
            now["sign"] = "" if value == "0" else self.numbering.signs.get(value, "-")
        elif name == "outlineLvl" and value.isdigit() and int(value) < 9:
            now["level"] = int(value) + 1
        elif name == "b" and self._in_run:
            self._is_bold = value not in ("0", "false")
        elif name in ("br", "cr"):
            self._add("\n")
        elif name == "tab" and self._in_run:
            self._add("\t")
        elif name == "noBreakHyphen":
            self._add("-")
        elif name == "t":
            self._in_text = True

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name == "t":
            self._in_text = False
        elif name == "r":
            self._in_run = False
        elif name == "p" and self._open:
            self._end_paragraph(self._open.pop())
        elif name == "tbl" and self._rows:
            self._end_table(self._rows.pop())

    def characters(self, content: str) -> None:
        if self._in_text and not self._skipped:
            self._add(content)

    def _add(self, text: str) -> None:
        self.left -= len(text)
        if self.left < 0:
            raise Refused(Reason.UPLOAD_UNPACKS)
        if not self._open:
            return
        now = self._open[-1]
        if self._is_bold and text.strip() and not now["level"]:
            inner = text.strip()
            before, after = text[: text.index(inner)], text[text.index(inner) + len(inner) :]
            if now["text"].endswith("**"):  # the run before was bold, too
                now["text"] = now["text"][:-2] + before + inner + "**" + after
            else:
                now["text"] += f"{before}**{inner}**{after}"
        else:
            now["text"] += text

    def _end_paragraph(self, piece: dict[str, Any]) -> None:
        if self._rows and self._rows[-1] and self._rows[-1][-1]:
            cells = self._rows[-1][-1]
            text = piece["text"] if not piece["sign"] else f"{piece['sign']} {piece['text']}"
            cells[-1] = f"{cells[-1]}\n\n{text}".strip()
        elif self._open:  # a text box inside another paragraph
            self._boxed.append(piece)
        else:
            self._keep(piece)
            for one in self._boxed:
                self._keep(one)
            self._boxed = []

    def _end_table(self, rows: list[list[str]]) -> None:
        if self._rows and self._rows[-1] and self._rows[-1][-1]:
            cells = self._rows[-1][-1]
            inner = "\n".join(" · ".join(cell for cell in row if cell) for row in rows)
            cells[-1] = f"{cells[-1]}\n{inner}".strip()
        elif rows:
            self._keep({"rows": rows})

    def _keep(self, piece: dict[str, Any]) -> None:
        if len(self.pieces) == PIECES:
            raise Refused(Reason.UPLOAD_UNPACKS)
        self.pieces.append(piece)


def pieces_of(path: Path) -> list[dict[str, Any]]:
    """Return the paragraphs and tables of a Word document; Refused when it cannot be read."""
    styles, numbering = Styles(), Numbering()
    with Archive(path) as archive:
        for name, handler in (("word/styles.xml", styles), ("word/numbering.xml", numbering)):
            if name in archive.entries:
                read(_pieces(archive, name), handler)
        body = Body(styles, numbering)
        if "word/document.xml" not in archive.entries:
            raise Refused(Reason.UPLOAD_UNREADABLE)
        read(_pieces(archive, "word/document.xml"), body)
    return body.pieces


def _pieces(archive: Archive, name: str) -> Iterator[bytes]:
    return archive.pieces(archive.entries[name])
