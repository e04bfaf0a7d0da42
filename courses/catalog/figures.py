"""Figures: drawings in SVG whose words lie beside them, so that they can be translated."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

SHAPES = ("rect", "circle", "ellipse", "line", "polyline", "polygon", "path")
ELEMENTS = {"svg", "g", *SHAPES, "text", "tspan"}
AREAS = ("f-box", "f-soft", "f-soft2", "f-accent", "f-line", "f-dash", "f-arrow")
CLASSES = {*AREAS, "f-text", "f-strong", "f-small", "f-on", "f-mid"}
WIDTH = 340
LINE, SMALL_LINE = 15, 13
MAX_DEPTH = 12

PLACEHOLDER = re.compile(r"\s*\{\{\s*([\w-]+)\s*\}\}\s*")
FIGURE = re.compile(r"^\[\[figure:([\w.-]+)\]\][ \t]*$", re.MULTILINE)

_NUMBER = r"-?(\d+(\.\d*)?|\.\d+)"  # one way to read each, or a long one takes hours
_NUMBERS = rf"\s*{_NUMBER}([\s,]+{_NUMBER})*\s*"
_ONE = re.compile(_NUMBER)
_MOVE = rf"(translate|rotate|scale)\({_NUMBERS}\)"
ATTRIBUTES: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("x", "y", "dx", "dy", "x1", "y1", "x2", "y2", "cx", "cy"), _ONE),
    **dict.fromkeys(("r", "rx", "ry", "width", "height"), _ONE),
    "viewBox": re.compile(rf"0 0 {WIDTH} [1-9]\d*"),
    "xmlns": re.compile(r"http://www\.w3\.org/2000/svg"),
    "class": re.compile(r"[a-z0-9 -]*"),
    "transform": re.compile(rf"\s*{_MOVE}(\s+{_MOVE})*\s*"),
    "points": re.compile(_NUMBERS),
    "d": re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE.,\s-]+"),
    "text-anchor": re.compile(r"start|middle|end"),
}

Remark = Callable[[int, str, str], None]
"""Says what is wrong: the line, the message, the remedy."""
Texts = Mapping[str, str | tuple[str, ...]]


@dataclass
class Element:
    """One element of a drawing, with the line that it stands on."""

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def walk(self) -> list["Element"]:
        """The element and everything inside it, in order."""
        return [self, *(one for child in self.children for one in child.walk())]

    @property
    def classes(self) -> list[str]:
        """The classes that give it colours and type."""
        return self.attributes.get("class", "").split()

    @property
    def key(self) -> str | None:
        """The name of the text that stands in it."""
        found = PLACEHOLDER.fullmatch(self.text)
        return found[1] if found else None


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure in one language. `alt` says the whole of it in words."""

    id: str
    title: str
    alt: str
    in_language: str
    digest: str
    svg: str = field(repr=False)
    words: str = field(repr=False)
    """What the words under the figure are called, in its language."""

    def html(self, around: str = "") -> str:
        """The figure with its caption and its words, for a text in the language `around`."""
        lang = f' lang="{self.in_language}"' if around and around != self.in_language else ""
        return (
            f'<figure class="fig" id="figur-{self.id}"{lang}>{self.svg}'
            f"<figcaption><p>{escape(self.title)}</p>"
            f"<details><summary>{escape(self.words)}</summary><p>{escape(self.alt)}</p></details>"
            "</figcaption></figure>"
        )


def read_svg(raw: bytes, remark: Remark) -> Element | None:
    """Read a drawing and hold it against what is allowed; None when it cannot be drawn."""
    reader = _Reader(remark)
    try:
        reader.parser.Parse(raw, True)
    except expat.ExpatError as error:
        remark(
            error.lineno,
            f"Bilden går inte att läsa som SVG ({expat.ErrorString(error.code)}).",
            "Kontrollera att varje element avslutas och att & skrivs &amp;.",
        )
        return None
    except (LookupError, ValueError):
        remark(1, "Bilden är skriven i en okänd teckenkodning.", "Spara om filen som UTF-8.")
        return None
    except _Stop:
        return None
    root = reader.root
    if root is None or root.tag != "svg" or "viewBox" not in root.attributes:
        remark(
            1,
            "Bilden börjar inte med <svg> och viewBox.",
            f'Skriv <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} 200">.',
        )
        return None
    return None if reader.failed else root


