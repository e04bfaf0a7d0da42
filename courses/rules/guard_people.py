"""Words that point at one person: a name, an age with a place, "den enda läraren i byn".
The text has been folded."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from courses.rules.guard_words import FIRST_NAMES, MUNICIPALITIES, PEOPLE, VILLAGES

_NUMBER_OF_YEARS = (
    r"(?:\d{1,3}|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton"
    r"|sexton|sjutton|arton|nitton|(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio)"
    r"(?:ett|två|tre|fyra|fem|sex|sju|åtta|nio)?)"
)
_AGE = re.compile(
    rf"(?<!\d-)\b{_NUMBER_OF_YEARS}[ -]?(?:åring\w*|årig\w*|årsålder\w*)"
    rf"|(?<!\d-)\b{_NUMBER_OF_YEARS} års? (?:gam\w+|ålder\w*)"
    r"|(?P<bare>(?<!\d-)(?<!\d)\d{1,2} år(?![-\w]))"
    r"|\bi (?:ettan|tvåan|trean|fyran|femman|sexan|sjuan|åttan|nian)\b"
    r"|\b(?:åk|årskurs|årskursen) ?[1-9]\b(?!-\d)"
    r"|\bfödd(?:es)? (?:år )?(?:19|20)\d\d\b"
    r"|\b\d{1,2}[ -]years?[ -]old\b|\baged \d{1,2}\b",
    re.IGNORECASE,
)
# "i 3 år" and "3 år sedan" are lengths of time
_LENGTH_BEFORE = re.compile(
    r"\b(?:i|under|efter|på|inom|senaste|om|sedan|för|varje|vart|över|cirka|till|närmaste|första"
    r"|kommande|drygt|nästan|minst|högst|gick|från|och|de|-)\s+$",
    re.IGNORECASE,
)
_LENGTH_AFTER = re.compile(r"\s+(?:sedan|framåt|av|i rad|till\b|senare|tidigare)", re.IGNORECASE)
_TOWNS = "|".join(MUNICIPALITIES)
_PLACES = rf"(?:{_TOWNS}|{'|'.join(VILLAGES)})"
_PLACE = re.compile(rf"\b{_PLACES}s?\b")
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-ZÅÄÖ\d]|\s*$)|\n\s*\n", re.MULTILINE)

_CAPITAL = r"[A-ZÅÄÖŠŊČŽĐŦÁÉ][\w'-]+"
_WORD = re.compile(rf"\b{_CAPITAL}")
_SURNAME = re.compile(rf" (?:[A-ZÅÄÖ]\.? )?(?:(?:von|af|de|al) )?{_CAPITAL}(?: {_CAPITAL})?")
_CALLED = re.compile(
    rf"\b(?:heter|hette|vid namn|kallad|kallas|named)\s{{1,3}}({_CAPITAL})"
    rf"|\b(?:[Ff]amiljen|[Ff]ru|[Hh]err|[Pp]aret|[Bb]röderna|[Ss]ystrarna|[Mm]akarna) ({_CAPITAL})"
)
_SMALL_NAME = re.compile(
    r"\b([a-zåäöé]{3,12}) [a-zåäö]{2,12}(?:sson|qvist|kvist|ström|lund|gren|dahl|berg)\b"
)

_ONE = rf"(?:{'|'.join(sorted(PEOPLE, key=len, reverse=True))})"
_SOME = r"(?:[a-zåäö]{2,18} ){0,2}"
_POINTING = re.compile(
    # the only one of a kind
    rf"\b(?:den|det|vår|den här|kommunens|skolans|byns|ortens|bygdens|lagets|klassens|{_PLACES}s) "
    rf"(?:enda|ende|ensam\w*|första och enda) {_SOME}{_ONE}(?:en|n|et|ren|rn|nan)?\b"
    # somebody in a place where everybody knows everybody
    rf"|\b(?:en|ett|den|det) {_SOME}{_ONE}(?:en|n|et)? "
    r"(?:(?:som )?(?:bor|bodde|boende|bosatt) )?(?:här )?(?:i|från|på) "
    r"(?:(?:en|den|vår|sin|min|samma|någon|byn i) )?(?:lilla |liten )?"
    rf"(?:(?:grann|fjäll|små|hem)?byn?|orten|hembygden|bygden|klassen|laget|trapphuset"
    rf"|grannhuset|grannskapet|byaföreningen|{_PLACES})\b"
    # known to those who know
    r"|\b(?:alla|ni|du|de flesta|många|hela byn|vi alla) (?:här )?(?:i \w{2,20} )?"
    r"(?:vet|förstår|känner till) (?:nog |ju |redan )?vem\b"
    rf"|\b(?:hon|han|mannen|kvinnan|killen|tjejen|pojken|flickan|gubben|tanten|personen) som "
    r"(?:jobbar|arbetar|bor|bodde|äger|driver|kör|tränar|spelar i|går i|sitter i) "
    # somebody near
    r"|\b(?:min|mina|vår) (?:granne|grannar|klient|patient|brukare|elev|kollega|exman|exfru|syster"
    r"|bror|väninna|svägerska|svåger|moster|faster|farbror|morbror|kusin)s?\b"
    r"|\ben av (?:mina|våra) (?:elever|klienter|patienter|brukare|grannar|kollegor)\b"
    # something that happened once
    r"|\b(?:mordet|dråpet|dådet|våldtäkten|misshandeln|skjutningen|knivdådet) "
    rf"(?:i|på) {_PLACES}\b"
    # a day of birth
    r"|\bf(?:ödd(?:es)?|öd\.|\.) (?:den )?(?:\d{1,2} (?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt"
    r"|nov|dec)\w* (?:19|20)\d\d|(?:19|20)?\d\d-?[01]\d-?[0-3]\d)\b"
    # the same in English
    r"|\b(?:a|an|the|one) (?:\w{2,18} ){0,2}(?:woman|man|girl|boy|pupil|teacher|child) "
    r"(?:in|from) (?:the|our|a|my) (?:\w{2,10} )?(?:village|hamlet|class)\b"
    r"|\bthe only (?:\w{2,18} ){0,2}(?:woman|man|girl|boy|pupil|teacher|doctor|nurse|priest"
    r"|police officer) (?:in|at|from)\b",
    re.IGNORECASE,
)


def names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a first name stands with a surname, or with words that make it somebody's."""
    end = 0
    for match in _WORD.finditer(text):
        if match.start() < end or not _is_first_name(match[0]):
            continue
        if surname := _SURNAME.match(text, match.end()):
            end = surname.end()
            yield match.start(), end
    for match in _CALLED.finditer(text):
        if match[2] or _is_first_name(match[1]):
            yield match.span()
    for match in _SMALL_NAME.finditer(text):
        if match[1] not in ("per", "bill", "tim", "max") and _is_first_name(match[1]):
            yield match.span()


def _is_first_name(word: str) -> bool:
    first = word.partition("-")[0]
    return (first.capitalize() if first.isupper() or first.islower() else first) in FIRST_NAMES


def pointing(text: str) -> Iterator[tuple[int, int]]:
    """Yield phrases that point at one person in a place where everybody knows everybody."""
    for match in _POINTING.finditer(text):
        yield match.start(), match.start() + len(match[0].rstrip())


def ages_and_places(text: str) -> Iterator[tuple[int, int]]:
    """An age and a municipality or village in one sentence; yields from one to the other."""
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
