"""What can be read in an office document: every text in it, also notes and what is deleted."""

import re
from pathlib import Path

from courses.documents.uploads.archive import Archive
from courses.documents.uploads.kinds import DOCX, ODT, PDF, PPTX, XLSX
from courses.documents.uploads.markup import Handler, read
from courses.documents.uploads.pdf import pdf_text

_WITH_TEXT = {
    DOCX: re.compile(r"word/(?!theme/|media/)[^.]+\.xml"),
    PPTX: re.compile(r"ppt/(slides|notesSlides|comments|diagrams|charts)/[^/]+\.xml"),
    XLSX: re.compile(
        r"xl/(sharedStrings|comments\d*|(worksheets|drawings|threadedComments|diagrams)/[^/]+)\.xml"
    ),
    ODT: re.compile(r"(.+/)?(content|styles)\.xml"),
}
_TEXT = {"t", "delText", "v", "text"}
_LINES = {"p", "h", "row", "si", "br", "cr", "line-break", "comment", "pt"}
_GAPS = {"tab", "s", "c", "tc"}


class Enough(Exception):
    """The limit is reached."""


class Words(Handler):
    """Collects the text; in OpenDocument all that stands in the body, else in text elements."""

    def __init__(self, limit: int, *, all_text: bool) -> None:
        super().__init__()
        self.limit, self.all_text = limit, all_text
        self.parts: list[str] = []
        self.inside = 0
        self.is_reference = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.inside += name in _TEXT
        if name == "c":  # a cell of a sheet: its number, or the number of a shared text
            self.is_reference = attributes.get("t") == "s"
        if name in _LINES:
            self._add("\n")
        elif name in _GAPS:
            self._add("\t" if name != "s" else " ")

    def end(self, name: str) -> None:
        self.inside -= name in _TEXT

    def characters(self, content: str) -> None:
        if self.all_text or (self.inside and not self.is_reference):
            self._add(content)

    def _add(self, text: str) -> None:
        self.parts.append(text[: self.limit])
        self.limit -= len(text)
        if self.limit <= 0:
            raise Enough


def text_of(path: Path, media_type: str, limit: int) -> str:
    """Return at most `limit` characters of the text; of a picture none."""
    if media_type == PDF:
        return pdf_text(path, limit)
    if media_type not in _WITH_TEXT:
        return ""
    words = Words(limit, all_text=media_type == ODT)
    with Archive(path) as archive:
        for name, entry in archive.entries.items():
            if not _WITH_TEXT[media_type].fullmatch(name):
                continue
            words.depth = words.inside = 0
            words.is_reference = False
            try:
                read(archive.pieces(entry), words)
            except Enough:
                break
            words.parts.append("\n")
    return "".join(words.parts)
