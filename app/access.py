"""Who opened whose page: written after the page, so that a person can see it."""

from flask_login import current_user

from app import clock, db
from courses.models import AccessEvent


def log_access(what: str, *, subject_id: int | None = None) -> None:
    """Note that the person who is logged in opened `what`. A list is about nobody."""
    actor_id = current_user.identity.user_id
    db.append(AccessEvent(at=clock.now(), actor_id=actor_id, subject_id=subject_id, what=what))
