"""A day as people write it, in Swedish and English."""

import re
from datetime import date

from courses.rules.answers import is_iso_date

_MONTHS = {
    name: number
    for names in (
        "januari februari mars april maj juni juli augusti september oktober november december",
        "january february march april may june july august september october november december",
        "jan feb mar apr maj jun jul aug sep okt nov dec",
        "jan feb mar apr may jun jul aug sept oct nov dec",
    )
    for number, name in enumerate(names.split(), start=1)
}
_WORDS = re.compile(r"(?:den )?(\d{1,2})\.? ([a-z]+)\.? (\d{4})\.?", re.IGNORECASE)
_SLASH = re.compile(r"(\d{1,2})/(\d{1,2})[ -](\d{4})")


def day_of(text: str) -> str:
    """Return the day as forms send it, 2027-02-09; empty when the text is none."""
    text = text.strip()
    if is_iso_date(text):
        return text
    if (found := _WORDS.fullmatch(text)) and found[2].lower() in _MONTHS:
        return _iso(int(found[3]), _MONTHS[found[2].lower()], int(found[1]))
    if found := _SLASH.fullmatch(text):
        return _iso(int(found[3]), int(found[2]), int(found[1]))
    return ""


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
