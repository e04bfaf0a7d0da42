"""Publishing: a checked folder becomes a frozen edition."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from courses.catalog import EditionStore, load_course, pack
from courses.models import Edition


def publish_edition(
    session: Session, store: EditionStore, folder: Path, *, by: int | None, now: datetime
) -> Edition:
    """Freeze `folder` as the newest edition of its course and make it the current one.

    Raises ContentError when the folder has errors. Publishing the same bytes again returns
    the edition that is already there.
    """
    loaded = load_course(folder, today=now.date())
    digest = store.put(pack(folder)[1])
    edition = record_edition(session, loaded.id, digest, by=by, now=now)
    store.set_current(loaded.id, digest)
    return edition


def record_edition(
    session: Session, course_id: str, digest: str, *, by: int | None, now: datetime
) -> Edition:
    """Return the row of an edition whose bytes are kept, adding it with the next number."""
    edition = session.scalars(select(Edition).where(Edition.digest == digest)).one_or_none()
    if edition is None:
        newest = session.scalar(
            select(func.max(Edition.number)).where(Edition.course_id == course_id)
        )
        edition = Edition(
            course_id=course_id, number=(newest or 0) + 1, digest=digest,
            published_at=now, published_by=by,
        )
        session.add(edition)
        session.flush()  # the number must be taken before anything points at it
    return edition
