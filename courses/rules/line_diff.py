"""What differs between two texts, line by line, with a little of what stands around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

AROUND = 2
"""Lines shown before and after what differs."""
MOST = 400
"""Lines of difference that are shown; nobody reads more."""
LONG = 3_000
"""Lines; in a longer text those that stand everywhere are not aligned with each other."""
ALIKE = 0.5
"""How much two lines must have in common for their words to be compared."""
LONGEST = 5_000
"""Signs of a line whose words are compared."""
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")

Change = Literal["same", "removed", "added"]
Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: how it differs, its number in the text that has it, and its words."""

    change: Change
    number: int
    text: str
    pieces: Pieces = ()
    """The line cut where it differs from the line that it stands for: (text, is it other)."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Pieces of two texts where they differ, each a run of lines; how many were left out."""

    pieces: tuple[tuple[Line, ...], ...]
    left_out: int

    @property
    def added(self) -> int:
        """How many of the shown lines are new."""
        return sum(1 for piece in self.pieces for line in piece if line.change == "added")

    @property
    def removed(self) -> int:
        """How many of the shown lines are gone."""
        return sum(1 for piece in self.pieces for line in piece if line.change == "removed")


def line_diff(old: str, new: str) -> Difference:
    """Return where `new` differs from `old`."""
    before, after = old.splitlines(), new.splitlines()
    # a line that stands a thousand times in a long text would cost its square to align
    matcher = SequenceMatcher(None, before, after, autojunk=len(after) > LONG)
    pieces, shown, left_out = [], 0, 0
    for group in matcher.get_grouped_opcodes(AROUND):
        piece = tuple(_lines(group, before, after))
        if shown + len(piece) > MOST:
            left_out += len(piece) - max(MOST - shown, 0)
            piece = piece[: max(MOST - shown, 0)]
        shown += len(piece)
        if piece:
            pieces.append(piece)
    return Difference(pieces=tuple(pieces), left_out=left_out)


def _lines(
    group: list[tuple[str, int, int, int, int]], before: list[str], after: list[str]
) -> Iterator[Line]:
    for tag, old_from, old_to, new_from, new_to in group:
        if tag == "equal":
            for place in range(new_from, new_to):
                yield Line(change="same", number=place + 1, text=after[place])
            continue
        gone, new = before[old_from:old_to], after[new_from:new_to]
        cut = [_cut(one, other) for one, other in zip(gone, new, strict=False)]
        for place, text in enumerate(gone):
            pieces = cut[place][0] if place < len(cut) else ()
            yield Line(change="removed", number=old_from + place + 1, text=text, pieces=pieces)
        for place, text in enumerate(new):
            pieces = cut[place][1] if place < len(cut) else ()
            yield Line(change="added", number=new_from + place + 1, text=text, pieces=pieces)


def _cut(old: str, new: str) -> tuple[Pieces, Pieces]:
    """Two lines cut where their words differ; whole when they have little in common."""
    if max(len(old), len(new)) > LONGEST:
        return (), ()
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    # a line that stands a thousand times in a long text would cost its square to align
    matcher = SequenceMatcher(None, before, after, autojunk=len(after) > LONG)
    if matcher.ratio() < ALIKE:
        return (), ()
    codes = matcher.get_opcodes()
    return (
        tuple(("".join(before[a:b]), tag != "equal") for tag, a, b, _, _ in codes if b > a),
        tuple(("".join(after[c:d]), tag != "equal") for tag, _, _, c, d in codes if d > c),
    )
