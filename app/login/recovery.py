"""Recovery codes: made, shown once, stored so that nobody can read them."""

from datetime import datetime
from secrets import choice

from sqlalchemy.orm import Session

from app.login import passwords
from courses.models import User
from courses.rules.second_factor import ALPHABET, CODES, REST, SELECTOR
from courses.services.second_factor import replace_recovery_codes


def renew(session: Session, user: User, now: datetime) -> list[str]:
    """Give `user` new codes and return them, for the one page that shows them."""
    codes: dict[str, str] = {}
    while len(codes) < CODES:
        codes[_signs(SELECTOR)] = _signs(REST)
    hashed = [(selector, passwords.hash_password(rest)) for selector, rest in codes.items()]
    replace_recovery_codes(session, user, hashed, now)
    return [f"{selector}-{rest[:4]}-{rest[4:]}" for selector, rest in codes.items()]


def _signs(count: int) -> str:
    return "".join(choice(ALPHABET) for _ in range(count))
