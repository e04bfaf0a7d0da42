"""PDF files: opened as a whole, without programs, forms that send, or other files in them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from courses.errors import Reason, Refused

MAX_OBJECTS = 150_000
MAX_PAGES = 2_000
_HEAD = re.compile(rb"%PDF-[12]\.\d[\r\n ]")
_TAIL = re.compile(rb"%%EOF[\s\0]*\Z")
_FILES = {"/EmbeddedFile", "/EmbeddedFiles", "/EF", "/RichMediaContent"}
_PROGRAMS = {"/JS", "/JavaScript", "/XFA", "/RichMediaSettings", "/OnInstantiate"}
_ANNOTATIONS = {"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
_ACTIONS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition",
    "/RichMediaExecute", "/Sound", "/Movie",
}


def open_pdf(path: Path) -> Any:
    """Return pypdf's reader of a PDF that is whole and not locked; Refused otherwise."""
    from pypdf import PdfReader

    with path.open("rb") as file:
        head = file.read(16)
        file.seek(-min(path.stat().st_size, 1_024), 2)
        tail = file.read()
    if not _HEAD.match(head) or not _TAIL.search(tail):
        raise Refused(Reason.UPLOAD_UNREADABLE)
    reader = PdfReader(path, xref_stream_maximum_entries=MAX_OBJECTS)
    if reader.is_encrypted:
        raise Refused(Reason.UPLOAD_UNREADABLE)
    return reader


def check_pdf(path: Path) -> None:
    """Refuse a PDF that is broken, locked, or does more than show pages."""
    reader = open_pdf(path)
    places = [
        (number, generation)
        for generation, numbers in reader.xref.items()
        for number in numbers
    ] + [(number, 0) for number in reader.xref_objStm]
    if len(places) > MAX_OBJECTS:
        raise Refused(Reason.UPLOAD_UNREADABLE)
    if not 0 < len(reader.pages) <= MAX_PAGES:
        raise Refused(Reason.UPLOAD_UNREADABLE)
    _refuse_active(reader.trailer)
    _refuse_going_elsewhere(reader.trailer["/Root"].get_object())
    for number, generation in places:
        if number:
            _refuse_active(_object(reader, number, generation))
    for page in reader.pages:
        _ = page.mediabox


def _object(reader: Any, number: int, generation: int) -> Any:
    from pypdf.errors import PdfReadError
    from pypdf.generic import IndirectObject

    try:
        return IndirectObject(number, generation, reader).get_object()
    except PdfReadError:  # a free place that the table still names: nobody reaches it
        return None


def _refuse_active(root: Any) -> None:
    """Look through one object and what lies directly in it, not what it points at."""
    from pypdf.generic import DictionaryObject, StreamObject

    waiting: list[Any] = [root]
    while waiting:
        one: Any = waiting.pop()
        if isinstance(one, DictionaryObject):
            keys = set(one.keys())
            kind = _word(one, "/Subtype")
            if keys & _FILES or "/EmbeddedFile" in (_word(one, "/Type"), kind):
                raise Refused(Reason.UPLOAD_NESTED)
            if kind == "/FileAttachment":
                raise Refused(Reason.UPLOAD_NESTED)
            if keys & _PROGRAMS or _word(one, "/S") in _ACTIONS or kind in _ANNOTATIONS:
                raise Refused(Reason.UPLOAD_ACTIVE)
            if isinstance(one, StreamObject) and keys & {"/F", "/Ref"}:
                raise Refused(Reason.UPLOAD_ACTIVE)  # its content lies on another computer
            if _word(one, "/URI").strip().lower().startswith(("javascript:", "file:", "\\\\")):
                raise Refused(Reason.UPLOAD_ACTIVE)
            waiting.extend(one.raw_get(key) for key in keys)
        elif isinstance(one, list):
            waiting.extend(list.__iter__(one))


def _refuse_going_elsewhere(root: Any) -> None:
    """Refuse what goes to an address as soon as it is opened."""
    opened = root.get("/OpenAction")
    opened = opened.get_object() if opened is not None else None
    if isinstance(opened, dict) and _word(opened, "/S") in ("/URI", "/Thread"):
        raise Refused(Reason.UPLOAD_ACTIVE)


def _word(one: Any, key: str) -> str:
    value = _followed(one, key)
    return value if isinstance(value, str) else ""


def _followed(one: Any, key: str) -> Any:
    return one[key] if key in one else None  # noqa: SIM401 - `get` does not follow references


def pdf_text(path: Path, limit: int) -> str:
    """Return the text of the pages, and what is filled in on them, at most `limit` characters."""
    parts: list[str] = []
    left = limit
    for page in open_pdf(path).pages:
        text = "\n".join([page.extract_text(), *_filled_in(page)])
        parts.append(text[:left])
        left -= len(text) + 1
        if left <= 0:
            break
    return "\f".join(parts)


def _filled_in(page: Any) -> Iterator[str]:
    """Yield what stands in the fields and notes of a page."""
    notes = _followed(page, "/Annots")
    for one in notes if isinstance(notes, list) else ():
        note = one.get_object()
        if isinstance(note, dict):
            for place in (note, _followed(note, "/Parent")):
                if isinstance(place, dict):
                    yield from filter(None, (_word(place, "/V"), _word(place, "/Contents")))
