"""The loader of a copy: its owner's alone, for a day."""

from sqlalchemy.orm import Session

from app import clock
from courses.identity import Identity
from courses.queries.my_data import CopyContext, copy_to_fetch


def load_copy(session: Session, identity: Identity, copy_id: int) -> CopyContext:
    """Return the copy that somebody may fetch now; NotFound otherwise."""
    return copy_to_fetch(session, identity.user_id, copy_id, now=clock.now())
