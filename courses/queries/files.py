"""The files of a draft and of what was handed in, and who may open one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.errors import NotFound, Reason, Refused
from courses.models import (
    BehalfFile,
    DraftFile,
    FileFinding,
    RoundFile,
    StoredFile,
    SubmissionRound,
    User,
    owned_by,
)
from courses.queries.work_context import WorkContext
from courses.rules.file_guard import Placed
from courses.rules.masking import HIDDEN
from courses.vocabulary import FileState


@dataclass(frozen=True, kw_only=True)
class File:
    """A file as a page lists it."""

    id: int
    """Of the draft's file; of one that was handed in its place in the round."""
    name: str
    sha256: str
    size: int
    media_type: str
    state: FileState
    reason: str | None
    is_read: bool
    added_by: int
    added_at: datetime
    by: str
    is_masked: bool = False
    """Whether it was stopped in what others handed in: to be taken away, and not to be seen."""

    @property
    def is_waiting(self) -> bool:
        """Whether the worker has not gone through it yet."""
        return self.state is FileState.UNCHECKED and not self.is_read

    @property
    def is_stopped(self) -> bool:
        return self.state is FileState.REFUSED

    @property
    def megabytes(self) -> float:
        """Never nothing: the smallest file is shown as a tenth."""
        return max(round(self.size / 1_000_000, 1), 0.1)

    def refuse_to(self, user_id: int) -> None:
        """Refuse to open a file that was stopped, or another's that is not checked yet."""
        if self.is_masked:
            raise NotFound
        if self.is_stopped:
            raise Refused(Reason(self.reason or Reason.UPLOAD_VIRUS))
        if self.state is not FileState.CLEAN and self.added_by != user_id:
            raise Refused(Reason.FILE_UNCHECKED)


@dataclass(frozen=True, kw_only=True)
class InFile:
    """What the guard found in one file of a draft."""

    file_id: int
    name: str
    places: list[Placed]
    is_unread: bool
    """No text could be read in it: a picture, or a document of pictures."""


def draft_files(session: Session, context: WorkContext) -> list[File]:
    """Return the files beside the draft; what was stopped in what others handed in has no name,
    as somebody must be able to take it away. One statement."""
    hidden = context.mask.files
    return [
        replace(one, name=HIDDEN, is_masked=True) if one.sha256 in hidden else one
        for one in _kept(session, DraftFile, _mine(context))
    ]


def behalf_files(
    session: Session, enrollment_id: int, assignment_id: str, added_by: int
) -> list[File]:
    """Return the files that somebody is going to hand in for another. One statement."""
    return _kept(session, BehalfFile, _for_another(enrollment_id, assignment_id, added_by))


def _mine(context: WorkContext) -> dict[str, Any]:
    return {**owned_by(context.owner), "assignment_id": context.assignment.id}


def _for_another(enrollment_id: int, assignment_id: str, added_by: int) -> dict[str, Any]:
    return {
        "enrollment_id": enrollment_id, "assignment_id": assignment_id, "added_by": added_by
    }


def _kept(
    session: Session, beside: type[DraftFile | BehalfFile], mine: dict[str, Any]
) -> list[File]:
    rows: Iterable[Any] = session.execute(
        select(beside, StoredFile, User.name)
        .filter_by(**mine)
        .join(StoredFile, StoredFile.id == beside.stored_file_id)
        .join(User, User.id == beside.added_by)
        .order_by(beside.place)
    )
    return [_file(file.id, file, stored, file.added_at, by) for file, stored, by in rows]


def draft_file(session: Session, context: WorkContext, file_id: int) -> File:
    """Return one file beside the draft; NotFound when it is not there."""
    found = [one for one in draft_files(session, context) if one.id == file_id]
    if not found:
        raise NotFound
    return found[0]


def places_in_draft(session: Session, context: WorkContext) -> list[InFile]:
    """Return what the guard found in each of the draft's files, but those that were stopped in
    what others handed in. One statement."""
    return _places(session, DraftFile, _mine(context), context.mask.files)


def places_on_behalf(
    session: Session, enrollment_id: int, assignment_id: str, added_by: int
) -> list[InFile]:
    """The same, of the files that somebody is going to hand in for another."""
    return _places(
        session, BehalfFile, _for_another(enrollment_id, assignment_id, added_by)
    )


def _places(
    session: Session, beside: type[DraftFile | BehalfFile], mine: dict[str, Any],
    hidden: Collection[str] = (),
) -> list[InFile]:
    rows = session.execute(
        select(beside.id, beside.name, StoredFile, FileFinding)
        .filter_by(**mine)
        .join(StoredFile, StoredFile.id == beside.stored_file_id)
        .outerjoin(FileFinding, FileFinding.stored_file_id == StoredFile.id)
        .order_by(beside.place, FileFinding.page, FileFinding.line, FileFinding.id)
    )
    found: dict[int, InFile] = {}
    for number, name, stored, finding in rows:
        if stored.sha256 in hidden:
            continue
        one = found.setdefault(
            number,
            InFile(
                file_id=number, name=name, places=[],
                is_unread=stored.read_at is not None and not stored.has_text,
            ),
        )
        if finding is not None:
            one.places.append(Placed(finding.page, finding.line, finding.kind))
    return list(found.values())


def round_files(
    session: Session, rounds: Sequence[SubmissionRound]
) -> defaultdict[int, list[File]]:
    """Return round id → the files that were handed in with it. One statement."""
    found: defaultdict[int, list[File]] = defaultdict(list)
    if not rounds:
        return found
    rows = session.execute(
        select(RoundFile, StoredFile, User.name)
        .join(StoredFile, StoredFile.id == RoundFile.stored_file_id)
        .join(User, User.id == RoundFile.added_by)
        .where(RoundFile.round_id.in_([one.id for one in rounds]))
        .order_by(RoundFile.round_id, RoundFile.place)
    )
    for file, stored, by in rows:
        found[file.round_id].append(_file(file.place, file, stored, stored.uploaded_at, by))
    return found


def round_file(session: Session, one: SubmissionRound, place: int) -> File:
    """Return one file of a round; NotFound when there is none at that place."""
    found = [file for file in round_files(session, [one])[one.id] if file.id == place]
    if not found:
        raise NotFound
    return found[0]


def _file(
    number: int, file: DraftFile | BehalfFile | RoundFile, stored: StoredFile, at: datetime,
    by: str,
) -> File:
    frozen = file if isinstance(file, RoundFile) else stored
    return File(
        id=number, name=file.name, sha256=frozen.sha256, size=frozen.size,
        media_type=frozen.media_type, state=stored.state, reason=stored.reason,
        is_read=stored.read_at is not None, added_by=file.added_by, added_at=at, by=by,
    )
