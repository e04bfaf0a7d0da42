"""How long to wait before something that failed is tried again."""

from datetime import timedelta

DELAYS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, *[240] * 11, 159))
"""Quickly at first, then every fourth hour: 48 hours in all."""


def next_try(attempts: int) -> timedelta | None:
    """Return how long to wait after attempt number `attempts` failed; None: give up."""
    return DELAYS[attempts - 1] if attempts <= len(DELAYS) else None
