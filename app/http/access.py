"""Who opened whose page, and what the guard showed: written after the page."""

from flask_login import current_user

from app import clock, db
from courses.models import AccessEvent, AuditEvent


def log_access(
    what: str, *, subject_id: int | None = None, whatever_comes: bool = False
) -> None:
    """Note that the person who is logged in opened `what`. A list is about nobody. With
    `whatever_comes` also when the page answers that a form was refused."""
    actor_id = current_user.identity.user_id
    row = AccessEvent(at=clock.now(), actor_id=actor_id, subject_id=subject_id, what=what)
    db.append(row, whatever_comes=whatever_comes)


def log_guard(enrollment_id: int, assignment_id: str, shown: dict[str, int]) -> None:
    """Note that the guard stopped or asked about a hand-in: how many passages of which kind,
    never what they said."""
    row = AuditEvent(
        at=clock.now(), actor_id=current_user.identity.user_id, action="submission:guard",
        object_type="enrollment", object_id=enrollment_id,
        details={"assignment": assignment_id, "shown": shown},
    )
    db.append(row, whatever_comes=True)
