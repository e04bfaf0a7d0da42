"""Who opened whose page: written after the page, so that a person can see it."""

from flask_login import current_user

from app import clock, db
from courses.models import AccessEvent


def log_access(
    what: str, *, subject_id: int | None = None, whatever_comes: bool = False
) -> None:
    """Note that the person who is logged in opened `what`. A list is about nobody. With
    `whatever_comes` also when the page answers that a form was refused."""
    actor_id = current_user.identity.user_id
    row = AccessEvent(at=clock.now(), actor_id=actor_id, subject_id=subject_id, what=what)
    db.append(row, whatever_comes=whatever_comes)
