"""Small numbers of people in running text: one to four, and what a total gives away.

In a small place a two in a sentence is somebody. Numbers of meetings, steps or weeks are not
counts of people. The text has been folded."""

import re
from collections.abc import Iterator

SMALL = range(1, 5)

UNITS = (
    r"(?:personer|person|elever|elev|barn|ungdomar|ungdom|unga|flickor|pojkar|kvinnor|män|tjejer"
    r"|killar|vuxna|äldre|föräldrar|familjer|hushåll|invånare|anhöriga|nyanlända|asylsökande"
    r"|klienter|patienter|brukare|offer|brottsoffer|utsatta|våldsutsatta|misstänkta|dömda"
    r"|gärningsmän|gärningspersoner|våldsutövare|svarande|respondenter|fall|ärenden|ärende"
    r"|händelser|incidenter|brott|samtal till \w+|hjälpsökande"
    r"|\w{0,16}anmälningar|\w{0,16}anmälan|placeringar|omhändertaganden|dödsfall|våldsärenden"
    r"|people|persons|pupils|students|children|women|men|girls|boys|cases|reports|victims"
    r"|families|households)"
)
_OF_ALL = (
    r"(?:eleverna|barnen|ungdomarna|flickorna|pojkarna|kvinnorna|männen|klienterna|patienterna"
    r"|brukarna|anmälningarna|ärendena|fallen|familjerna|personerna|offren)"
)
_SENSITIVE = (
    r"(?:barn|elever|ungdomar|flickor|pojkar|kvinnor|män|klienter|patienter|brukare|offer"
    r"|brottsoffer|utsatta|våldsutsatta|misstänkta|fall|ärenden|familjer|\w{0,16}anmälningar"
    r"|händelser|incidenter|placeringar|children|pupils|women|men|girls|boys|cases|reports)"
)
_QUALITY = (
    r"(?:(?!(?:av|procent|till|och|eller|gäller|gällde|rör|rörde|handlar|om|för|med|som|år|dagar|veckor|timmar"
    r"|möten|steg|of|per|on|in|for|and|or|concern)\b)[a-zåäöé]{2,18} )"
)
_WORD = r"(?:två|tre|fyra|two|three|four)"
_COUNT = re.compile(
    rf"(?<![\w,.:§/-])(?:[1-4] (?:st(?:ycken)? )?{_QUALITY}{{0,2}}{UNITS}"
    rf"|{_WORD} {_QUALITY}?{_SENSITIVE}"
    rf"|(?:[1-4]|{_WORD}) av {_OF_ALL})\b(?![-/])",
    re.IGNORECASE,
)
_COUNT_AFTER = re.compile(
    rf"\b(?:antal(?:et)? )?{UNITS}(?: ?[:=] ?| ?\(| var | är | blev | uppgick till | stannade på )"
    r"(?:cirka |endast |bara )?(?:[1-4])(?![\d,.:]\d|\d|[-/%]| (?:%|procent|år|av|§))",
    re.IGNORECASE,
)
_WHEREOF = re.compile(
    rf"\b{UNITS}[^.!?\n]{{0,60}}?\b(?:varav|därav|of which|of whom) (?P<few>[1-4]|{_WORD})\b"
    r"(?! ?(?:%|procent|per cent|av\b|veckor|timmar|dagar|år\b|möten))",
    re.IGNORECASE,
)
# "grupper om 3 elever", "högst 4 personer", "2-4 personer", "tre av fyra kvinnor"
_NO_COUNT = re.compile(
    r"(?:\b(?:om|minst|högst|max|maximalt|upp till|färre än|mindre än|fler än|mer än|under|över"
    r"|av|åk|årskurs|nivå|steg|fråga|punkt|tabell|figur|kapitel|modul|del"
    r"|year|grade|at least|at most|fewer than|more than|of|per|mellan|between)|\d[-]|\d (?:-|till)"
    r"|\d (?:och|eller|and|or)|kap\.|§) ?$",
    re.IGNORECASE,
)
_OF = re.compile(
    rf"(?<![\w,.:-])(\d{{1,4}}) (?:av|utav|of) (?:de |våra |totalt |sammanlagt |the |our )?"
    rf"(\d{{1,4}}) {_QUALITY}{{0,2}}{UNITS}\b",
    re.IGNORECASE,
)
_PARTS = re.compile(
    rf"(?<![\w,.:-])(\d{{1,4}}) {_QUALITY}{{0,2}}{UNITS}\b[^.!?\n\d]{{0,40}}"
    r"\b(?:varav|därav|of which|of whom) (\d{1,4})\b(?! ?(?:%|procent))"
    r"(?:[^.!?\n\d]{0,40}(?:,| och| and) (\d{1,4})\b(?! ?(?:%|procent)))?",
    re.IGNORECASE,
)
_SHARES = {10, 100, 1000}
"""Of these one says shares: "tre av 10 kvinnor"."""


def small_counts(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a count of people is 1 to 4."""
    for pattern in (_COUNT, _COUNT_AFTER):
        for match in pattern.finditer(text):
            if not _NO_COUNT.search(text[max(0, match.start() - 16) : match.start()]):
                yield match.span()
    for match in _WHEREOF.finditer(text):
        yield match.span("few")


def given_away(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a total less what is told of it leaves 1 to 4."""
    for match in _OF.finditer(text):
        count, total = int(match[1]), int(match[2])
        if total not in _SHARES and total - count in SMALL and count not in SMALL:
            yield match.span()
    for match in _PARTS.finditer(text):
        rest = int(match[1]) - int(match[2]) - int(match[3] or 0)
        if rest in SMALL:
            yield match.span()
