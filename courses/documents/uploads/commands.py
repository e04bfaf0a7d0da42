"""What in a document's XML makes a reader's computer run or fetch something.

Looked for in what the parser gives, not in the bytes: a word can be written with references, in
pieces, or under any prefix, and office programs read it all the same.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from courses.documents.uploads.markup import Handler
from courses.errors import Reason, Refused

_FIELD = re.compile(r"^[\s\"]*(?:DDE|DDEAUTO|INCLUDETEXT)\b", re.IGNORECASE | re.MULTILINE)
_SCRIPT = re.compile(r"\s*(?:vnd\.sun\.star\.script:|macro:|javascript:|vbscript:)", re.IGNORECASE)
_ELEMENTS = {
    "ddelink", "dde-connection-decl", "dde-source", "applet", "macrosheet", "script",
    "foreignobject",
}
_FETCHING = {"object", "object-ole", "plugin", "floating-frame", "section-source", "image"}
_RELATIONS = {
    "attachedtemplate", "oleobject", "frame", "subdocument", "externallinkpath", "xlpathmissing",
    "afchunk", "control", "package", "mailmergesource", "mailmergeheadersource", "image",
}
_SHARE = re.compile(r"//|file:(?://(?![a-z]:)[^/]|////)|smb:|webdav")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:")


class Commands(Handler):
    """Refuses what runs or fetches; otherwise reads and keeps the commands of fields only."""

    def __init__(self) -> None:
        super().__init__()
        self.field: list[str] = []
        self.inside = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.inside += name == "instrText"
        if name == "fldChar" and attributes.get("fldCharType") == "begin":
            self.field.append("\n")
        if name == "fldSimple" and _FIELD.match(attributes.get("instr", "")):
            raise Refused(Reason.UPLOAD_MACROS)
        if name.lower() in _ELEMENTS or _refreshes(name, attributes):
            raise Refused(Reason.UPLOAD_MACROS)
        href = attributes.get("href", "")
        if _SCRIPT.match(href) or (name in _FETCHING and is_fetched(name, href)):
            raise Refused(Reason.UPLOAD_MACROS)

    def end(self, name: str) -> None:
        self.inside -= name == "instrText"

    def characters(self, content: str) -> None:
        if self.inside:
            self.field.append(content)

    def endDocument(self) -> None:
        if _FIELD.search("".join(self.field)):
            raise Refused(Reason.UPLOAD_MACROS)


class Drawing(Commands):
    """The same for a drawing (SVG), in which any element can react to what happens."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if any(one.lower().startswith("on") for one in attributes):
            raise Refused(Reason.UPLOAD_MACROS)


def refuse_fetched(elements: Iterator[tuple[str, dict[str, str]]]) -> None:
    """Refuse relations of a document by which a template, an object or a link is fetched."""
    for name, attributes in elements:
        if name != "Relationship" or attributes.get("TargetMode", "").lower() != "external":
            continue
        kind = attributes.get("Type", "").rpartition("/")[2].lower()
        if kind in _RELATIONS and is_fetched(kind, attributes.get("Target", "")):
            raise Refused(Reason.UPLOAD_MACROS)


def is_fetched(kind: str, target: str) -> bool:
    """Whether opening a document goes to another computer for `target`. A picture on the web
    may be one that was copied from a page; one on a share sends the reader's password hash."""
    place = unquote(target).strip().replace("\\", "/").lower()
    if _SHARE.match(place):
        return True
    return kind != "image" and not place.startswith("file:") and bool(_SCHEME.match(place))


def _refreshes(name: str, attributes: dict[str, str]) -> bool:
    """A sheet that asks another computer as soon as it is opened."""
    return name == "connection" and attributes.get("refreshOnLoad") in ("1", "true")
