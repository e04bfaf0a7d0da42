"""Documents of office programs: a ZIP with XML in it, without programs and other files."""

import re
from pathlib import Path

from courses.documents.uploads.archive import Archive, Entry
from courses.documents.uploads.kinds import DOCX, ODT, PPTX, XLSX
from courses.documents.uploads.markup import attributes_of, refuse_unsound
from courses.errors import Reason, Refused

_MAIN = ".main+xml"
_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": DOCX,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": PPTX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": XLSX,
}
_NEEDED = {
    DOCX: "word/document.xml", PPTX: "ppt/presentation.xml", XLSX: "xl/workbook.xml",
    ODT: "content.xml",
}
LISTING = 2_000_000
"""Bytes that a list of parts may have."""
_PROGRAMS = re.compile(
    r"vbaproject|vbadata|(^|/)(activex|macros?|macrosheets|dialogsheets|basic|scripts)/|"
    r"\.(bas|cls|vbs|js|jse|wsf|hta|exe|dll|scr|bat|cmd|ps1|jar|com|lnk|html?|xhtml|svg)$",
    re.IGNORECASE,
)
_ARCHIVES = (
    b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh",
    b"\xfd7zXZ\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"MZ", b"\x7fELF", b"MSCF",
)
_LETTERS = re.compile(rb"\A(\xef\xbb\xbf)?\s*<")
_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_COMMANDS = re.compile(
    rb"vnd\.sun\.star\.script:|macro:|<ddeLink|instrText[^>]*>\s*\"?\s*DDE", re.IGNORECASE
)
_FETCHED = ("attachedTemplate", "oleObject", "frame", "subDocument", "externalLinkPath")
_ELSEWHERE = re.compile(r"(https?|ftp|file|mhtml|ms-\w+|smb):|\\\\|//", re.IGNORECASE)
PARSED = 20_000_000
"""Bytes of XML that are parsed before a file is taken; all that holds text is, later."""
_MARKUP = (".xml", ".rels", ".vml", ".rdf")
TAIL = 200
"""Bytes kept from a piece, so that what lies across two pieces is found."""


def check_office(path: Path, media_type: str) -> None:
    """Refuse a document that is broken, locked, something else, or holds more than text,
    pictures and tables."""
    with Archive(path) as archive:
        found = _type_of(archive)
        if found != media_type:
            raise Refused(Reason.UPLOAD_MISMATCH)
        for name in archive.entries:
            if _PROGRAMS.search(name):
                raise Refused(Reason.UPLOAD_MACROS)
        if _NEEDED[media_type] not in archive.entries:
            raise Refused(Reason.UPLOAD_UNREADABLE)
        parsed = 0
        for entry in archive.entries.values():
            parsed += entry.unpacked if entry.name.lower().endswith(_MARKUP) else 0
            _check_entry(archive, entry, is_parsed=parsed <= PARSED)
        for name in archive.entries:
            if name.endswith(".rels"):
                _refuse_fetched(archive.content(name, LISTING))


def _type_of(archive: Archive) -> str:
    """Return what the document says that it is; an archive that says nothing is refused."""
    if "[Content_Types].xml" in archive.entries:
        return _ooxml_type(archive.content("[Content_Types].xml", LISTING))
    if "mimetype" not in archive.entries:
        raise Refused(Reason.UPLOAD_MISMATCH)
    said = archive.content("mimetype", 200).decode("ascii", "replace").strip()
    manifest = archive.content("META-INF/manifest.xml", LISTING)
    refuse_unsound([manifest])
    if b"encryption-data" in manifest:
        raise Refused(Reason.UPLOAD_UNREADABLE)
    return said


def _ooxml_type(listing: bytes) -> str:
    found = ""
    for name, attributes in attributes_of(listing):
        kind = attributes.get("ContentType", "")
        if name not in ("Override", "Default"):
            continue
        if "macroEnabled" in kind or "vbaProject" in kind or "activeX" in kind:
            raise Refused(Reason.UPLOAD_MACROS)
        found = _PARTS.get(kind, found)
    return found


def _check_entry(archive: Archive, entry: Entry, *, is_parsed: bool) -> None:
    """Read an entry through: counted, whole, no other file in it, no entities, no commands."""
    is_markup = entry.name.lower().endswith(_MARKUP)
    tail, is_first = b"", True
    for piece in archive.pieces(entry):
        if is_first and is_markup and not _LETTERS.match(piece):
            raise Refused(Reason.UPLOAD_UNREADABLE)
        if is_first and not is_markup and piece.startswith(_ARCHIVES):
            raise Refused(Reason.UPLOAD_NESTED)
        if is_markup:
            joined = tail + piece
            if _ENTITIES.search(joined):
                raise Refused(Reason.UPLOAD_UNREADABLE)
            if _COMMANDS.search(joined):
                raise Refused(Reason.UPLOAD_MACROS)
            tail = joined[-TAIL:]
        is_first = False
    if is_markup and is_parsed:
        refuse_unsound(archive.pieces(entry))


def _refuse_fetched(relations: bytes) -> None:
    """Refuse a document that makes the reader's computer fetch a template or an object."""
    for name, attributes in attributes_of(relations):
        if name != "Relationship" or attributes.get("TargetMode") != "External":
            continue
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        is_fetched = kind.rpartition("/")[2] in _FETCHED
        if is_fetched and _ELSEWHERE.match(target) and not target.lower().startswith("file:///"):
            raise Refused(Reason.UPLOAD_MACROS)
