"""The draft of a course: one for all its editors, laid over the published edition."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from courses.catalog import EditionStore, Files, fingerprint, is_text_path
from courses.errors import Reason, Refused, Stale
from courses.models import ContentChange, User
from courses.services.audit import audit
from courses.services.editions import Published, keep_files, publish
from courses.vocabulary import Decision

LONGEST = 300_000
"""Bytes of one file: as much as a form can carry."""
NEEDED = "course.toml"


def save_file(
    session: Session,
    course_id: str,
    base: Files,
    path: str,
    content: bytes,
    *,
    based_on: str,
    by: int,
    now: datetime,
    sees_published: bool = True,
) -> None:
    """Let the draft have this text in the file. `based_on` is the fingerprint of the text that
    was changed, empty for a new file; Stale when something else stands there by now.

    When the file was published anew after the draft changed it, that stays to be told until
    somebody saves who has seen it (`sees_published`).
    """
    if path not in base and not is_text_path(path):
        raise Refused(Reason.PATH_NOT_ALLOWED)
    if len(content) > LONGEST:
        raise Refused(Reason.FILE_TOO_LONG, limit=LONGEST // 1000)
    row = _find(session, course_id, path)
    now_there = row.content if row else base.get(path)
    if now_there == content:
        return
    if fingerprint(now_there) != based_on:
        if not based_on:
            raise Refused(Reason.PATH_TAKEN)
        raise _stale(session, row, content, now_there, by)
    begun_on = row.base_digest if row and not sees_published else fingerprint(base.get(path))
    _put(session, course_id, base, path, content, row, begun_on=begun_on, by=by, now=now)
    audit(session, "content:save", "content_change", None, actor_id=by, now=now,
          course=course_id, file=path)


def remove_file(
    session: Session, course_id: str, base: Files, path: str, *, by: int, now: datetime
) -> None:
    """Leave a file out of the draft; the published edition keeps it."""
    if path == NEEDED:
        raise Refused(Reason.FILE_NEEDED)
    row = _find(session, course_id, path)
    if (row.content if row else base.get(path)) is None:
        return
    _put(session, course_id, base, path, None, row, by=by, now=now)
    audit(session, "content:remove", "content_change", None, actor_id=by, now=now,
          course=course_id, file=path)


def discard_file(
    session: Session, course_id: str, path: str, *, by: int, now: datetime
) -> None:
    """Let a file be as published again."""
    row = _find(session, course_id, path)
    if row is None:
        return
    session.delete(row)
    audit(session, "content:discard", "content_change", None, actor_id=by, now=now,
          course=course_id, file=path)


def discard_all(session: Session, course_id: str, *, by: int, now: datetime) -> int:
    """Let the whole draft go; return how many files it changed."""
    gone = session.execute(
        delete(ContentChange).where(ContentChange.course_id == course_id)
    )
    count: int = gone.rowcount  # type: ignore[attr-defined]
    if count:
        audit(session, "content:discard_all", "content_change", None, actor_id=by, now=now,
              course=course_id, files=count)
    return count


def replace_all(
    session: Session, course_id: str, base: Files, files: Files, *, by: int, now: datetime
) -> None:
    """Let the draft be exactly these files, whatever it was."""
    session.execute(delete(ContentChange).where(ContentChange.course_id == course_id))
    for path in sorted(base.keys() | files.keys()):
        _put(session, course_id, base, path, files.get(path), None, by=by, now=now)
    audit(session, "content:replace", "content_change", None, actor_id=by, now=now,
          course=course_id, files=len(files))


def publish_draft(
    session: Session,
    store: EditionStore,
    course_id: str,
    files: Files,
    *,
    seen: int,
    decisions: Mapping[int, Decision],
    by: int,
    now: datetime,
) -> Published:
    """Publish `files`, the draft as it was looked at, and let go of every change that is
    published now; what was changed meanwhile stays in the draft. Raises what `keep_files` and
    `publish` raise."""
    loaded = keep_files(store, files, today=now.date())
    published = publish(
        session, store, loaded.digest, seen=seen, decisions=decisions, by=by, now=now
    )
    rows = session.execute(
        select(ContentChange.id, ContentChange.path, ContentChange.digest)
        .where(ContentChange.course_id == course_id)
        .with_for_update()
    )
    done = [row.id for row in rows if row.digest == fingerprint(files.get(row.path))]
    session.execute(delete(ContentChange).where(ContentChange.id.in_(done)))
    return published


def _put(
    session: Session,
    course_id: str,
    base: Files,
    path: str,
    content: bytes | None,
    row: ContentChange | None,
    *,
    begun_on: str | None = None,
    by: int,
    now: datetime,
) -> None:
    """Write the row of a file; there is none when the file is as published."""
    published = base.get(path)
    if content == published:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = ContentChange(course_id=course_id, path=path)
        session.add(row)
    row.content, row.digest = content, fingerprint(content)
    row.base_digest = fingerprint(published) if begun_on is None else begun_on
    row.edited_by, row.edited_at = by, now


def _find(session: Session, course_id: str, path: str) -> ContentChange | None:
    return session.scalars(
        select(ContentChange)
        .where(ContentChange.course_id == course_id, ContentChange.path == path)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def _stale(
    session: Session, row: ContentChange | None, mine: bytes, theirs: bytes | None, by: int
) -> Stale:
    if row is None:
        return Stale(mine, theirs, version=0)
    name = session.scalar(select(User.name).where(User.id == row.edited_by, User.id != by))
    return Stale(mine, theirs, version=row.version, by=name)
