"""What the worker finds out about an uploaded file, written down step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from courses.errors import Reason
from courses.models import (
    BehalfFile,
    Cohort,
    DraftFile,
    Enrollment,
    FileFinding,
    RoundFile,
    StoredFile,
    Team,
)
from courses.rules.file_guard import Placed
from courses.services.outbox import enqueue_job
from courses.services.sweeping import DRAFTS
from courses.vocabulary import FileState

SCAN_JOB = "file:scan"


@dataclass(frozen=True, kw_only=True)
class Unread:
    """A file that the worker has to go through, or to have scanned."""

    id: int
    sha256: str
    media_type: str
    is_read: bool


def file_to_check(session: Session, file_id: int) -> Unread | None:
    """Return a file that is not decided yet; None when it has gone, or is."""
    found = session.get(StoredFile, file_id)
    if found is None or found.state is not FileState.UNCHECKED:
        return None
    return Unread(
        id=found.id, sha256=found.sha256, media_type=found.media_type,
        is_read=found.read_at is not None,
    )


def note_read(
    session: Session, file: Unread, *, sha256: str, size: int, has_text: bool,
    places: Sequence[Placed], counts_as_clean: bool, now: datetime,
) -> None:
    """Note that a file has been gone through, and where it may point somebody out. It is to be
    scanned next, unless this counts."""
    _decide(
        session, file.id, now=now, sha256=sha256, size=size, has_text=has_text, read_at=now,
        **{"state": FileState.CLEAN, "checked_at": now} if counts_as_clean else {},
    )
    session.execute(delete(FileFinding).where(FileFinding.stored_file_id == file.id))
    if session.get(StoredFile, file.id):  # it may have been taken away meanwhile
        session.add_all(
            FileFinding(stored_file_id=file.id, kind=one.kind, page=one.page, line=one.line)
            for one in places
        )
    if not counts_as_clean:
        enqueue_job(
            session, SCAN_JOB, dedupe_key=f"{SCAN_JOB}:{file.id}", now=now, file_id=file.id
        )


def note_clean(session: Session, file: Unread, *, now: datetime) -> None:
    """Note that the scanner found nothing: others may open the file now."""
    _decide(session, file.id, now=now, state=FileState.CLEAN, checked_at=now)


def note_refused(session: Session, file: Unread, reason: Reason, *, now: datetime) -> None:
    """Note that nobody may open the file, and why."""
    _decide(
        session, file.id, now=now, state=FileState.REFUSED, reason=str(reason), checked_at=now,
    )


def scan_what_waits(session: Session, *, now: datetime) -> None:
    """Ask for every file again that has been gone through and never scanned: a scanner may
    have come, or come back. Once a day and file."""
    waiting = session.scalars(
        select(StoredFile.id).where(
            StoredFile.state == FileState.UNCHECKED, StoredFile.read_at.is_not(None)
        )
    )
    for file_id in waiting:
        enqueue_job(
            session, SCAN_JOB, dedupe_key=f"{SCAN_JOB}:{file_id}:{now:%Y-%m-%d}", now=now,
            file_id=file_id,
        )


def drop_old_files(session: Session, *, now: datetime) -> set[str]:
    """Delete files of drafts long after their cohort's end, and uploads that belong to nothing;
    return the digests that are named still."""
    over = select(Cohort.id).where(Cohort.ends_on < (now - DRAFTS).date())
    for beside, column, model in (
        (DraftFile, DraftFile.enrollment_id, Enrollment),
        (DraftFile, DraftFile.team_id, Team),
        (BehalfFile, BehalfFile.enrollment_id, Enrollment),
    ):
        session.execute(
            delete(beside)
            .where(column.in_(select(model.id).where(model.cohort_id.in_(over))))
            .execution_options(synchronize_session=False)
        )
    session.execute(
        delete(StoredFile)
        .where(
            StoredFile.id.not_in(select(DraftFile.stored_file_id)),
            StoredFile.id.not_in(select(BehalfFile.stored_file_id)),
            StoredFile.id.not_in(select(RoundFile.stored_file_id)),
        )
        .execution_options(synchronize_session=False)
    )
    return set(session.scalars(select(StoredFile.sha256)))


def _decide(session: Session, file_id: int, *, now: datetime, **values: object) -> None:
    """Change a row that is not decided; whoever was first decided."""
    session.execute(
        update(StoredFile)
        .where(StoredFile.id == file_id, StoredFile.state == FileState.UNCHECKED)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
