"""The kinds of files that are taken, by the ending of the name and by the first bytes."""

from pathlib import Path, PurePosixPath

from courses.errors import Reason, Refused

_OOXML = "application/vnd.openxmlformats-officedocument"
DOCX = f"{_OOXML}.wordprocessingml.document"
PPTX = f"{_OOXML}.presentationml.presentation"
XLSX = f"{_OOXML}.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"

MEDIA_TYPES = {
    "pdf": PDF, "docx": DOCX, "odt": ODT, "pptx": PPTX, "xlsx": XLSX, "png": PNG, "jpg": JPEG,
    "jpeg": JPEG,
}
"""Ending → media type. Nothing else is taken."""
MACRO_ENDINGS = {"docm", "dotm", "pptm", "potm", "ppsm", "xlsm", "xltm", "xlam"}
PICTURES = {PNG, JPEG}
ACCEPT = ",".join(f".{ending}" for ending in MEDIA_TYPES)
"""What a file field offers to choose."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIGNATURES = {
    PDF: b"%PDF-", PNG: b"\x89PNG\r\n\x1a\n", JPEG: b"\xff\xd8\xff",
    DOCX: _ZIP, PPTX: _ZIP, XLSX: _ZIP, ODT: _ZIP,
}


def extension_of(name: str) -> str:
    """Return a name's ending in small letters, without the dot."""
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def wanted_type(name: str) -> str:
    """Return the media type that a name promises; Refused when it is none that is taken."""
    ending = extension_of(name)
    if ending in MACRO_ENDINGS:
        raise Refused(Reason.UPLOAD_MACROS)
    if ending not in MEDIA_TYPES:
        raise Refused(Reason.UPLOAD_TYPE)
    return MEDIA_TYPES[ending]


def refuse_other_signature(path: Path, media_type: str) -> None:
    """Refuse a file whose first bytes are not those of its kind."""
    with path.open("rb") as file:
        head = file.read(16)
    if not head:
        raise Refused(Reason.UPLOAD_EMPTY)
    if head.startswith(SIGNATURES[media_type]):
        return
    if head.startswith(_OLE) and SIGNATURES[media_type] == _ZIP:
        raise Refused(Reason.UPLOAD_UNREADABLE)  # how Office locks a file with a password
    raise Refused(Reason.UPLOAD_MISMATCH)
