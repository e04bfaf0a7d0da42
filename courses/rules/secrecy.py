"""The words of a text that point somebody out: choosing them, finding them, taking them out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from courses.rules.calendar import week_days, working_days_after

REMOVED = "[uppgift borttagen]"
"""What stands in a masked copy instead of the words; part of the document, as its text is."""
WORKING_DAYS_TO_WRITE_ANEW = 15
OWN_WORDS = 3
"""A passage of so many words is recognized wherever it stands; a shorter one where it stood."""
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n+")
_LIST_OR_HEADING = re.compile(r"^\s*(?:[-*]|#+|\d+\.)\s+")


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Words in a section, or a whole file, in which somebody could be recognized."""

    section: str = ""
    text: str = ""
    file: str = ""
    sha256: str = ""

    def stored(self) -> dict[str, str]:
        """Return it as a stop keeps it."""
        if self.file:
            return {"file": self.file, "sha256": self.sha256}
        return {"section": self.section, "text": self.text}

    @classmethod
    def from_stored(cls, one: Mapping[str, str]) -> "Passage":
        """Return what a stop has kept."""
        return cls(**{name: one.get(name, "") for name in ("section", "text", "file", "sha256")})


@dataclass(frozen=True)
class Part:
    """A stretch of text, marked or not."""

    text: str
    is_marked: bool


def passages_of(stored: Iterable[Iterable[Mapping[str, str]]]) -> list[Passage]:
    """Return the passages of several stops, each once."""
    return list(dict.fromkeys(Passage.from_stored(one) for each in stored for one in each))


def pieces(value: Any) -> list[str]:
    """Return an answer sentence by sentence, to be chosen from; each once."""
    found = (
        _LIST_OR_HEADING.sub("", piece).strip()
        for text in texts(value)
        for piece in _SENTENCE_END.split(text)
    )
    return list(dict.fromkeys(piece for piece in found if re.search(r"\w", piece)))


def texts(value: Any) -> Iterator[str]:
    """Yield everything that stands in an answer, the fields of rows one by one."""
    if isinstance(value, str):
        yield value
        return
    for row in value or ():
        yield from row.values()


def marked_parts(text: str, words: Iterable[str]) -> list[Part]:
    """Return `text` cut where the words begin and end, so that they can be shown marked."""
    pattern = _any_of(words)
    if pattern is None:
        return [Part(text, False)] if text else []
    found, at = [], 0
    for hit in pattern.finditer(text):
        if hit.start() > at:
            found.append(Part(text[at : hit.start()], False))
        found.append(Part(hit.group(), True))
        at = hit.end()
    if at < len(text):
        found.append(Part(text[at:], False))
    return found


def standing(answers: Mapping[str, Any], passages: Iterable[Passage]) -> list[Passage]:
    """Return which of the passages still stand in the answers, and in which section: unchanged
    but for spaces and capitals."""
    found = []
    for one in passages:
        pattern = _any_of([one.text])
        if pattern is None:
            continue
        anywhere = is_own_words(one)
        found += [
            Passage(section=section, text=one.text)
            for section, value in answers.items()
            if (anywhere or section == one.section)
            and any(pattern.search(text) for text in texts(value))
        ]
    return found


def masked(answers: Mapping[str, Any], words: Iterable[str]) -> dict[str, Any]:
    """Return the answers with the words replaced wherever they stand."""
    wanted = list(words)
    return {
        section: masked_text(value, wanted) if isinstance(value, str)
        else [
            {name: masked_text(text, wanted) for name, text in row.items()}
            for row in value or ()
        ]
        for section, value in answers.items()
    }


def masked_text(text: str, words: Iterable[str], mark: str = REMOVED) -> str:
    """Return the text with the words replaced by the mark."""
    pattern = _any_of(words)
    return pattern.sub(mark, text) if pattern else text


def is_own_words(one: Passage) -> bool:
    """Whether a passage is recognized wherever it stands; a file always is."""
    return bool(one.sha256) or len(one.text.split()) >= OWN_WORDS


def new_date(
    before: date | None, *, today: date, starts_on: date, breaks: Iterable[tuple[int, int]]
) -> date:
    """Return when a stopped text is to be handed in anew: at least fifteen working days away,
    the breaks not counted, and never earlier than it was."""
    moved = working_days_after(
        today, WORKING_DAYS_TO_WRITE_ANEW, without=week_days(starts_on, breaks)
    )
    return max(moved, before) if before else moved


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """The words in any spacing and case, never the middle of a longer word; longest first."""
    wanted = sorted({" ".join(one.split()) for one in words} - {""}, key=len, reverse=True)
    if not wanted:
        return None
    each = (r"\s+".join(re.escape(part) for part in one.split(" ")) for one in wanted)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)", re.IGNORECASE)
