"""A trainer's own comments to use again."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import JSON, literal, null, select, type_coerce, union_all
from sqlalchemy.orm import Session

from courses.models import SavedComment, SecrecyStop
from courses.rules.masking import mask_over
from courses.rules.secrecy import passages_of


@dataclass(frozen=True)
class KeptComment:
    id: int
    text: str


def kept_comments(
    session: Session, *, user_id: int, criteria: Collection[str]
) -> defaultdict[str, list[KeptComment]]:
    """Return criterion id → what one keeps there, in the order in which it was kept, without
    words that were stopped in some text meanwhile. One statement."""
    whole = union_all(
        select(
            literal("kept").label("kind"), SavedComment.id, SavedComment.criterion_id,
            SavedComment.text, type_coerce(null(), JSON).label("passages"),
        ).where(SavedComment.user_id == user_id, SavedComment.criterion_id.in_(criteria)),
        select(
            literal("stop"), SecrecyStop.id, literal(""), literal(""), SecrecyStop.passages
        ).where(SecrecyStop.lifted_at.is_(None)),
    ).subquery()
    rows = session.execute(select(whole).order_by(whole.c.id)).all()
    stopped = passages_of(row.passages for row in rows if row.kind == "stop")
    mask = mask_over([("elsewhere", one) for one in stopped], known=())
    found: defaultdict[str, list[KeptComment]] = defaultdict(list)
    for row in rows:
        if row.kind == "kept":
            found[row.criterion_id].append(KeptComment(row.id, mask.over(row.text)))
    return found
