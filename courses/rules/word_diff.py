"""Which words a newer text has added to an older one, and which it has taken away.

Words that both texts have once are held fixed, in the longest order that they share; between them
the same is done again, and short stretches are compared word by word. That takes time in
proportion to the texts, whatever stands in them.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

DEPTH = 12
"""How many times a stretch is parted by words that are unique in it."""
CELLS = 4_000
"""A stretch with more pairs of words than this is taken as replaced."""
CRUMB = 2
"""Words that stand alone between changes."""
AROUND = 6
"""How many times as many words must have changed around them for them to count as changed."""
_WORD = re.compile(r"\S+\s*")

Change = Literal["same", "removed", "added"]
Part = tuple[Change, int, int]
"""A change, and from where to where: in the newer text, or for what is removed in the older."""


class Hunk(NamedTuple):
    """A stretch of both texts: from `a` to `b` in the older, from `c` to `d` in the newer."""

    is_changed: bool
    a: int
    b: int
    c: int
    d: int

    @property
    def size(self) -> int:
        """How many words it has in the text that has most."""
        return max(self.b - self.a, self.d - self.c)


@dataclass(frozen=True)
class Piece:
    """Words that stand together, with the space after them."""

    change: Change
    text: str


@dataclass(frozen=True)
class Comparison:
    """The newer text, with what was taken from the older one where it stood."""

    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        """Whether any word is new or gone; how it is spaced does not count."""
        return any(piece.change != "same" for piece in self.pieces)

    @cached_property
    def added(self) -> int:
        """How many words are new."""
        return self._count("added")

    @cached_property
    def removed(self) -> int:
        """How many words are gone."""
        return self._count("removed")

    def _count(self, change: Change) -> int:
        return sum(len(piece.text.split()) for piece in self.pieces if piece.change == change)


def word_diff(old: str, new: str) -> Comparison:
    """Return how `new` differs from `old`, word by word. The pieces that are the same or added
    are `new`; those that are the same or removed have the words of `old`."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    texts = {"same": after, "added": after, "removed": before}
    return Comparison(
        tuple(
            Piece(change, "".join(texts[change][start:end]))
            for change, start, end in _joined(_parts(_keys(before), _keys(after)))
        )
    )


def _keys(words: Sequence[str]) -> list[str]:
    return [word.rstrip() for word in words]


def _parts(old: list[str], new: list[str]) -> Iterator[Part]:
    """Compare stretch after stretch; a list of what is left stands in for recursion."""
    waiting = [(0, len(old), 0, len(new), DEPTH)]
    while waiting:
        a, b, c, d, depth = waiting.pop()
        while a < b and c < d and old[a] == new[c]:
            yield "same", c, c + 1
            a, c = a + 1, c + 1
        tail = 0
        while a < b and c < d and old[b - 1] == new[d - 1]:
            b, d, tail = b - 1, d - 1, tail + 1
        if tail:
            # equal from end to end, so that the first loop above gives all of it
            waiting.append((b, b + tail, d, d + tail, 0))
        if a == b or c == d:
            yield from _replaced(a, b, c, d)
        elif anchors := _anchors(old, new, (a, b, c, d)) if depth else []:
            stops = [*anchors, (b, d)]
            stretches = [
                (x, end_x, y, end_y, depth - 1)
                for (x, y), (end_x, end_y) in zip(anchors, stops[1:], strict=True)
            ]
            first = (a, anchors[0][0], c, anchors[0][1], depth - 1)
            waiting += [*reversed(stretches), first]
        elif (b - a) * (d - c) <= CELLS:
            yield from _by_word(old, new, (a, b, c, d))
        else:
            yield from _replaced(a, b, c, d)


def _replaced(a: int, b: int, c: int, d: int) -> Iterator[Part]:
    if a < b:
        yield "removed", a, b
    if c < d:
        yield "added", c, d


def _anchors(
    old: list[str], new: list[str], within: tuple[int, int, int, int]
) -> list[tuple[int, int]]:
    """Return where words stand that both stretches have once: the longest rising run."""
    a, b, c, d = within
    once = Counter(old[a:b])
    once_new = Counter(new[c:d])
    place = {old[x]: x for x in range(a, b) if once[old[x]] == 1 == once_new[old[x]]}
    pairs = [(place[new[y]], y) for y in range(c, d) if new[y] in place]
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (x, _y) in enumerate(pairs):
        length = bisect_left(ends, x)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(x)
            last.append(at)
        else:
            ends[length], last[length] = x, at
    found: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _by_word(
    old: list[str], new: list[str], within: tuple[int, int, int, int]
) -> Iterator[Part]:
    """The longest words in common of two short stretches."""
    a, b, c, d = within
    longest = [[0] * (d - c + 1) for _ in range(b - a + 1)]
    for x in range(b - 1, a - 1, -1):
        row, below = longest[x - a], longest[x - a + 1]
        for y in range(d - 1, c - 1, -1):
            row[y - c] = (
                below[y - c + 1] + 1 if old[x] == new[y] else max(below[y - c], row[y - c + 1])
            )
    x, y = a, c
    while x < b and y < d:
        if old[x] == new[y]:
            yield "same", y, y + 1
            x, y = x + 1, y + 1
        elif longest[x - a + 1][y - c] >= longest[x - a][y - c + 1]:
            yield "removed", x, x + 1
            x += 1
        else:
            yield "added", y, y + 1
            y += 1
    yield from _replaced(x, b, y, d)


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """What belongs together in one piece: all that is removed at a place, then all that is added
    there. A word or two that happen to be the same between longer changes are taken as changed:
    nobody reads a sentence in crumbs."""
    hunks: list[Hunk] = []
    for hunk in _hunks(parts):
        before = hunks[-2] if len(hunks) > 1 else None
        if hunk.is_changed and before and hunks[-1].size <= CRUMB:
            crumb = hunks[-1]
            if before.size + hunk.size >= AROUND * crumb.size:
                hunks[-2:] = [Hunk(True, before.a, hunk.b, before.c, hunk.d)]
                continue
        hunks.append(hunk)
    for hunk in hunks:
        if hunk.is_changed:
            yield from _replaced(hunk.a, hunk.b, hunk.c, hunk.d)
        else:
            yield "same", hunk.c, hunk.d


def _hunks(parts: Iterator[Part]) -> Iterator[Hunk]:
    """Runs of what is the same and of what is not, in turn."""
    a = c = x = y = 0  # where the run begins and where it has come to, in both texts
    was_changed = False
    for change, start, end in parts:
        is_changed = change != "same"
        if is_changed is not was_changed:
            if x > a or y > c:
                yield Hunk(was_changed, a, x, c, y)
            a, c, was_changed = x, y, is_changed
        if change != "added":
            x += end - start
        if change != "removed":
            y += end - start
    if x > a or y > c:
        yield Hunk(was_changed, a, x, c, y)
