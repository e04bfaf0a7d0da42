"""Swedish personal identity and coordination numbers, in the spellings people use.

A number passes when its day exists and its check digit is right. Where the text says that it is
one ("personnr:"), a mistyped check digit does not hide it; where nothing says so, what is written
in full as one is asked about. The text has been folded."""

import re
from collections.abc import Iterator
from datetime import date

_GAP = r"(?: ?[-./] ?| )"
_JOIN = r"(?P<join>[ \n]{0,3}(?:--|[-+./])?[ \n]{0,3}|[:,;=·•]| ?\(|&nbsp;)"
_LAST = (
    r"(?P<last>\d{4}|\d\d \d\d|\d{3} \d|\d \d{3}"
    r"|TF\d\d|[JKLMNRSTUWXjklmnrstuwx]\d{3})(?!\d)(?!:\d)"
)
# The parts of a short date are parted everywhere or nowhere, so that telephone numbers, which
# part after three or four digits, are something else: 0911-12 34 56.
_NUMBER = re.compile(
    r"(?<!\d)(?:(?P<century>18|19|20) ?"
    rf"(?P<y1>\d\d)(?P<gap1>{_GAP}?)(?P<m1>\d\d){_GAP}?(?P<d1>\d\d)"
    r"|(?P<y2>\d\d)(?P<m2>\d\d)(?P<d2>\d\d)"
    rf"|(?P<y3>\d\d)(?P<gap3>{_GAP})(?P<m3>\d\d)(?P=gap3)(?P<d3>\d\d)"
    r"|(?P<y4>\d\d) ?(?P<m4>\d\d) ?(?P<d4>\d\d))"
    rf"{_JOIN}{_LAST}"
)
_IN_FULL = re.compile(
    r"(?<![\w/.-])(?P<century>18|19|20)?(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"[-+](?P<last>\d{4})(?!\w|[-/.:,]\d)"
)
_SPACED = re.compile(
    r"(?<!\d)(?<!\d )(?:\d ){2}(?:\d ){0,2}(?:\d ){3}\d ?[-+]? ?(?:\d ){3}\d(?! ?\d)"
)
_TOLD_APART = re.compile(
    r"(?<!\d)(?P<day>(?:18|19|20)?\d{6})(?!\d)[^\d\n]{0,12}"
    r"(?:\|+|sista fyra|fyra sista|last four)[^\d\n]{0,24}(?P<last>\d{4})(?!\d)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:\bperson(?:nummer|nr|nmr)|\bpers\.? ?nr|\bp-?nr|\bp\.nr|\bsamordnings(?:nummer|nr)"
    r"|\bsamnr|\bidentitetsnummer|\bid-?nr|\bpersonal (?:identity )?number)"
    r"\W{0,4}(?:[a-zåäö]{1,10}\W{1,3}){0,2}$",
    re.IGNORECASE,
)
_CASE_NUMBER = re.compile(
    r"(?:\bdnr|\bd\.nr|\bdiarie(?:nummer|nr)|\bärende(?:nummer|nr|-?id)|\bmål(?: nr|nummer))"
    r"\.?:?\s*(?:(?-i:[A-ZÅÄÖ]{1,6})[ :-]?)?\s*$",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?:\b(?:tel|tfn|mob|mobil|sms)|telefon\w*|mobilnummer|\bring\w*|\bnås på|\bnå)"
    r"\.?:?(?:\s+(?:på|nr|nummer))?\s*$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")
_LOOK_BACK = 48


def personal_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the numbers stand."""
    at = 0
    while match := _NUMBER.search(text, at):
        if _is_number(match, text):
            yield match.span()
            at = match.end()
        else:
            at = match.start() + 1  # a number may begin inside what looked like another
    for match in _SPACED.finditer(text):
        if _is_written_apart("".join(filter(str.isdigit, match[0]))):
            yield match.span()
    for match in _TOLD_APART.finditer(text):
        is_told = "|" not in match[0] or "person" in text[: match.start()].lower()[-400:]
        if is_told and _is_written_apart(match["day"] + match["last"]):
            yield match.span()


def mistyped_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a number is written in full, 850709-9804, and its check digit is wrong. Not
    where the words before say what else it is, nor a recent day with a time or another day."""
    for match in _IN_FULL.finditer(text):
        century, last = match["century"], match["last"]
        year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        is_birthday = _is_birthday(century, year, month, day)
        if not is_birthday or is_case_number(before) or is_called(before):
            continue
        if not _is_recent(century, year) or not (_CLOCK.fullmatch(last) or _is_day(last)):
            yield match.span()


def is_case_number(before: str) -> bool:
    """Whether the words before a number call it one of a case."""
    return _CASE_NUMBER.search(before[-_LOOK_BACK:]) is not None


def is_called(before: str) -> bool:
    """Whether the words before a number call it one to ring."""
    return _CALLED.search(before[-_LOOK_BACK:]) is not None


def _is_number(match: re.Match[str], text: str) -> bool:
    part = match.groupdict()
    year = part["y1"] or part["y2"] or part["y3"] or part["y4"]
    month = part["m1"] or part["m2"] or part["m3"] or part["m4"]
    day = part["d1"] or part["d2"] or part["d3"] or part["d4"]
    join, last = part["join"], part["last"].replace(" ", "")
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    if join.count("\n") > 1 or not _is_birthday(part["century"], int(year), int(month), int(day)):
        return False
    if is_case_number(before) or _is_decimal(match, text) or _is_something_else(match, before):
        return False
    is_told = _LABEL.search(before) is not None
    if not last.isdigit():
        return is_told or join.strip() in ("-", "+") or (part["century"] is not None and not join)
    is_parted = bool(part["gap1"] or part["gap3"])
    has_sign = join.strip() in ("-", "+")
    if len(part["last"]) > 4 and not (is_parted or has_sign):
        return False
    if part["y4"] and not (is_told or (has_sign and len(part["last"]) == 4)):
        return False
    return is_told or _luhn(year + month + day + last)


def _is_decimal(match: re.Match[str], text: str) -> bool:
    """An amount: ten digits in one piece, beside a decimal sign."""
    return match[0].isdigit() and bool(
        re.match(r"[,.]\d", text[match.end() : match.end() + 2])
        or re.search(r"\d,$", text[max(0, match.start() - 2) : match.start()])
    )


def _is_something_else(match: re.Match[str], before: str) -> bool:
    """A mobile number in one piece, or a day with a time of day."""
    if match[0].isdigit() and match[0].startswith("07") and len(match[0]) == 10:
        return is_called(before)
    has_time = bool(match["join"].isspace() and _CLOCK.fullmatch(match["last"]))
    is_day = bool(match["gap1"] and int(match["y1"]) >= 20) or "\n" in match["join"]
    return has_time and is_day


def _is_recent(century: str | None, year: int) -> bool:
    """Whether it is rather the day of a meeting or a period than that of a birth."""
    return (century or "20") == "20" and 20 <= year < (40 if century else 30)


def _is_day(digits: str) -> bool:
    """Whether four digits end a period: 240101-0630."""
    return _is_date(2024, int(digits[:2]), int(digits[2:]))


def _is_written_apart(digits: str) -> bool:
    short = digits[-10:]
    century = digits[:2] if len(digits) == 12 else None
    is_day = _is_birthday(century, int(short[:2]), int(short[2:4]), int(short[4:6]))
    return len(digits) in (10, 12) and is_day and _luhn(short)


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
