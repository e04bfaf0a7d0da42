"""Files beside a draft, and what becomes of them when the draft is handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course
from courses.errors import NotFound, Reason, Refused, Stale
from courses.models import (
    BehalfFile,
    DraftFile,
    Enrollment,
    FileFinding,
    RoundFile,
    StoredFile,
    Submission,
    SubmissionRound,
    Team,
    User,
    owned_by,
)
from courses.rules.identity_guard import FindingKind
from courses.rules.submissions import Move, next_state
from courses.services.handin_order import refuse_when_closed
from courses.services.outbox import enqueue_job
from courses.vocabulary import FileState

MAX_FILES = 5
QUOTA = 500_000_000
"""Bytes that one person may have uploaded altogether."""
READ_JOB = "file:read"
F = TypeVar("F", DraftFile, BehalfFile)


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that lies in storage and has been found to be what its name says."""

    name: str
    sha256: str
    size: int
    media_type: str


def refuse_over_quota(session: Session, user_id: int, size: int) -> None:
    """Refuse a file for which the person has no room left."""
    used = session.scalar(
        select(func.coalesce(func.sum(StoredFile.size), 0)).where(
            StoredFile.uploaded_by == user_id
        )
    )
    if (used or 0) + size > QUOTA:
        raise Refused(Reason.UPLOAD_QUOTA)


def add_file(
    session: Session,
    *,
    owner: Enrollment | Team,
    enrollment: Enrollment,
    course: Course,
    assignment: Assignment,
    upload: Upload,
    by: int,
    now: datetime,
    today: date,
) -> DraftFile:
    """Put an uploaded file beside the draft and let the worker go through it."""
    if not assignment.is_handed_in:
        raise Refused(Reason.NOT_TO_HAND_IN)
    mine = owned_by(owner)
    _refuse_unless_written(session, mine, assignment.id)
    refuse_when_closed(
        session, enrollment=enrollment, course=course, assignment=assignment, today=today
    )
    return _put(
        session, DraftFile, {**mine, "assignment_id": assignment.id}, upload, by=by, now=now
    )


def add_behalf_file(
    session: Session,
    *,
    enrollment: Enrollment,
    course: Course,
    assignment: Assignment,
    upload: Upload,
    by: int,
    now: datetime,
    today: date,
) -> BehalfFile:
    """Keep a file that is to be handed in for somebody, and let the worker go through it."""
    if enrollment.user_id == by:
        raise Refused(Reason.NOT_FOR_ONESELF)
    if not assignment.is_handed_in:
        raise Refused(Reason.NOT_TO_HAND_IN)
    _refuse_unless_written(session, owned_by(enrollment), assignment.id)
    refuse_when_closed(
        session, enrollment=enrollment, course=course, assignment=assignment, today=today
    )
    mine = {"enrollment_id": enrollment.id, "assignment_id": assignment.id, "added_by": by}
    return _put(session, BehalfFile, mine, upload, by=by, now=now)


def _put(
    session: Session, beside: type[F], mine: dict[str, Any], upload: Upload, *, by: int,
    now: datetime,
) -> F:
    # of two uploads at once by one person the second counts the first
    session.execute(select(User.id).where(User.id == by).with_for_update(key_share=True))
    refuse_over_quota(session, by, upload.size)
    taken = set(session.scalars(select(beside.place).filter_by(**mine)))
    place = next((n for n in range(1, MAX_FILES + 1) if n not in taken), None)
    if place is None:
        raise Refused(Reason.UPLOAD_TOO_MANY)
    stored = StoredFile(
        sha256=upload.sha256, size=upload.size, media_type=upload.media_type,
        state=FileState.UNCHECKED, uploaded_by=by, uploaded_at=now,
    )
    session.add(stored)
    session.flush()
    file = beside(
        **{"added_by": by} | mine, place=place, name=upload.name, stored_file_id=stored.id,
        added_at=now,
    )
    session.add(file)
    session.flush()  # of two uploads to one place the constraint lets one through
    enqueue_job(
        session, READ_JOB, dedupe_key=f"{READ_JOB}:{stored.id}", now=now, file_id=stored.id
    )
    return file


