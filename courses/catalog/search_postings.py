"""Which words stand where, packed: looking up the beginning of a word is a search by halves."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping

WHOLE_WORD = 5
"""What a hit is worth more when it is the word itself and not one that begins so."""


class Postings:
    """Word → numbers of what holds it, each with what a hit there is worth (under 256)."""

    def __init__(self, texts: Iterable[tuple[int, Mapping[str, int]]]) -> None:
        found: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, words in texts:
            for word, worth in words.items():
                found[word].append(number << 8 | worth)
        self._words = sorted(found)
        self._hits = [found[word] for word in self._words]

    def begins(self, start: str) -> bool:
        """Whether any word begins so."""
        at = bisect_left(self._words, start)
        return at < len(self._words) and self._words[at].startswith(start)

    def find(self, word: str, inside: bool) -> dict[int, int]:
        """Number → the most that a hit of the word there is worth."""
        best: dict[int, int] = {}
        for at in self._like(word, inside):
            extra = WHOLE_WORD if self._words[at] == word else 0
            for hit in self._hits[at]:
                number, worth = hit >> 8, (hit & 255) + extra
                if worth > best.get(number, 0):
                    best[number] = worth
        return best

    def _like(self, word: str, inside: bool) -> Iterable[int]:
        if inside:
            return [at for at, one in enumerate(self._words) if word in one]
        begin = bisect_left(self._words, word)
        if len(word) == 1:  # `modul 3`: a single sign is no beginning
            whole = begin < len(self._words) and self._words[begin] == word
            return range(begin, begin + whole)
        return range(begin, bisect_left(self._words, word + "\U0010ffff"))
