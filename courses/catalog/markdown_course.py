"""What course texts add to Markdown: footnotes to facts, item links, asides, table captions."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

ADMONITIONS = ("note", "example", "task")
FACT = re.compile(r"\[\[fact:([\w.-]+)\]\]")
_WORDS = {
    "sv": {
        "source": "Källa",
        "table": "Tabell",
        "note": "Att tänka på",
        "example": "Påhittat exempel",
        "task": "Gör så här",
        "figure": "Figuren i ord",
    },
    "en": {
        "source": "Source",
        "table": "Table",
        "note": "To keep in mind",
        "example": "Invented example",
        "task": "Do this",
        "figure": "The figure in words",
    },
}
_LETTER_ADDRESS = "".join(f"{AMP_SUBSTITUTE}#{ord(sign)};" for sign in "mailto:")
_LEADS_SOMEWHERE = re.compile(
    rf"https?://|mailto:|{re.escape(_LETTER_ADDRESS)}|tel:|#|/(?![/\\\x02])", re.IGNORECASE
)
_CAPTION = re.compile(r"(?:Tabell|Table)\s*:\s*", re.IGNORECASE)


def words_in(language: str) -> Mapping[str, str]:
    """The few fixed words that stand inside a course text, in the text's own language."""
    return _WORDS.get(language, _WORDS["en"])


def slug(value: str, separator: str = "-") -> str:
    """Make an id of a heading: å and ä become a, ö becomes o."""
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    return "avsnitt-" + re.sub(r"[^a-z0-9]+", separator, plain).strip(separator)


class CourseMarkdown(Extension):
    """Everything our authors may write beyond plain Markdown."""

    def __init__(
        self, *, language: str, numbers: Mapping[str, int], link: Callable[[str], str]
    ) -> None:
        super().__init__()
        self.words = words_in(language)
        self.numbers = numbers
        self.link = link
        self.notes: dict[int, list[str]] = {}

    def extendMarkdown(self, md: Markdown) -> None:
        """Register with Markdown. A line of hyphens makes no heading: `## ` alone does."""
        md.parser.blockprocessors.deregister("setextheader")
        md.preprocessors.deregister("html_block")  # HTML is shown as it is written
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(_FactNote(self), "fact", 185)
        md.treeprocessors.register(_Notes(self.notes), "notes", 15)
        md.treeprocessors.register(_Links(self.link), "item_links", 5)
        md.treeprocessors.register(_Asides(self.words), "asides", 25)
        md.treeprocessors.register(_Tables(self.words), "captions", 4)


class _FactNote(InlineProcessor):
    """`[[fact:A1]]` becomes the number of its source."""

    def __init__(self, extension: CourseMarkdown) -> None:
        super().__init__(FACT.pattern)
        self.numbers = extension.numbers
        self.word = extension.words["source"]

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element, int, int]:
        """Give the citation its number; `_Notes` gives it an id."""
        number = str(self.numbers.get(m[1], "?"))
        note = etree.Element("sup", {"class": "fn"})
        link = etree.SubElement(
            note, "a", {"href": f"#kalla-{number}", "aria-label": f"{self.word} {number}"}
        )
        link.text = number
        return note, m.start(0), m.end(0)


class _Notes(Treeprocessor):
    """Give each citation an id of its own, so that the list can lead back to it, and say once
    what the same source is cited for in the same place. Markdown makes the inner parts of a
    text in an order of its own, so this waits until they stand as they are read."""

    def __init__(self, notes: dict[int, list[str]]) -> None:
        super().__init__()
        self.notes = notes

    def run(self, root: etree.Element) -> None:
        """Change the citations in place."""
        for parent in root.iter():
            said: set[str] = set()
            previous: etree.Element | None = None
            for child in list(parent):
                if not _is_note(child):
                    previous = None
                    continue
                if previous is None or (previous.tail or "").strip():
                    said.clear()
                number = child[0].text or ""
                if previous is not None and number in said:
                    previous.tail = (previous.tail or "") + (child.tail or "")
                    parent.remove(child)
                else:
                    said.add(number)
                    previous = child
        for note in filter(_is_note, root.iter("sup")):
            self._name(note[0])

    def _name(self, link: etree.Element) -> None:
        number = link.text or ""
        if number.isdecimal():
            ids = self.notes.setdefault(int(number), [])
            ids.append(f"fn-{number}" if not ids else f"fn-{number}-{len(ids) + 1}")
            link.set("id", ids[-1])


def _is_note(element: etree.Element) -> bool:
    return element.tag == "sup" and element.get("class") == "fn"


class _Links(Treeprocessor):
    """`item:L1.2` becomes the address of the item; what a link may not lead to, nothing."""

    def __init__(self, link: Callable[[str], str]) -> None:
        super().__init__()
        self.link = link

    def run(self, root: etree.Element) -> None:
        """Replace the addresses in place."""
        for anchor in root.iter("a"):
            href = anchor.get("href", "")
            if href.startswith("item:"):
                anchor.set("href", self.link(href.removeprefix("item:")))
            elif not _LEADS_SOMEWHERE.match(href):
                anchor.attrib.pop("href", None)


class _Asides(Treeprocessor):
    """Give an aside its role, and a title in the reader's language when the author gave none."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__()
        self.words = words

    def run(self, root: etree.Element) -> None:
        """Change the admonitions in place."""
        for block in root.iter("div"):
            classes = block.get("class", "").split()
            if "admonition" not in classes:
                continue
            block.set("role", "note")
            title = block.find("p[@class='admonition-title']")
            kind = next((one for one in ADMONITIONS if one in classes), None)
            if title is not None and kind and title.text == kind.capitalize():
                title.text = self.words[kind]


class _Tables(Treeprocessor):
    """Column headings get a scope, a paragraph «Tabell: …» above a table becomes its caption,
    and a table too wide for the screen can be scrolled with the keyboard."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__()
        self.word = words["table"]

    def run(self, root: etree.Element) -> None:
        """Change the tables in place."""
        for heading in root.iter("th"):
            heading.set("scope", "col")
        for parent in list(root.iter()):
            for child in list(parent):
                if child.tag == "table":
                    self._frame(parent, child)

    def _frame(self, parent: etree.Element, table: etree.Element) -> None:
        place = list(parent).index(table)
        label = self.word
        before = parent[place - 1] if place else None
        if before is not None and before.tag == "p" and _CAPTION.match(before.text or ""):
            parent.remove(before)
            place -= 1
            before.tag = "caption"
            before.text = _CAPTION.sub("", before.text or "", count=1)
            table.insert(0, before)
            label = "".join(before.itertext())
        parent.remove(table)
        frame = etree.Element(
            "div", {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": label}
        )
        frame.append(table)
        parent.insert(place, frame)
