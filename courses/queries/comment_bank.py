"""A trainer's own comments to use again."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import SavedComment


def kept_comments(
    session: Session, *, user_id: int, criteria: Collection[str]
) -> defaultdict[str, list[SavedComment]]:
    """Return criterion id → what one keeps there, in the order in which it was kept. One
    statement."""
    found: defaultdict[str, list[SavedComment]] = defaultdict(list)
    rows = session.scalars(
        select(SavedComment)
        .where(SavedComment.user_id == user_id, SavedComment.criterion_id.in_(criteria))
        .order_by(SavedComment.id)
    )
    for one in rows:
        found[one.criterion_id].append(one)
    return found
