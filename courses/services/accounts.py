"""What changes on an account when its owner logs in or chooses a language."""

from datetime import datetime

from sqlalchemy.orm import Session

from courses.models import LoginFailure, User
from courses.vocabulary import Language


def record_login_failure(
    session: Session, *, account_key: str, address: str, now: datetime
) -> None:
    """Count a failed login against the account key and the address it came from."""
    session.add(LoginFailure(account_key=account_key, address=address, at=now))


def renew_password_hash(session: Session, user_id: int, password_hash: str) -> None:
    """Store the same password hashed with newer parameters."""
    session.get_one(User, user_id).password_hash = password_hash


def choose_language(session: Session, user_id: int, language: Language) -> None:
    """Speak `language` with this person from now on, in pages and mails."""
    session.get_one(User, user_id).language = language
