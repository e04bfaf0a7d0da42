"""Finds what may point out a person in a text: personal numbers stop a hand-in, the rest is
asked about. Knows nothing of who wrote it; keeps nothing."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from courses.rules.guard_contacts import persons_mail, phones
from courses.rules.guard_counts import given_away, small_counts
from courses.rules.guard_folding import fold
from courses.rules.guard_numbers import mistyped_numbers, personal_numbers
from courses.rules.guard_people import ages_and_places, names, pointing
from courses.rules.guard_tables import opened_cells, small_cells, tables


class FindingKind(StrEnum):
    PERSONAL_NUMBER = "personal_number"
    MISTYPED_NUMBER = "mistyped_number"
    """Written as a personal number is, with another check digit."""
    PHONE = "phone"
    EMAIL = "email"
    AGE_AND_PLACE = "age_and_place"
    NAME = "name"
    POINTS_OUT = "points_out"
    SMALL_NUMBER = "small_number"
    """A count of one to four people."""
    GIVEN_AWAY = "given_away"
    """A total that leaves one to four when what is told of it is taken away."""

    @property
    def blocks(self) -> bool:
        """Whether it must be taken out before anything is handed in or shared."""
        return self is FindingKind.PERSONAL_NUMBER


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A passage that may point out somebody; `text[start:end]` is it."""

    kind: FindingKind
    start: int
    end: int
    text: str

    @property
    def blocks(self) -> bool:
        """Whether it must be taken out before the text is handed in or shared."""
        return self.kind.blocks


def find(text: str, *, known: Collection[str] = ()) -> list[Finding]:
    """Return what may point out a person, in order. `known` are numbers that belong to
    functions (help lines, the owner) in any spelling."""
    folded = fold(text)
    found: list[Finding] = []
    taken = _Taken()
    for kind, spans in (
        (FindingKind.PERSONAL_NUMBER, personal_numbers(folded.text)),
        (FindingKind.MISTYPED_NUMBER, mistyped_numbers(folded.text)),
        (FindingKind.PHONE, phones(folded.text, known)),
        (FindingKind.EMAIL, persons_mail(folded.text)),
        (FindingKind.NAME, names(folded.text)),
        (FindingKind.AGE_AND_PLACE, ages_and_places(folded.text)),
        (FindingKind.POINTS_OUT, pointing(folded.text)),
        (FindingKind.GIVEN_AWAY, given_away(folded.text)),
        (FindingKind.SMALL_NUMBER, small_counts(folded.text)),
    ):
        for span in spans:
            _add(found, taken, kind, text, *folded.written(*span))
    for kind, span in _in_tables(text):
        _add(found, taken, kind, text, *span)
    return sorted(found, key=lambda one: one.start)


def find_numbers(text: str) -> list[Finding]:
    """Return the personal identity numbers in `text` and nothing else: all that blocks."""
    folded = fold(text)
    found: list[Finding] = []
    taken = _Taken()
    for span in personal_numbers(folded.text):
        _add(found, taken, FindingKind.PERSONAL_NUMBER, text, *folded.written(*span))
    return sorted(found, key=lambda one: one.start)


def find_in_table(text: str) -> list[Finding]:
    """Return the small numbers of people in the tables of `text`, and nothing else of it."""
    found: list[Finding] = []
    taken = _Taken()
    for kind, span in _in_tables(text):
        _add(found, taken, kind, text, *span)
    return found


def _in_tables(text: str) -> Iterator[tuple[FindingKind, tuple[int, int]]]:
    for caption, rows in tables(text):
        for span in opened_cells(caption, rows):
            yield FindingKind.GIVEN_AWAY, span
        for span in small_cells(caption, rows):
            yield FindingKind.SMALL_NUMBER, span


def _add(
    found: list[Finding], taken: "_Taken", kind: FindingKind, text: str, start: int, end: int
) -> None:
    if taken.take(start, end):
        found.append(Finding(kind=kind, start=start, end=end, text=text[start:end]))


class _Taken:
    """Passages that something has been said of; of two that meet the first stands."""

    def __init__(self) -> None:
        self._signs: set[int] = set()

    def take(self, start: int, end: int) -> bool:
        signs = range(start, end)
        if not self._signs.isdisjoint(signs):
            return False
        self._signs.update(signs)
        return True
