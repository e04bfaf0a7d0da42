"""Reflections: saved, never over somebody's newer text, and deleted for real.

Doing the same twice is once, without a row that remembers: a reflection is named by the form
it is written in, and a text that stands there already is not written again.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from courses.errors import NotFound, Stale
from courses.models import Cipher, Reflection
from courses.rules.reflections import Words


def save_reflection(
    session: Session,
    *,
    reflection_id: str,
    user_id: int,
    module_id: str | None,
    words: Words,
    version: int,
    cipher: Cipher,
    now: datetime,
) -> Reflection:
    """Keep what somebody has written. `version` is that of the text they began from, 0 for a
    new one; Stale when another text has been saved since, or (with nothing as `theirs` and
    version 0) when the reflection has been deleted."""
    row = _find(session, reflection_id, user_id)
    if row is None and version:
        raise Stale(words, None, version=0)
    if row is not None:
        kept = cipher.unseal(row)
        if kept == words and row.module_id == module_id:
            return row
        if row.version != version:
            raise Stale(words, kept, version=row.version)
    try:
        with session.begin_nested():  # the key and the version have the last word
            if row is None:
                row = Reflection(id=reflection_id, user_id=user_id, created_at=now)
                session.add(row)
            row.module_id = module_id
            row.stored = cipher.seal(words, reflection_id=reflection_id, user_id=user_id)
            row.updated_at = now
    except (IntegrityError, StaleDataError) as error:
        theirs = _find(session, reflection_id, user_id)
        if theirs is None:
            raise Stale(words, None, version=0) from error
        kept = cipher.unseal(theirs)
        if kept == words:
            return theirs
        raise Stale(words, kept, version=theirs.version) from error
    return row


def delete_reflection(session: Session, *, reflection_id: str, user_id: int) -> None:
    """Delete a reflection, row and all. One that is gone already stays gone."""
    row = _find(session, reflection_id, user_id)
    if row is not None:
        session.delete(row)
        session.flush()


def _find(session: Session, reflection_id: str, user_id: int) -> Reflection | None:
    """Return somebody's own reflection; NotFound when it is another's."""
    row = session.scalars(
        select(Reflection)
        .where(Reflection.id == reflection_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is not None and row.user_id != user_id:
        raise NotFound
    return row
