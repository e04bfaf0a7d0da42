"""Secrets that stand in a link or a cookie: at least 128 bits, and only their hash is stored."""

from datetime import datetime, timedelta
from hashlib import sha256

SECOND_CLICK = timedelta(minutes=2)
"""How soon after the first of two clicks the second one comes."""


def token_hash(token: str) -> str:
    """Return what is stored of a token, and looked up by."""
    return sha256(token.encode()).hexdigest()


def used_just_now(used_at: datetime | None, now: datetime) -> bool:
    """Whether the link was used so shortly ago that it was perhaps the first of two clicks."""
    return used_at is not None and now - used_at < SECOND_CLICK
