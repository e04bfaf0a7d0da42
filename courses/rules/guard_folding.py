"""A text as the guard reads it: digits, dashes and spaces of one kind, no marks in between."""

import unicodedata
from dataclasses import dataclass

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
_SPACES += "\u205f\u3000"
_BREAKS = "\v\f\u0085\u2028\u2029"
_UNSEEN = "\r\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_MARKS = "*_`~\\"
"""Marks of emphasis: 850709-**9805** is read as it is shown."""
_DROPPED = frozenset(_UNSEEN + _MARKS)


class _Table(dict[int, str | None]):
    """What each sign is read as; looked up once."""

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        read: str | None = sign
        if sign in _DROPPED:
            read = None
        elif sign in _DASHES:
            read = "-"
        elif sign in _SPACES:
            read = " "
        elif sign in _BREAKS:
            read = "\n"
        elif sign == "\uff0b":
            read = "+"
        elif sign == "\uff20":
            read = "@"
        elif sign.isdecimal():
            read = str(unicodedata.decimal(sign))
        self[code] = read
        return read


_TABLE = _Table()


@dataclass(frozen=True)
class Folded:
    """The text to search, and the way back to what was written."""

    text: str
    _origin: list[int] | None

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Return where `text[start:end]` stands in what was written."""
        if self._origin is None or start == end:
            return start, end
        return self._origin[start], self._origin[end - 1] + 1


def fold(text: str) -> Folded:
    """Return `text` as the guard reads it."""
    folded = text.translate(_TABLE)
    if len(folded) == len(text):
        return Folded(folded, None)
    return Folded(folded, [place for place, sign in enumerate(text) if sign not in _DROPPED])
