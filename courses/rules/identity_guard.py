"""Finds what may point out a person in a text: personal numbers stop a hand-in, the rest is
asked about. Knows nothing of who wrote it; keeps nothing."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from courses.rules.guard_words import FIRST_NAMES, MUNICIPALITIES, PRIVATE_MAIL


class FindingKind(StrEnum):
    PERSONAL_NUMBER = "personal_number"
    PHONE = "phone"
    EMAIL = "email"
    AGE_AND_PLACE = "age_and_place"
    NAME = "name"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A passage that may point out somebody; `text[start:end]` is it."""

    kind: FindingKind
    start: int
    end: int
    text: str

    @property
    def blocks(self) -> bool:
        """Whether it must be taken out before the text is handed in."""
        return self.kind is FindingKind.PERSONAL_NUMBER


_GAP = r"[ \u00a0\u202f.\-–−/]"
_BEFORE_LAST = r"[ \u00a0\u202f]?[-–−+]?[ \u00a0\u202f]?"
# The parts of a date are parted everywhere or nowhere, so that telephone numbers, which part
# after three or four digits, are something else: 0911-12 34 56.
_PERSONAL = re.compile(
    rf"(?<![\d,])(?:(?P<century>18|19|20)(?P<y1>\d\d)(?:{_GAP}?(?P<m1>\d\d)(?P<d1>\d\d)"
    rf"|{_GAP}(?P<m2>\d\d){_GAP}(?P<d2>\d\d))"
    rf"|(?P<y3>\d\d)(?P<m3>\d\d)(?P<d3>\d\d)"
    rf"|(?P<y4>\d\d)(?P<gap4>{_GAP})(?P<m4>\d\d)(?P=gap4)(?P<d4>\d\d))"
    rf"(?P<join>{_BEFORE_LAST})(?P<last>\d{{4}}|(?<=[ \u00a0\u202f])\d\d[ \u00a0\u202f]\d\d)"
    r"(?![\d:]|[,.]\d)"
)
_CASE_NUMBER = re.compile(r"(?:\bdnr|\bd\.nr|diarie(?:nummer|nr))\.?:?\s*$", re.IGNORECASE)
_CALLED = re.compile(
    r"(?:\b(?:tel|tfn|mob|mobil|sms)|telefon\w*|mobilnummer|\bring\w*|\bnås på|\bnå)"
    r"\.?:?(?:\s+(?:på|nr|nummer))?\s*$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")
_PHONE = re.compile(
    r"(?<![\d:/-])(?:(?:\+|00)46[ \u00a0]?(?:\(0\))?[ \u00a0-]?|0)[1-9]\d{0,2}"
    r"(?:[ \u00a0]?[-–/][ \u00a0]?|[ \u00a0])?\d{2,3}(?:[ \u00a0]?\d{2,3}){1,3}(?![\d:]|[-–/]\d)"
)
_SERVICE = ("020", "0200", "077", "0900", "0939", "0944")
_EMAIL = re.compile(r"[\w.+%-]{1,64}@((?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,10})")
_NUMBER_OF_YEARS = (
    r"(?:\d{1,3}|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton"
    r"|sexton|sjutton|arton|nitton|(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio)"
    r"(?:ett|två|tre|fyra|fem|sex|sju|åtta|nio)?)"
)
_AGE = re.compile(
    rf"(?<!\d[-–])\b{_NUMBER_OF_YEARS}[ -]?(?:åring\w*|årig\w*|årsålder\w*)"
    rf"|(?<!\d[-–])\b{_NUMBER_OF_YEARS} års? (?:gam\w+|ålder\w*)"
    r"|(?P<bare>(?<!\d[-–])(?<!\d)\d{1,2} år(?![-\w]))"
    r"|\bi (?:ettan|tvåan|trean|fyran|femman|sexan|sjuan|åttan|nian)\b"
    r"|\b(?:åk|årskurs|årskursen) ?[1-9]\b"
    r"|\bfödd(?:es)? (?:år )?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
# "i 3 år" and "3 år sedan" are lengths of time
_LENGTH_BEFORE = re.compile(
    r"\b(?:i|under|efter|på|inom|senaste|om|sedan|för|varje|vart|över|cirka|till|närmaste|första"
    r"|kommande|drygt|nästan|minst|högst|gick|från|–|-)\s+$",
    re.IGNORECASE,
)
_LENGTH_AFTER = re.compile(r"\s+(?:sedan|framåt|av|i rad|till\b|senare|tidigare)", re.IGNORECASE)
_PLACE = re.compile(rf"\b(?:{'|'.join(MUNICIPALITIES)})s?\b")
_NAME = re.compile(
    rf"\b(?:{'|'.join(FIRST_NAMES)})\s(?:[A-ZÅÄÖ]\.?\s)?[A-ZÅÄÖŠŊČŽĐŦÁ][\w-]+"
)
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-ZÅÄÖ\d]|\s*$)|\n\s*\n", re.MULTILINE)


