"""One broken course: what was changed, and the one remark that it must give."""

from dataclasses import dataclass

START = "01-start"
LESSON = f"{START}/lessons/1-broar.md"
LESSON_EN = f"{START}/lessons/1-broar.en.md"
FRAMES = f"{START}/lessons/2-ramar.md"
MODULE = f"{START}/module.md"
CHECK = f"{START}/check.toml"
CHECK_EN = f"{START}/check.en.toml"
ALONE = f"{START}/assignments/pu1.md"
ALONE_EN = f"{START}/assignments/pu1.en.md"
SELF = f"{START}/assignments/pu2.md"
JOINT = f"{START}/assignments/pgu1.md"
SVG = f"{START}/figures/bron.svg"
FIGURE = f"{START}/figures/bron.toml"
FIGURE_EN = f"{START}/figures/bron.en.toml"
PAGE = "pages/broblad.md"


@dataclass(frozen=True)
class Broken:
    """`old` becomes `new` in `file`; `at` is a text on the line that the remark names."""

    file: str
    old: str
    new: str
    at: str
    message: str
    remedy: str
    said_of: str = ""
    also: tuple[tuple[str, str, str], ...] = ()
    """Other errors that it leads to: file, text on the line, part of the message."""
    alone: bool = True


def line_of(path, text: str) -> int:
    """Return the line that `text` stands on."""
    lines = path.read_text("utf-8")
    return lines[: lines.index(text)].count("\n") + 1
