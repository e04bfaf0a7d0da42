from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import User


def user_by_email(session: Session, email: str) -> User | None:
    """Return the active person with this address, whatever case it is typed in."""
    return session.scalars(
        select(User).where(
            User.email == email.strip().lower(),
            User.activated_at.is_not(None),
            User.disabled_at.is_(None),
        )
    ).one_or_none()
