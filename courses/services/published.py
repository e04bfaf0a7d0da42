"""Which edition of a course is the published one: the database says it, a small file follows.

Public pages read the file (`EditionStore.current`) and ask no database. It is set after the
commit, by whoever published; a process that died in between leaves it to the job that was
written in the same transaction, or to the next start.
"""

import logging
from collections.abc import Callable

from sqlalchemy import event, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, SessionTransaction

from courses.catalog import EditionStore
from courses.models import Edition, Publication

log = logging.getLogger(__name__)
JOB = "edition:point"


def last_publication(session: Session, course_id: str) -> tuple[Publication, Edition] | None:
    """Return the publication in force and its edition; None when nothing is published."""
    row = session.execute(
        select(Publication, Edition)
        .join(Edition, Edition.id == Publication.edition_id)
        .where(Publication.course_id == course_id)
        .order_by(Publication.number.desc())
        .limit(1)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def published_digests(session: Session) -> dict[str, str]:
    """Return course id → the digest of its published edition."""
    rows = session.execute(
        select(Publication.course_id, Edition.digest)
        .join(Edition, Edition.id == Publication.edition_id)
        .order_by(Publication.number)
    )
    return dict(rows.all())  # the last one of each course stands


def point_to_published(
    begin: Callable[[], Session], store: EditionStore, course_id: str
) -> None:
    """Let the file say what the database says. Two at once end with the later publication:
    whoever writes looks again afterwards."""
    while True:
        with begin() as session:
            found = last_publication(session, course_id)
        if found is None or store.current(course_id) == found[1].digest:
            return
        store.set_current(course_id, found[1].digest)


def point_after_commit(session: Session, store: EditionStore, course_id: str) -> None:
    """Let the file follow when the session's transaction has ended, however it ends."""
    is_done = False

    def follow(ended: Session, transaction: SessionTransaction) -> None:
        nonlocal is_done
        if is_done or transaction.parent is not None:
            return
        is_done = True
        try:
            point_to_published(lambda: Session(ended.get_bind()), store, course_id)
        except (SQLAlchemyError, OSError, KeyError) as error:
            # it is published all the same; the job tries again
            log.error("the pointer of %s is behind: %r", course_id, error)

    event.listen(session, "after_transaction_end", follow)
