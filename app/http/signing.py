"""What we hand to a browser or put into a mail, and want back unchanged."""

from flask import current_app
from itsdangerous import URLSafeTimedSerializer


def signer(purpose: str) -> URLSafeTimedSerializer:
    """Return what signs for `purpose` alone: a token for one thing is none for another."""
    return URLSafeTimedSerializer(current_app.config["STEGVIS"].secret_key, salt=purpose)
