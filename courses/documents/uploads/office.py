"""Documents of office programs: a ZIP with XML in it, without programs and other files."""

import re
from pathlib import Path

from courses.documents.uploads.archive import Archive, Entry
from courses.documents.uploads.commands import Commands, Drawing, refuse_fetched
from courses.documents.uploads.kinds import DOCX, PPTX, XLSX
from courses.documents.uploads.markup import attributes_of, read, refuse_unsound
from courses.errors import Reason, Refused

_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": DOCX,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": PPTX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": XLSX,
}
_MAIN_PART = re.compile(r"(word|ppt|xl)/[^/]+\.xml")
_ACTIVE_TYPE = re.compile(r"macroEnabled|vbaProject|activeX|macrosheet|dialogsheet", re.IGNORECASE)
LISTING = 2_000_000
"""Bytes that a list of parts may have."""
_PROGRAMS = re.compile(
    r"vbaproject|vbadata|(^|/)(activex|macros?|macrosheets|dialogsheets|basic|scripts)/|"
    r"\.(bas|cls|vb[es]|jse?|ws[cfh]|hta|exe|dll|scr|sct|bat|cmd|ps\w*1\w*|jar|com|lnk|url|pif|cpl"
    r"|msi|chm|iqy|inf|reg|xll|application|settingcontent-ms|py|html?|xhtml)$",
    re.IGNORECASE,
)
_ARCHIVES = (
    b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh",
    b"\xfd7zXZ\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"MZ", b"\x7fELF", b"MSCF",
    b"{\\rt", b"\xca\xfe\xba\xbe",
)
_LETTERS = re.compile(rb"\A(\xef\xbb\xbf)?\s*<")
_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_COMMANDS = re.compile(
    rb"vnd\.sun\.star\.script:|macro:|<ddeLink|instrText[^>]*>\s*\"?\s*DDE", re.IGNORECASE
)
PARSED = 20_000_000
"""Bytes of XML that are parsed before a file is taken; all that holds text is, later."""
_MARKUP = (".xml", ".rels", ".vml", ".rdf", ".svg")
TAIL = 200
"""Bytes kept from a piece, so that what lies across two pieces is found."""


def check_office(path: Path, media_type: str) -> None:
    """Refuse a document that is broken, locked, something else, or holds more than text,
    pictures and tables."""
    with Archive(path) as archive:
        found, main = _type_of(archive)
        if found != media_type:
            raise Refused(Reason.UPLOAD_MISMATCH)
        for name in archive.entries:
            if _PROGRAMS.search(name):
                raise Refused(Reason.UPLOAD_MACROS)
        if main not in archive.entries:
            raise Refused(Reason.UPLOAD_UNREADABLE)
        parsed = 0
        # the small ones first, so that nothing large keeps them from being parsed
        for entry in sorted(archive.entries.values(), key=lambda one: one.unpacked):
            parsed += entry.unpacked if entry.name.lower().endswith(_MARKUP) else 0
            _check_entry(archive, entry, is_parsed=parsed <= PARSED)
        for name in archive.entries:
            if name.lower().endswith(".rels"):
                refuse_fetched(iter(attributes_of(archive.content(name, LISTING))))


def _type_of(archive: Archive) -> tuple[str, str]:
    """Return what the document says that it is, and the part that it begins with; an archive
    that says nothing is refused."""
    if "[Content_Types].xml" in archive.entries:
        found, main = _ooxml_type(archive.content("[Content_Types].xml", LISTING))
        if main != _opened_first(archive.content("_rels/.rels", LISTING)):
            raise Refused(Reason.UPLOAD_UNREADABLE)  # it shows something else than it lists
        return found, main
    if "mimetype" not in archive.entries:
        raise Refused(Reason.UPLOAD_MISMATCH)
    said = archive.content("mimetype", 200).decode("ascii", "replace").strip()
    manifest = archive.content("META-INF/manifest.xml", LISTING)
    refuse_unsound([manifest])
    if b"encryption-data" in manifest:
        raise Refused(Reason.UPLOAD_UNREADABLE)
    return said, "content.xml"


def _ooxml_type(listing: bytes) -> tuple[str, str]:
    found, main = "", ""
    for name, attributes in attributes_of(listing):
        kind = attributes.get("ContentType", "")
        if name not in ("Override", "Default"):
            continue
        if _ACTIVE_TYPE.search(kind):
            raise Refused(Reason.UPLOAD_MACROS)
        if kind in _PARTS:
            found, main = _PARTS[kind], attributes.get("PartName", "").removeprefix("/")
    return found, main


def _opened_first(relations: bytes) -> str:
    """Return the part that office programs open; none when there are several, or it is no XML."""
    targets = {
        attributes.get("Target", "").removeprefix("/")
        for name, attributes in attributes_of(relations)
        if name == "Relationship" and attributes.get("Type", "").endswith("/officeDocument")
    }
    target = targets.pop() if len(targets) == 1 else ""
    return target if _MAIN_PART.fullmatch(target) else "no part"


def _check_entry(archive: Archive, entry: Entry, *, is_parsed: bool) -> None:
    """Read an entry through: counted, whole, no other file in it, no entities, no commands."""
    is_markup = entry.name.lower().endswith(_MARKUP)
    tail, is_first = b"", True
    for piece in archive.pieces(entry):
        is_markup = is_markup or (is_first and _LETTERS.match(piece) is not None)
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
        is_drawing = entry.name.lower().endswith(".svg")
        read(archive.pieces(entry), Drawing() if is_drawing else Commands())
