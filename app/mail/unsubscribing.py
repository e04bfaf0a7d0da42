"""Addresses that turn off a kind of mail without a login: signed, and good for as long as the
key that signed them. They name a person's id and kinds of notices, nothing else."""

from collections.abc import Iterable

from itsdangerous import BadSignature

from app.http.signing import signer
from courses.vocabulary import NoticeTopic


def unsubscribe_token(user_id: int, topics: Iterable[str]) -> str:
    """Return what stands in the address."""
    return signer("unsubscribe").dumps([user_id, sorted(topics)])


def read_unsubscribe_token(token: str) -> tuple[int, list[NoticeTopic]] | None:
    """Return whom and what an address is about; None when it is none of ours."""
    try:
        user_id, topics = signer("unsubscribe").loads(token)
        return user_id, [NoticeTopic(one) for one in topics]
    except (BadSignature, ValueError, TypeError):
        return None
