"""Neutral names for people with protected personal data."""

from collections.abc import Collection
from itertools import count


def first_free(place: str, taken: Collection[str]) -> str:
    """Return a name like "Deltagare 4 i Sorsele" that nobody has."""
    names = (f"Deltagare {number} i {place}" for number in count(1))
    return next(name for name in names if name not in taken)
