"""Optimistic versions: a form says what it was filled in on top of."""

from typing import Protocol

from sqlalchemy.orm import Session

from courses.errors import Stale


class Versioned(Protocol):
    version: int


def expect_version(session: Session, row: Versioned, version: int) -> None:
    """Lock `row` and raise Stale when somebody saved it after `version` was shown."""
    session.refresh(row, with_for_update=True)
    if row.version != version:
        raise Stale(None, None, version=row.version)
