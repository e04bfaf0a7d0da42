"""That somebody undertakes to keep what is secret, kept with the words that they read."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import SecrecyUndertaking
from courses.services.audit import audit


def give_undertaking(
    session: Session, *, user_id: int, digest: str, words: str, now: datetime
) -> None:
    """Keep the undertaking. Giving it twice in the same words changes nothing."""
    known = session.scalar(
        select(SecrecyUndertaking.id).where(
            SecrecyUndertaking.user_id == user_id, SecrecyUndertaking.digest == digest
        )
    )
    if known is not None:
        return
    session.add(SecrecyUndertaking(user_id=user_id, digest=digest, words=words, at=now))
    session.flush()
    audit(session, "secrecy:undertake", "user", user_id, actor_id=user_id, now=now)
