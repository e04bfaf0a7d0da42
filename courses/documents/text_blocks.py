"""What participants wrote, as blocks that a PDF or a Word document can be made of.

The text is read as the pages render it, so that it is the same headings, lists and emphasis.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from courses.catalog import render_user_text


@dataclass(frozen=True, kw_only=True)
class Run:
    """A stretch of text; a line break is one in it. `link` is where it leads, empty if nowhere;
    `language` is set where it is not the document's."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    language: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, kw_only=True)
class Block:
    """A paragraph; a heading of `level` 1 and down below the chapter's; or an item of a list.
    An item's `depth` counts from 1, its `number` is set in a numbered list."""

    runs: Runs
    level: int = 0
    depth: int = 0
    number: int | None = None

    @property
    def text(self) -> str:
        """The words without emphasis."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of cells under a header. Every cell is a few paragraphs. `widths` are the columns'
    shares of the page; without them they are alike."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[Block, ...], ...], ...]
    widths: tuple[int, ...] = ()


def plain(text: str) -> Block:
    """Return a paragraph of just these words."""
    return Block(runs=(Run(text=text),))


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return what was written as blocks; headings begin at level 1."""
    reader = _Reader()
    reader.feed(render_user_text(text, top=3))
    reader.close()
    return tuple(reader.finished())


@dataclass
class _List:
    is_numbered: bool
    count: int


@dataclass
class _State:
    runs: list[Run] = field(default_factory=list)
    level: int = 0
    depth: int = 0
    number: int | None = None


class _Reader(HTMLParser):
    """Reads what `render_user_text` wrote, and nothing else."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.lists: list[_List] = []
        self.now = _State()
        self.bold = self.italic = False
        self.link = ""

    def finished(self) -> Iterator[Block]:
        self._end()
        yield from self.blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("ul", "ol"):
            self._end()
            start = int(given.get("start") or 1)
            self.lists.append(_List(is_numbered=tag == "ol", count=start - 1))
        elif tag == "li":
            self._end()
            inner = self.lists[-1]
            inner.count += 1
            self.now.depth = len(self.lists)
            self.now.number = inner.count if inner.is_numbered else None
        elif tag in ("h3", "h4", "h5", "h6"):
            self._end()
            self.now.level = int(tag[1]) - 2
        elif tag == "p":
            self._end()
        elif tag == "br":
            self._add("\n")
        elif tag == "strong":
            self.bold = True
        elif tag == "em":
            self.italic = True
        elif tag == "a":
            self.link = given.get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._end()
            self.lists.pop()
        elif tag == "strong":
            self.bold = False
        elif tag == "em":
            self.italic = False
        elif tag == "a":
            self.link = ""
        elif tag in ("p", "li", "h3", "h4", "h5", "h6"):
            self._end()

    def handle_data(self, data: str) -> None:
        self._add(data.replace("\n", ""))

    def _add(self, text: str) -> None:
        if text:
            run = Run(text=text, bold=self.bold, italic=self.italic, link=self.link)
            self.now.runs.append(run)

    def _end(self) -> None:
        runs = tuple(self.now.runs)
        if "".join(run.text for run in runs).strip():
            self.blocks.append(
                Block(
                    runs=runs, level=self.now.level, depth=self.now.depth, number=self.now.number
                )
            )
        self.now = _State()
