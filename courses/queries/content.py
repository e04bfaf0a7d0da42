"""The draft of a course: which files it changes, and what stands in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from courses.models import ContentChange, User

CHANGES = (
    select(
        ContentChange.path, ContentChange.digest, ContentChange.base_digest,
        ContentChange.edited_at, User.name,
    )
    .join(User, User.id == ContentChange.edited_by)
    .where(ContentChange.course_id == bindparam("course"))
    .order_by(ContentChange.path)
)

CONTENTS = select(ContentChange.path, ContentChange.content).where(
    ContentChange.course_id == bindparam("course")
)


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A file that the draft has in another way than the published edition."""

    path: str
    digest: str
    """Empty when the draft leaves the file out."""
    base_digest: str
    """Of the published file that it was changed from; empty when there was none."""
    at: datetime
    by: str


def changes_in(session: Session, course_id: str) -> tuple[Changed, ...]:
    """Return which files the draft changes, without what stands in them."""
    return tuple(
        Changed(path=path, digest=digest, base_digest=base, at=at, by=by)
        for path, digest, base, at, by in session.execute(CHANGES, {"course": course_id})
    )


def contents_of(session: Session, course_id: str) -> Mapping[str, bytes | None]:
    """Return what stands in the files that the draft changes; None where it leaves one out."""
    return dict(session.execute(CONTENTS, {"course": course_id}).all())
