"""Publishing: a checked folder becomes a frozen edition, and cohorts come to it or stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.catalog import (
    ContentError,
    EditionStore,
    Files,
    LoadedCourse,
    Problem,
    Severity,
    examine,
    pack_files,
    read_folder,
    reused_from,
)
from courses.errors import Reason, Refused
from courses.models import Cohort, Edition, Publication
from courses.rules.publishing import default_decision
from courses.services.audit import audit
from courses.services.moving import move_cohort
from courses.services.outbox import enqueue_job
from courses.services.published import JOB, last_publication, point_after_commit
from courses.vocabulary import Decision


@dataclass(frozen=True, kw_only=True)
class Published:
    """What came of publishing."""

    edition: Edition
    number: int
    """Which publication of the course is in force, counted from 1."""
    cohorts: Mapping[int, Decision]
    """Every cohort that read another edition, and what became of it."""


def keep_files(store: EditionStore, files: Files, *, today: date) -> LoadedCourse:
    """Check a course's files and keep them in the store, where `publish` finds them by digest.
    Raises ContentError when they have errors. Publishes nothing."""
    loaded, problems = examine(files, today=today)
    if loaded is None or any(one.severity is Severity.ERROR for one in problems):
        raise ContentError(problems)
    store.accept(loaded, pack_files(files)[1])
    return loaded


def publish(
    session: Session,
    store: EditionStore,
    digest: str,
    *,
    seen: int,
    decisions: Mapping[int, Decision],
    by: int | None,
    now: datetime,
    otherwise: Decision | None = None,
) -> Published:
    """Make the edition with this digest, new or earlier, the published one of its course, and
    do with each cohort (id) what was decided; with the others `otherwise`, or their default.

    The bytes are in the store (`keep_files`); the pointer that public pages follow is set when
    the transaction has been committed. ContentError when it has errors or uses an id of an
    earlier edition for something else. Refused(PUBLISHED_MEANWHILE) when another edition has
    been published since `seen` (`History.seen`); Refused(NOTHING_LEFT_TO_ASK) when a cohort
    that keeps what it asks for would ask for nothing; Refused(COHORT_HAS_ENDED) for asking an
    ended one again. What is refused has written nothing.
    """
    loaded = store.get(digest)
    before = last_publication(session, loaded.id)
    number = before[0].number if before else 0
    if number != seen:
        raise _published_meanwhile(before)
    is_new = session.scalar(select(Edition.id).where(Edition.digest == digest)) is None
    if is_new:
        _must_be_publishable(session, store, loaded, now.date())
    with session.begin_nested():  # a cohort that cannot follow leaves nothing half written
        if before is not None and before[1].digest == digest:
            edition = before[1]
        else:
            number += 1
            edition = _become_published(session, loaded.id, digest, number, by, now)
        moved = _move_cohorts(
            session, store, edition, before[1].digest if before else None, decisions, otherwise,
            by, now,
        )
    is_first = before is None and by is None  # a fresh install publishes what lies there
    follows = set(moved.values()) - {Decision.NEW_COHORTS}
    if not is_first and (number != seen or follows):
        _leave_trace(session, edition, number, moved, by, now)
    session.flush()
    point_after_commit(session, store, loaded.id)
    return Published(edition=edition, number=number, cohorts=moved)


def publish_edition(
    session: Session,
    store: EditionStore,
    folder: Path,
    *,
    by: int | None,
    now: datetime,
    otherwise: Decision | None = None,
) -> Published:
    """Publish a folder over whatever is published now. Raises what `keep_files` and `publish`
    raise; the same bytes again give the edition that is already there."""
    loaded = keep_files(store, read_folder(folder), today=now.date())
    before = last_publication(session, loaded.id)
    return publish(
        session, store, loaded.digest, seen=before[0].number if before else 0, decisions={},
        by=by, now=now, otherwise=otherwise,
    )


def adopt_edition(session: Session, course_id: str, digest: str, *, now: datetime) -> None:
    """Let a database that knows of no publication learn of the one that lies in the store."""
    if last_publication(session, course_id) is None:
        _become_published(session, course_id, digest, 1, None, now)


def _become_published(
    session: Session, course_id: str, digest: str, number: int, by: int | None, now: datetime
) -> Edition:
    """Write publication `number`, and the edition when it is a new one. Whoever else writes the
    same number is refused by the database, and told so."""
    try:
        with session.begin_nested():
            edition = session.scalars(
                select(Edition).where(Edition.digest == digest)
            ).one_or_none()
            if edition is None:
                newest = session.scalar(
                    select(func.max(Edition.number)).where(Edition.course_id == course_id)
                )
                edition = Edition(
                    course_id=course_id, number=(newest or 0) + 1, digest=digest,
                    published_at=now, published_by=by,
                )
                session.add(edition)
                session.flush()
            session.add(
                Publication(
                    course_id=course_id, number=number, edition_id=edition.id,
                    published_at=now, published_by=by,
                )
            )
            session.flush()
    except IntegrityError as error:
        raise _published_meanwhile(last_publication(session, course_id)) from error
    return edition


def _leave_trace(
    session: Session,
    edition: Edition,
    number: int,
    moved: Mapping[int, Decision],
    by: int | None,
    now: datetime,
) -> None:
    audit(
        session, "edition:publish", "edition", edition.id, actor_id=by, now=now,
        publication=number, cohorts={str(key): value.value for key, value in moved.items()},
    )
    enqueue_job(
        session, JOB, dedupe_key=f"{JOB}:{edition.course_id}:{number}", now=now,
        course_id=edition.course_id,
    )


def _published_meanwhile(there: tuple[Publication, Edition] | None) -> Refused:
    return Refused(Reason.PUBLISHED_MEANWHILE, number=there[1].number if there else 0)


def _must_be_publishable(
    session: Session, store: EditionStore, loaded: LoadedCourse, today: date
) -> None:
    """Check a new edition. One that was published before needs no check: it stays publishable
    when the checks grow stricter."""
    problems: Sequence[Problem] = ()
    if not store.is_checked(loaded.digest):
        problems = examine(store.files(loaded.digest), today=today)[1]
    earlier = session.scalars(select(Edition.digest).where(Edition.course_id == loaded.id))
    reused = reused_from(store.meanings(earlier), loaded.course())
    if reused or any(one.severity is Severity.ERROR for one in problems):
        raise ContentError((*reused, *problems))


def _move_cohorts(
    session: Session,
    store: EditionStore,
    edition: Edition,
    published: str | None,
    decisions: Mapping[int, Decision],
    otherwise: Decision | None,
    by: int | None,
    now: datetime,
) -> dict[int, Decision]:
    after = store.get(edition.digest).course()
    cohorts = session.execute(
        select(Cohort, Edition.digest)
        .join(Edition, Edition.id == Cohort.edition_id)
        .where(Cohort.course_id == edition.course_id, Cohort.edition_id != edition.id)
        .order_by(Cohort.id)
        .with_for_update(of=Cohort)  # who finishes something meanwhile waits and looks again
        .execution_options(populate_existing=True)
    ).all()
    moved = {}
    for cohort, digest in cohorts:
        decision = (
            decisions.get(cohort.id)
            or otherwise
            or default_decision(reads_published=published in (None, digest))
        )
        moved[cohort.id] = decision
        if decision is not Decision.NEW_COHORTS:
            move_cohort(
                session, cohort, store.get(digest).course(), after, edition,
                asks_again=decision is Decision.ASK_AGAIN, by=by, now=now,
            )
    return moved
