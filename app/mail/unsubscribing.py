"""Addresses that turn off a kind of mail without a login: signed, and good for as long as the
key that signed them. They name a person's id and kinds of notices, nothing else."""

from collections.abc import Iterable

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from courses.vocabulary import NoticeTopic


def unsubscribe_token(user_id: int, topics: Iterable[str]) -> str:
    """Return what stands in the address."""
    return _signer().dumps([user_id, sorted(topics)])


def read_unsubscribe_token(token: str) -> tuple[int, list[NoticeTopic]] | None:
    """Return whom and what an address is about; None when it is none of ours."""
    try:
        user_id, topics = _signer().loads(token)
        return user_id, [NoticeTopic(one) for one in topics]
    except (BadSignature, ValueError, TypeError):
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["STEGVIS"].secret_key, salt="unsubscribe")
