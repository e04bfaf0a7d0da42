"""Search in one edition of a course in one language: an index in memory, built on first use."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from courses.catalog.search_postings import Postings
from courses.catalog.search_words import (
    Segments,
    composed,
    excerpt,
    finder,
    fold,
    marked,
    places,
    words_of,
)

MOST_WORDS = 12
MOST_RESULTS = 20
MOST_PASSAGES = 3
LEAD = 160

# what a hit is worth by where it stands: the title > a word explained > a heading > the text
TITLE, TERM, HEADING, TEXT = 80, 60, 40, 10
MOST_COUNTED = 8
"""A word that stands often in a text counts a little more, up to this many times."""


class ThingKind(StrEnum):
    """What can be found."""

    MODULE = "module"
    LESSON = "lesson"
    CHECK = "check"
    ASSIGNMENT = "assignment"
    WORD = "word"
    PAGE = "page"


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A stretch of text under one heading (both may be empty) and its id on the page."""

    heading: str
    anchor: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Thing:
    """What a result leads to. `language` is that of its text, `module_id` "" outside modules,
    `item_id` the lesson that explains a word; `also` has words that find it as its title does
    and are not shown."""

    kind: ThingKind
    item_id: str
    module_id: str
    title: str
    address: str
    language: str
    passages: tuple[Passage, ...]
    also: str = ""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A passage with the hits marked."""

    heading: Segments
    text: Segments
    address: str


@dataclass(frozen=True, kw_only=True)
class Result:
    """One thing found. `more` passages fit the words besides those that are shown."""

    thing: Thing
    title: Segments
    passages: tuple[Shown, ...]
    more: int


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a search gave. `words` are those that were looked for, `left_out` whether there were
    more of them than that, `total` all things found; the best of them are in `results`."""

    words: tuple[str, ...]
    left_out: bool
    results: tuple[Result, ...]
    total: int

    @property
    def is_too_short(self) -> bool:
        """Whether there is nothing to look for but single letters."""
        return all(len(word) < 2 for word in self.words)


class SearchIndex:
    """Every word of the things given → where it stands. Never changes once built."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self.things = tuple(things)
        self._places = tuple(
            (number, passage)
            for number, thing in enumerate(self.things)
            for passage in thing.passages
        )
        self._folded = [fold(passage.text) for _, passage in self._places]
        first = 0
        self._first: list[int] = []
        for thing in self.things:
            self._first.append(first)
            first += len(thing.passages)
        self._titles = Postings(
            (number, dict.fromkeys(words_of(f"{thing.title} {thing.also}"), 1))
            for number, thing in enumerate(self.things)
        )
        self._texts = Postings(
            (number, _worth(passage)) for number, (_, passage) in enumerate(self._places)
        )

    def find(self, query: str, *, most: int = MOST_RESULTS) -> Answer:
        """Return the things that have all the words, the best first; a word also finds those
        that begin with it or, when none does, those that hold it inside."""
        asked = list(dict.fromkeys(words_of(query)))
        words = tuple(asked[:MOST_WORDS])
        left_out = len(asked) > MOST_WORDS
        nothing = Answer(words=words, left_out=left_out, results=(), total=0)
        if nothing.is_too_short:
            return nothing
        inside = {word for word in words if not self._begins(word)}
        scores = self._score(words, inside)
        best = {thing: max(scored.values())[0] for thing, scored in scores.items()}
        ranked = sorted(best, key=lambda thing: (-best[thing], thing))
        sought = finder(words, inside)
        return Answer(
            words=words,
            left_out=left_out,
            results=tuple(self._result(n, scores[n], sought) for n in ranked[:most]),
            total=len(ranked),
        )

    def _begins(self, word: str) -> bool:
        return len(word) < 4 or self._titles.begins(word) or self._texts.begins(word)

    def _score(
        self, words: Sequence[str], inside: set[str]
    ) -> dict[int, dict[int, tuple[int, int]]]:
        """Thing → passage → (score with the title's hits, score of its own)."""
        titles = [self._titles.find(word, word in inside) for word in words]
        texts = [self._texts.find(word, word in inside) for word in words]
        fitting: set[int] | None = None
        for in_title, in_text in zip(titles, texts, strict=True):
            having = set(in_text)
            for thing in in_title:
                having.update(self._passages(thing))
            fitting = having if fitting is None else fitting & having
        found: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
        for place in fitting or ():
            thing = self._places[place][0]
            term = TERM if self.things[thing].kind is ThingKind.WORD else TITLE
            own = sum(scored.get(place, 0) for scored in texts)
            title = sum(term + scored[thing] - 1 for scored in titles if thing in scored)
            found[thing][place] = (title + own, own)
        return found

    def _passages(self, thing: int) -> range:
        first = self._first[thing]
        return range(first, first + len(self.things[thing].passages))

    def _result(
        self,
        number: int,
        scored: Mapping[int, tuple[int, int]],
        sought: re.Pattern[str] | None,
    ) -> Result:
        thing = self.things[number]
        own = sorted(
            (place for place in scored if scored[place][1]),
            key=lambda place: (-scored[place][1], place),
        )
        best = own[:MOST_PASSAGES]
        shown = [self._shown(thing, place, sought) for place in best]
        if not shown and (lead := thing.passages[0]).text:
            shown = [
                Shown(heading=(), text=excerpt(lead.text, [], LEAD), address=thing.address)
            ]
        title = composed(thing.title)
        return Result(
            thing=thing,
            title=marked(title, places(fold(title), sought)),
            passages=tuple(shown),
            more=len(own) - len(best),
        )

    def _shown(
        self, thing: Thing, place: int, sought: re.Pattern[str] | None
    ) -> Shown:
        passage = self._places[place][1]
        heading, text = passage.heading, passage.text
        return Shown(
            heading=marked(heading, places(fold(heading), sought)),
            text=excerpt(text, places(self._folded[place], sought)),
            address=f"{thing.address}#{passage.anchor}" if passage.anchor else thing.address,
        )


def _worth(passage: Passage) -> dict[str, int]:
    """Word → what a hit in this passage is worth."""
    counted = Counter(words_of(passage.text))
    worth = {word: TEXT + min(times, MOST_COUNTED) for word, times in counted.items()}
    return worth | dict.fromkeys(words_of(passage.heading), HEADING)
