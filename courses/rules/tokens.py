"""Secrets that stand in a link or a cookie: at least 128 bits, and only their hash is stored."""

from hashlib import sha256


def token_hash(token: str) -> str:
    """Return what is stored of a token, and looked up by."""
    return sha256(token.encode()).hexdigest()
