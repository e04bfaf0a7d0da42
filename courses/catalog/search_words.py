"""What counts as the same word when somebody searches, and where the words stand in a text."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable

Segments = tuple[tuple[str, bool], ...]
"""A text cut where the hits are: pieces, and whether each is a hit."""

WORD = re.compile(r"[^\W_]+")
EXCERPT = 240
_OWN_LETTERS = "åäö"


def _base(letter: str) -> str:
    """é is e, but å, ä and ö are letters of their own."""
    low = letter.lower()
    if low in _OWN_LETTERS:
        return low
    first = unicodedata.normalize("NFD", low)[0]
    return first if len(low) == 1 else letter


_FOLDED = {code: _base(chr(code)) for code in range(0x00C0, 0x0250)}


def composed(text: str) -> str:
    """The text with each letter as one sign, so that folding keeps every place."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case without accents; as many signs as before."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    return low if low.isascii() else low.translate(_FOLDED)


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return WORD.findall(fold(composed(text)))


def finder(whole: Iterable[str], inside: Collection[str]) -> re.Pattern[str] | None:
    """Finds in a folded text the words that begin with any of these, or hold it inside; a single
    digit stands alone, and a single letter is not looked for: a marked «i» says nothing."""
    sought = [word for word in whole if len(word) > 1 or word.isdigit()]
    if not sought:
        return None
    ways = (
        f"[^\\W_]*({word})[^\\W_]*" if word in inside
        else f"({word})(?![^\\W_])" if len(word) == 1
        else f"({word})[^\\W_]*"
        for word in sorted(sought, key=len, reverse=True)
    )
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(ways)})")


def places(folded: str, sought: re.Pattern[str] | None) -> list[tuple[int, int, int]]:
    """Where the words stand: begin, end, which word; in order of the text."""
    if sought is None:
        return []
    return [
        (found.start(), found.end(), found.lastindex or 0) for found in sought.finditer(folded)
    ]


def marked(text: str, hits: list[tuple[int, int, int]]) -> Segments:
    """Cut the text where the hits are."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for begin, end, _ in hits:
        if begin > at:
            pieces.append((text[at:begin], False))
        pieces.append((text[begin:end], True))
        at = end
    if at < len(text):
        pieces.append((text[at:], False))
    return tuple(pieces)


def excerpt(text: str, hits: list[tuple[int, int, int]], length: int = EXCERPT) -> Segments:
    """The stretch of a text that holds the most of the words sought, cut between words."""
    if len(text) <= length:
        return marked(text, hits)
    begin = _densest(hits, length)
    if begin:
        begin = text.rfind(" ", 0, begin) + 1
    end = min(begin + length, len(text))
    if end < len(text):
        end = max(text.rfind(" ", begin, end), begin + length // 2)
    within = [
        (first - begin, last - begin, word)
        for first, last, word in hits
        if first >= begin and last <= end
    ]
    pieces = marked(text[begin:end], within)
    before = (("…\u00a0", False),) if begin else ()
    after = (("\u00a0…", False),) if end < len(text) else ()
    return (*before, *pieces, *after)


def _densest(hits: list[tuple[int, int, int]], length: int) -> int:
    """Where a stretch should begin: a little before the hit that most other words follow."""
    room = length * 2 // 3
    best, at, last = 0, 0, 0
    near: Counter[int] = Counter()
    for begin, _, word in hits:
        while last < len(hits) and hits[last][0] <= begin + room:
            near[hits[last][2]] += 1
            last += 1
        different = sum(1 for times in near.values() if times)
        if different > best:
            best, at = different, begin
        near[word] -= 1
    return max(at - length // 4, 0)
