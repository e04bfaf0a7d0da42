"""How hard a text is to read: LIX, long sentences and links that do not say where they lead.

LIX, läsbarhetsindex, is C.-H. Björnsson's (Läsbarhet, Liber, Stockholm 1968): words per sentence
plus the share in per cent of words of more than six letters. Below 40 reads easily, above 50 is
the language of authorities.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONG_WORD = 6
"""Letters; a longer word is a long word."""

_MARKERS = re.compile(r"\[\[[^\[\]]*\]\]")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^)\n]{0,2000}\)")
_ANCHOR = re.compile(r"(?<!!)\[([^\[\]]*)\]\([^)\n]{0,2000}\)")
_SIGNS = re.compile(r"[*`_]+")
_WORD = re.compile(r"[^\W_]+(?:[-'’.:/][^\W_]+)*")
_ABBREVIATED = r"(?<!\bkl)(?<!\bnr)(?<!\bca)(?<!\bkap)(?<!\bno)"
_END = re.compile(
    _ABBREVIATED
    + r"[.!?…][\"”’)*_]*(?:\[\[[^\[\]]*\]\])*(?=\s+[\"”“(*_]*[A-ZÅÄÖ0-9])"
)
_BEGINS_BLOCK = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+|\s*>\s?|\s*!!!")
_NO_SENTENCE = re.compile(r"\s*(?:#{1,6}\s|\||```|$)")
_TABLE_CAPTION = re.compile(r"(?:Tabell|Table)\s*:", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence without markup, with the line that it begins on."""

    line: int
    text: str

    @property
    def words(self) -> list[str]:
        """Its words."""
        return _WORD.findall(self.text)


def sentences(lines: Iterable[tuple[int, str]]) -> Iterator[Sentence]:
    """Cut numbered lines of Markdown into sentences. Headings and tables are none."""
    for block in _blocks(lines):
        starts, text = [], ""
        for _, line in block:
            starts.append(len(text))
            text += line.strip() + " "
        begin = 0
        for end in [*(found.end() for found in _END.finditer(text)), len(text)]:
            raw = text[begin:end]
            skipped = len(raw) - len(raw.lstrip())
            if plain := _plain(raw):
                place = bisect_right(starts, begin + skipped) - 1
                yield Sentence(line=block[place][0], text=plain)
            begin = end


def lix(found: Iterable[Sentence]) -> float:
    """Return the readability index of some sentences; 0 when there are no words."""
    listed = [one.words for one in found]
    words = [word for sentence in listed for word in sentence]
    if not words:
        return 0.0
    long = sum(1 for word in words if len(word) > LONG_WORD)
    return len(words) / sum(1 for one in listed if one) + 100 * long / len(words)


def link_texts(line: str) -> list[str]:
    """Return what the links of a line say, in small letters and without signs."""
    return [
        _SIGNS.sub("", text).strip(" .:»›>→").lower()
        for text in _ANCHOR.findall(line)
    ]


def _blocks(lines: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    block: list[tuple[int, str]] = []
    for number, line in lines:
        bare = _MARKERS.sub("", line)
        ends = _NO_SENTENCE.match(bare) or _TABLE_CAPTION.match(bare)
        begins = _BEGINS_BLOCK.match(line)
        if (ends or begins) and block:
            yield block
            block = []
        if begins and begins[0].strip() == "!!!":
            continue
        if not ends:
            block.append((number, line[begins.end() :] if begins else line))
    if block:
        yield block


def _plain(text: str) -> str:
    return " ".join(_SIGNS.sub("", _LINK.sub(r"\1", _MARKERS.sub("", text))).split())
