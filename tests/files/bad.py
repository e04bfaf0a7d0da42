"""What a bad file is made of."""

from dataclasses import dataclass

from courses.errors import Reason
from tests.files.good import odt, odt_entries, ooxml, ooxml_entries, packed, pdf, picture

R = Reason
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
OFFICE = {"docx": ooxml("docx"), "pptx": ooxml("pptx"), "xlsx": ooxml("xlsx"), "odt": odt()}
ALL = {**OFFICE, "pdf": pdf(), "png": picture(), "jpg": picture("JPEG")}
OFFICE_ENTRIES = {
    **{kind: lambda kind=kind, **parts: ooxml_entries(kind, **parts)
       for kind in ("docx", "pptx", "xlsx")},
    "odt": odt_entries,
}


@dataclass(frozen=True)
class Bad:
    name: str
    content: bytes
    reasons: tuple[Reason, ...]
    """Any of these is right; for most there is one."""


def replaced(name: str, content: str | bytes) -> bytes:
    return packed([(n, content if n == name else c) for n, c in ooxml_entries("docx")])


def places_of(content: bytes, mark: bytes) -> list[int]:
    places, at = [], content.find(mark)
    while at >= 0:
        places.append(at)
        at = content.find(mark, at + 1)
    return places
