"""What a text's statements rest on: facts, and the list of sources at its foot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from string import ascii_lowercase
from typing import Literal
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A statement with its source. `as_of` is when the source said it or was checked."""

    id: str
    claim: str
    source: str
    url: str
    as_of: date
    status: Literal["verified", "unverified"]
    review_by: date


@dataclass(frozen=True, kw_only=True)
class Source:
    """One line of a list of sources: what a text has from one place. `notes` are the ids of the
    footnote numbers in the text that lead to it, in the order they are read."""

    number: int
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """The id that a footnote number in the text leads to."""
        return f"kalla-{self.number}"

    @property
    def name(self) -> str:
        """Who says it, and where."""
        return self.facts[0].source

    @property
    def url(self) -> str:
        """The address to read it at; empty when there is none."""
        return self.facts[0].url

    @property
    def host(self) -> str:
        """The site that the address belongs to, as people say it."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")

    @property
    def dates(self) -> tuple[date, ...]:
        """When the statements hold, each date once, the earliest first."""
        return tuple(sorted({fact.as_of for fact in self.facts}))

    @property
    def review_by(self) -> date:
        """When the first of the statements should be checked again."""
        return min(fact.review_by for fact in self.facts)

    @property
    def ways_back(self) -> tuple[tuple[str, str], ...]:
        """A letter for each place in the text, with the place's id; numbers when letters end."""
        return tuple(
            (ascii_lowercase[place] if place < len(ascii_lowercase) else str(place + 1), note)
            for place, note in enumerate(self.notes)
        )


def numbered(facts: Iterable[Fact]) -> Mapping[str, int]:
    """Give each fact, by id, the number of its source; facts from one place share a number."""
    places: dict[tuple[str, str], int] = {}
    return {
        fact.id: places.setdefault((fact.source, fact.url), len(places) + 1) for fact in facts
    }


def gathered(
    facts: Iterable[Fact], numbers: Mapping[str, int], notes: Mapping[int, tuple[str, ...]]
) -> tuple[Source, ...]:
    """Return the sources of the facts in the order of their numbers."""
    by_number: dict[int, list[Fact]] = {}
    for fact in facts:
        by_number.setdefault(numbers[fact.id], []).append(fact)
    return tuple(
        Source(number=number, facts=tuple(own), notes=notes.get(number, ()))
        for number, own in sorted(by_number.items())
    )