def find(text: str, *, known: Collection[str] = ()) -> list[Finding]:
    """Return what may point out a person, in order. `known` are numbers that belong to
    functions (help lines, the owner) in any spelling."""
    numbers = {_digits(number) for number in known}
    found: list[Finding] = []
    taken: list[tuple[int, int]] = []
    for kind, spans in (
        (FindingKind.PERSONAL_NUMBER, _personal_numbers(text)),
        (FindingKind.PHONE, _phones(text, numbers)),
        (FindingKind.EMAIL, _private_mail(text)),
        (FindingKind.NAME, (match.span() for match in _NAME.finditer(text))),
        (FindingKind.AGE_AND_PLACE, _age_and_place(text)),
    ):
        for start, end in spans:
            if not any(start < b and a < end for a, b in taken):
                taken.append((start, end))
                found.append(Finding(kind=kind, start=start, end=end, text=text[start:end]))
    return sorted(found, key=lambda one: one.start)


def _personal_numbers(text: str) -> Iterator[tuple[int, int]]:
    for match in _PERSONAL.finditer(text):
        part = match.groupdict()
        year = part["y1"] or part["y3"] or part["y4"]
        month = part["m1"] or part["m2"] or part["m3"] or part["m4"]
        day = part["d1"] or part["d2"] or part["d3"] or part["d4"]
        last = _digits(part["last"])
        is_parted = part["m2"] or part["m4"]
        if len(part["last"]) > 4 and not is_parted:
            continue
        if not _is_birthday(part["century"], int(year), int(month), int(day)):
            continue
        if not _luhn(year + month + day + last):
            continue
        before = text[max(0, match.start() - 24) : match.start()]
        if _CASE_NUMBER.search(before) or _is_something_else(match, before):
            continue
        yield match.span()


def _is_something_else(match: re.Match[str], before: str) -> bool:
    """A mobile number in one piece, or a day with a time of day."""
    if match[0].isdigit() and match[0].startswith("070") and len(match[0]) == 10:
        return _CALLED.search(before) is not None
    has_time = bool(match["join"].isspace() and _CLOCK.fullmatch(match["last"]))
    return has_time and match["m2"] is not None and int(match["y1"]) >= 20


def _is_birthday(century: str | None, year: int, month: int, day: int) -> bool:
    day = day - 60 if day > 60 else day  # a coordination number
    centuries = [int(century)] if century else [19, 20]
    return any(_is_date(one * 100 + year, month, day) for one in centuries)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0


def _phones(text: str, known: Collection[str]) -> Iterator[tuple[int, int]]:
    for match in _PHONE.finditer(text):
        number = _digits(match[0])
        before = text[max(0, match.start() - 24) : match.start()]
        is_service = number.startswith(_SERVICE) or number in known
        if 8 <= len(number) <= 11 and not is_service and not _CASE_NUMBER.search(before):
            yield match.span()


def _digits(number: str) -> str:
    """The digits of a number, as one calls it from within the country."""
    bare = "".join(str(int(sign)) for sign in number if sign.isdecimal())
    if number.strip().startswith(("+46", "0046")):
        bare = "0" + bare.removeprefix("00").removeprefix("46").removeprefix("0")
    return bare


def _private_mail(text: str) -> Iterator[tuple[int, int]]:
    for match in _EMAIL.finditer(text):
        provider = match[1].lower().split(".")
        if any(part in PRIVATE_MAIL for part in provider[:-1]):
            yield match.span()


def _age_and_place(text: str) -> Iterator[tuple[int, int]]:
    """An age and a municipality in one sentence; yields from the one to the other."""
    places = [match.span() for match in _PLACE.finditer(text)]
    if not places:
        return
    starts = [start for start, _ in places]
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    for match in _AGE.finditer(text):
        if match["bare"] and (
            _LENGTH_BEFORE.search(text[max(0, match.start() - 16) : match.start()])
            or _LENGTH_AFTER.match(text, match.end())
        ):
            continue
        sentence = bisect_right(ends, match.start())
        after = bisect_right(starts, match.start())
        # only the neighbours can be nearest: looking at every place takes quadratic time
        near = [
            span
            for span in places[max(after - 1, 0) : after + 1]
            if bisect_right(ends, span[0]) == sentence
        ]
        if near:
            start, end = min(near, key=lambda span: abs(span[0] - match.start()))
            yield min(start, match.start()), max(end, match.end())
