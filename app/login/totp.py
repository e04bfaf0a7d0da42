"""The codes of an authenticator app: its secret, the picture it is read from, and checking."""

from datetime import datetime
from hmac import compare_digest

from itsdangerous import BadSignature

from app import keys
from app.http.signing import signer
from config import SITE
from courses.rules.second_factor import PERIOD, accepted_steps

RING = "second-factor"
SETUP = 30 * 60
"""Seconds that a secret on a page can be confirmed with a code."""


def new_secret() -> str:
    """Return 160 random bits, as apps take them when they are typed in."""
    import pyotp

    return pyotp.random_base32()


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """Return the half minute whose code this is, among those that are taken; else None."""
    import pyotp

    app = pyotp.TOTP(secret)
    found = [
        step for step in accepted_steps(now)
        if compare_digest(app.at(step * PERIOD), code)
    ]
    return max(found, default=None)


def picture(secret: str, email: str) -> str:
    """Return a QR code with the secret, as the address of an image."""
    import pyotp
    import segno

    address = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=SITE)
    return segno.make_qr(address, error="m").svg_data_uri(scale=5, border=4, light="#fff")


def in_groups(secret: str) -> str:
    """Return the secret in groups of four, to be read and typed."""
    return " ".join(secret[place:place + 4] for place in range(0, len(secret), 4))


def about(user_id: int) -> str:
    """Return what a secret's ciphertext is bound to."""
    return f"user:{user_id}"


def seal(secret: str, user_id: int) -> bytes:
    """Return what is stored of a secret: nobody reads it without the key, nor in another row."""
    return keys.ring(RING).encrypt(secret.encode(), about=about(user_id))


def unseal(stored: bytes, user_id: int) -> str:
    """Return a stored secret; raise Undecipherable when it is another person's."""
    return keys.ring(RING).decrypt(stored, about=about(user_id)).decode()


def setup_token(user_id: int, secret: str) -> str:
    """Return a secret, signed for `user_id`: what the page offered is what is stored."""
    return signer("app-setup").dumps([user_id, secret])


def offered(token: str, user_id: int) -> str | None:
    """Return the secret that a page offered `user_id`, unless that was too long ago."""
    try:
        whose, secret = signer("app-setup").loads(token, max_age=SETUP)
    except BadSignature:
        return None
    return secret if whose == user_id else None
