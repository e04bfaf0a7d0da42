"""A trainer's own comments to use again."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from courses.errors import Reason, Refused
from courses.models import SavedComment

MOST = 20
"""Comments that one may keep at a criterion: more than that nobody finds the right one in."""


def keep_comment(
    session: Session, *, user_id: int, criterion_id: str, text: str, now: datetime
) -> None:
    """Keep `text` to use again at the criterion; what is kept already is kept once. Refused
    when there are `MOST`."""
    clean = text.strip()
    if not clean:
        return
    kept = set(
        session.scalars(
            select(SavedComment.text).where(
                SavedComment.user_id == user_id, SavedComment.criterion_id == criterion_id
            )
        )
    )
    if clean in kept:
        return
    if len(kept) >= MOST:
        raise Refused(Reason.BANK_FULL, most=MOST)
    session.add(
        SavedComment(user_id=user_id, criterion_id=criterion_id, text=clean, created_at=now)
    )
    session.flush()


def forget_comment(session: Session, *, user_id: int, comment_id: int) -> None:
    """Take one of one's own comments away; of another's nothing happens."""
    session.execute(
        delete(SavedComment).where(
            SavedComment.id == comment_id, SavedComment.user_id == user_id
        )
    )
