"""Telephone numbers and e-mail addresses that lead to one person. The text has been folded."""

import re
from collections.abc import Collection, Iterator

from courses.rules.guard_numbers import is_case_number
from courses.rules.guard_words import FIRST_NAMES, PRIVATE_MAIL

_PHONE = re.compile(
    r"(?<![\d:/-])(?:(?:\+|00)(?:46|45|47|358) ?(?:\(0\))?[ -]?|0)[1-9]\d{0,2}"
    r"(?: ?[-/] ?| )?\d{2,3}(?: ?\d{2,3}){1,3}(?![\d:]|[-/]\d)"
)
_SERVICE = ("010", "020", "0200", "077", "0900", "0939", "0944")
_FUNCTION = re.compile(
    r"(?:växel|reception|kundtjänst|kontaktcenter|jour|stödlinje|vårdcentral|rådgivning)\w*"
    r"\W{1,4}(?:(?:har|nås|på|tel|telefon|nummer|nr)\W{1,3}){0,2}$",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"(?<![\w.+%-])([\w.+%-]{1,64})(?:@| ?[(\[](?:at|a|snabel-?a)[)\]] ?)"
    r"((?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,10})"
)


def phones(text: str, known: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield where telephone numbers stand that are none of `known` and no service's."""
    numbers = {digits(number) for number in known}
    for match in _PHONE.finditer(text):
        number = digits(match[0])
        before = text[max(0, match.start() - 48) : match.start()]
        is_function = (
            number.startswith(_SERVICE) or number in numbers or _FUNCTION.search(before)
        )
        if 8 <= len(number) <= 12 and not is_function and not is_case_number(before):
            yield match.span()


def digits(number: str) -> str:
    """The digits of a number, as one calls it from within the country."""
    bare = "".join(str(int(sign)) for sign in number if sign.isdecimal())
    if number.strip().startswith(("+46", "0046")):
        bare = "0" + bare.removeprefix("00").removeprefix("46").removeprefix("0")
    return bare


def persons_mail(text: str) -> Iterator[tuple[int, int]]:
    """Yield where addresses stand at a private provider, or with a person's name in them."""
    for match in _EMAIL.finditer(text):
        provider = match[2].lower().split(".")
        is_private = any(part in PRIVATE_MAIL for part in provider[:-1])
        first, _, rest = match[1].partition(".")
        if is_private or (first.capitalize() in FIRST_NAMES and len(rest) > 1):
            yield match.span()