class _Stop(Exception):
    """What was met is never read further."""


class _Reader:
    def __init__(self, remark: Remark) -> None:
        self.parser = parser = expat.ParserCreate()
        self.remark = remark
        self.root: Element | None = None
        self.open: list[Element] = []
        self.failed = False
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self.doctype
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber

    def wrong(self, message: str, remedy: str) -> None:
        self.failed = True
        self.remark(self.line, message, remedy)

    def doctype(self, *_of: object) -> None:
        self.wrong("Bilden har en DOCTYPE.", "Ta bort raden som börjar med <!DOCTYPE.")
        raise _Stop

    def instruction(self, target: str, data: str) -> None:
        self.wrong(f"Bilden har en instruktion, <?{target}.", "Ta bort den.")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag not in ELEMENTS or (tag == "svg") != (not self.open):
            self.wrong(
                f"Elementet <{tag}> går inte att använda här.",
                f"Använd {', '.join(sorted(ELEMENTS - {'svg'}))} inom ett enda <svg>.",
            )
        for name, value in attributes.items():
            self.attribute(name, value)
        element = Element(tag, attributes, self.line)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)
        if len(self.open) > MAX_DEPTH:
            self.wrong("Bilden har för många element inuti varandra.", "Ta bort några <g>.")
            raise _Stop

    def attribute(self, name: str, value: str) -> None:
        if name not in ATTRIBUTES:
            self.wrong(
                f"Attributet «{name}» går inte att använda.",
                "Ta bort det. Färger och typsnitt kommer av klasserna f-…; mått av x, y och r.",
            )
        elif not ATTRIBUTES[name].fullmatch(value):
            says = f'Skriv viewBox="0 0 {WIDTH} 200".' if name == "viewBox" else "Rätta det."
            self.wrong(f"Attributet «{name}» har fel form: «{value}».", says)
        elif name == "class" and (unknown := set(value.split()) - CLASSES):
            self.wrong(
                f"Klassen «{min(unknown)}» är okänd.",
                f"Använd något av: {', '.join(sorted(CLASSES))}.",
            )

    def end(self, tag: str) -> None:
        element = self.open.pop()
        if not element.text.strip():
            element.text = ""
        elif element.tag not in ("text", "tspan") or element.key is None:
            self.failed = True
            self.remark(
                element.line,
                f"Bilden har en egen text, «{' '.join(element.text.split())}».",
                "Flytta texten till [texts] och skriv <text …>{{nyckel}}</text>.",
            )

    def text(self, data: str) -> None:
        if self.open:
            self.open[-1].text += data
        if self.open and data.strip() and self.open[-1].children:
            self.wrong(
                "Text och element står blandade.", "Ge varje text ett eget element <text>."
            )


def draw(root: Element, title: str, texts: Texts) -> str:
    """Return the drawing as inline SVG with its texts; a list becomes lines under each other."""
    return _draw(root, texts, label=title)


def _draw(element: Element, texts: Texts, label: str = "", x: str = "0") -> str:
    given = {name: value for name, value in element.attributes.items() if name != "xmlns"}
    if element.tag == "svg":
        given |= {"role": "img", "aria-label": label}
    opened = "".join(f' {name}="{escape(" ".join(v.split()))}"' for name, v in given.items())
    x = given.get("x", x)
    inside = "".join(_draw(child, texts, x=x) for child in element.children)
    if element.key is not None:
        text = texts.get(element.key, "")
        if isinstance(text, str):
            inside = escape(text)
        else:
            step = SMALL_LINE if "f-small" in element.classes else LINE
            inside = "".join(
                f'<tspan x="{x}" dy="{step if place else 0}">{escape(line)}</tspan>'
                for place, line in enumerate(text)
            )
    return f"<{element.tag}{opened}>{inside}</{element.tag}>"
