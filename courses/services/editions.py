"""Publishing: a checked folder becomes a frozen edition."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from courses.catalog import EditionStore, LoadedCourse, load_course, pack
from courses.models import Edition
from courses.vocabulary import Decision


@dataclass(frozen=True, kw_only=True)
class Published:
    """What came of publishing."""

    edition: Edition
    number: int
    """Which publication of the course it was, counted from 1."""
    cohorts: Mapping[int, Decision]
    """Every cohort that read another edition, and what became of it."""


def keep_files(store: EditionStore, files: Mapping[str, bytes], *, today: date) -> LoadedCourse:
    """Check a course's files and keep them in the store, where `publish` finds them by digest.
    Raises ContentError when they have errors. Publishes nothing."""
    raise NotImplementedError


def publish(
    session: Session,
    store: EditionStore,
    digest: str,
    *,
    seen: int,
    decisions: Mapping[int, Decision],
    by: int | None,
    now: datetime,
) -> Published:
    """Make the edition with this digest, new or earlier, the published one of its course, and
    do with each cohort (id) what was decided; the others get their default.

    The bytes are in the store (`keep_files`); the pointer that public pages follow is set when
    the transaction has been committed. Refused(PUBLISHED_MEANWHILE) when another edition has
    been published since `seen` (`History.seen`); Refused(ID_REUSED) when an id has been used
    before with another meaning; Refused(NOTHING_LEFT_TO_ASK) when a cohort that keeps what it
    asks for would ask for nothing; Refused(COHORT_HAS_ENDED) for asking an ended one again.
    """
    raise NotImplementedError


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