def remove_file(
    session: Session, *, owner: Enrollment | Team, assignment: Assignment, file_id: int
) -> None:
    """Take a file away from the draft; what has been handed in keeps it."""
    mine = owned_by(owner)
    _refuse_unless_written(session, mine, assignment.id)
    _take_away(session, DraftFile, {**mine, "assignment_id": assignment.id}, file_id)


def remove_behalf_file(
    session: Session, *, enrollment: Enrollment, assignment: Assignment, by: int, file_id: int
) -> None:
    """Take away a file that one has added for somebody."""
    mine = {"enrollment_id": enrollment.id, "assignment_id": assignment.id, "added_by": by}
    _take_away(session, BehalfFile, mine, file_id)


def _take_away(session: Session, beside: type[F], mine: dict[str, Any], file_id: int) -> None:
    file = session.scalars(select(beside).filter_by(**mine, id=file_id)).one_or_none()
    if file is None:
        raise NotFound
    session.delete(file)
    session.flush()
    if not session.scalar(
        select(func.count(RoundFile.id)).where(RoundFile.stored_file_id == file.stored_file_id)
    ):
        session.execute(delete(StoredFile).where(StoredFile.id == file.stored_file_id))


def freeze_files(
    session: Session,
    mine: dict[str, int],
    assignment: Assignment,
    frozen: SubmissionRound,
    *,
    seen: str | None,
    beside: type[DraftFile | BehalfFile] = DraftFile,
) -> None:
    """Hand in the files of the draft with its text, as they are named and kept now; `beside`:
    where they are kept until then.

    Stale when they are not the ones that were `seen`; Refused while one of them has not been
    gone through, or when one was stopped.
    """
    rows: Sequence[Any] = session.execute(
        select(beside, StoredFile)
        .filter_by(**mine, assignment_id=assignment.id)
        .join(StoredFile, StoredFile.id == beside.stored_file_id)
        .order_by(beside.place)
        .with_for_update()
    ).all()
    if seen is not None and seen != marks([file.id for file, _ in rows]):
        raise Stale(None, None, version=0)
    if any(stored.state is FileState.REFUSED for _, stored in rows):
        raise Refused(Reason.FILES_STOPPED)
    if any(stored.read_at is None for _, stored in rows):
        raise Refused(Reason.FILES_WAITING)
    session.add_all(
        RoundFile(
            round_id=frozen.id, place=place, name=file.name, sha256=stored.sha256,
            size=stored.size, media_type=stored.media_type, stored_file_id=stored.id,
            added_by=file.added_by,
        )
        for place, (file, stored) in enumerate(rows, 1)
    )


def kinds_in_files(
    session: Session, mine: dict[str, int], assignment: Assignment,
    beside: type[DraftFile | BehalfFile] = DraftFile,
) -> list[FindingKind]:
    """Return the kind of every passage that the guard found in the files of a draft.

    Refused while one of them has not been gone through: asked in the same statement, so that
    none can be read in between and pass with what was found in it unseen.
    """
    rows = session.execute(
        select(StoredFile.state, StoredFile.read_at, FileFinding.kind)
        .join(beside, beside.stored_file_id == StoredFile.id)
        .filter_by(**mine, assignment_id=assignment.id)
        .outerjoin(FileFinding, FileFinding.stored_file_id == StoredFile.id)
    ).all()
    if any(row.state is FileState.UNCHECKED and row.read_at is None for row in rows):
        raise Refused(Reason.FILES_WAITING)
    return [row.kind for row in rows if row.kind is not None]


def marks(file_ids: list[int]) -> str:
    """Return what the check page carries along: which files were looked at."""
    return ",".join(str(one) for one in sorted(file_ids))


def _refuse_unless_written(session: Session, mine: dict[str, Any], assignment_id: str) -> None:
    state = session.scalar(
        select(Submission.state).filter_by(**mine, assignment_id=assignment_id)
    )
    next_state(state, Move.WRITE)
