"""XML from strangers, read as a stream: no document type, no entities, nothing from elsewhere."""

from collections.abc import Iterable
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces

from courses.errors import Reason, Refused

MAX_DEPTH = 500


class Handler(ContentHandler):
    """Counts how deep it goes; those who want more override."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Refused(Reason.UPLOAD_UNREADABLE)
        found = sorted(attrs.items(), key=lambda one: one[0][0] is None)
        # of two with one name the one without a prefix counts, as office programs have it
        self.start(name[1], {key[1]: value for key, value in found})

    def endElementNS(self, name: Any, qname: Any) -> None:
        self.depth -= 1
        self.end(name[1])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""


def read(pieces: Iterable[bytes], handler: Handler) -> None:
    """Give the elements of a document to `handler`; Refused when it is no sound XML."""
    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.sax import make_parser  # type: ignore[import-untyped]

    parser = make_parser()
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(handler)
    try:
        for piece in pieces:
            parser.feed(piece)
        parser.close()
    except (SAXException, DefusedXmlException, ValueError, LookupError) as error:
        raise Refused(Reason.UPLOAD_UNREADABLE) from error


def refuse_unsound(pieces: Iterable[bytes]) -> None:
    """Refuse what is not well-formed."""
    read(pieces, Handler())


def attributes_of(document: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a small document with their attributes."""
    found: list[tuple[str, dict[str, str]]] = []

    class Collect(Handler):
        def start(self, name: str, attributes: dict[str, str]) -> None:
            found.append((name, attributes))

    read([document], Collect())
    return found
