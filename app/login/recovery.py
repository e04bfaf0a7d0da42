"""Recovery codes: made, shown once, stored so that nobody can read them."""

from dataclasses import dataclass
from datetime import datetime
from secrets import choice

from sqlalchemy.orm import Session

from app.login import passwords
from courses.models import User
from courses.rules.second_factor import ALPHABET, CODES, REST, SELECTOR
from courses.services.second_factor import replace_recovery_codes


@dataclass(frozen=True)
class Codes:
    """New codes that are nobody's yet."""

    shown: list[str]
    hashed: list[tuple[str, str]]
    """What is looked up by, and the hash of the rest."""


def make() -> Codes:
    """Return new codes. Hashing them takes its time: make them before something is locked."""
    codes: dict[str, str] = {}
    while len(codes) < CODES:
        codes[_signs(SELECTOR)] = _signs(REST)
    return Codes(
        shown=[f"{selector}-{rest[:4]}-{rest[4:]}" for selector, rest in codes.items()],
        hashed=[(selector, passwords.hash_password(rest)) for selector, rest in codes.items()],
    )


def renew(session: Session, user: User, codes: Codes, now: datetime) -> list[str]:
    """Give `user` these codes instead of any before and return them, for the one page that
    shows them."""
    replace_recovery_codes(session, user, codes.hashed, now)
    return codes.shown


def _signs(count: int) -> str:
    return "".join(choice(ALPHABET) for _ in range(count))
