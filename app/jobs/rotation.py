"""Writing what is stored encrypted anew under the newest key, while the site runs.

A row is changed only if it still holds the very bytes that were read: whoever saves at the same
moment wins, and has used the newest key. Versions stay as they are, so that nobody who writes is
told of a conflict. A few rows are written at a time; what an interrupted run has done stays done,
and the next one goes on with the rest.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import LargeBinary, bindparam, func, select, type_coerce, update
from sqlalchemy.orm import InstrumentedAttribute

from app import db, keys
from app.login import totp
from app.pages import reflecting
from courses.models import AuthenticatorApp, Reflection

BATCH = 100
"""Rows in one transaction: SQLite's write lock is given back after each."""


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """A column of encrypted bytes. `about(id, user_id)` says what a row's are bound to."""

    ring: str
    column: InstrumentedAttribute[bytes]
    about: Callable[[Any, int], str]

    @property
    def table(self) -> Any:
        return self.column.class_


@dataclass(frozen=True, kw_only=True)
class Renewed:
    """What became of a row: `is_lost` when no key opens it, and it stays as it is."""

    table: str
    row_id: Any
    is_lost: bool


SEALED = (
    Sealed(ring=reflecting.RING, column=Reflection.stored, about=reflecting.about),
    Sealed(
        ring=totp.RING, column=AuthenticatorApp.secret,
        about=lambda _id, user_id: totp.about(user_id),
    ),
)
"""What stays encrypted in the database. A new one belongs here. The answers of a set-up
keep the key they began with: they go when it is done."""


def rotate() -> dict[str, int]:
    """Give each ring a new key; return ring → the key's number."""
    return {name: keys.ring(name).rotate() for name in dict.fromkeys(s.ring for s in SEALED)}


def renew(sealed: Sealed) -> Iterator[Renewed]:
    """Write a column's rows that an older key encrypted anew, each as it is done. Runs until a
    whole pass finds nothing: somebody may have saved with the older key meanwhile."""
    lost: set[Any] = set()
    while True:
        found = 0
        last = None
        while rows := _old(sealed, last):
            last = rows[-1].id
            for one in _write(sealed, [row for row in rows if row.id not in lost]):
                found += 1
                if one.is_lost:
                    lost.add(one.row_id)
                yield one
        if not found:
            return


def count_old(sealed: Sealed) -> int:
    """Return how many rows an older key than the newest encrypted."""
    with db.reading() as session:
        return session.scalar(
            select(func.count()).select_from(sealed.table).where(_is_old(sealed))
        ) or 0


def _is_old(sealed: Sealed) -> Any:
    number = func.substr(sealed.column, 1, keys.NUMBER)
    newest = keys.ring(sealed.ring).newest.to_bytes(keys.NUMBER, "big")
    return type_coerce(number, LargeBinary) != newest


def _old(sealed: Sealed, after: Any) -> list[Any]:
    table = sealed.table
    wanted = select(table.id, table.user_id, sealed.column.label("stored")).where(_is_old(sealed))
    if after is not None:
        wanted = wanted.where(table.id > after)
    with db.reading() as session:
        return list(session.execute(wanted.order_by(table.id).limit(BATCH)))


def _write(sealed: Sealed, rows: list[Any]) -> Iterator[Renewed]:
    ring, table, name = keys.ring(sealed.ring), sealed.table.__table__, sealed.column.key
    change = (
        update(table)
        .where(table.c.id == bindparam("row"), table.c[name] == bindparam("before"))
        .values({name: bindparam("now")})
    )
    done = []
    with db.transaction() as session:
        for row in rows:
            about = sealed.about(row.id, row.user_id)
            try:
                plain = ring.decrypt(row.stored, about=about)
            except keys.Undecipherable:
                done.append(Renewed(table=table.name, row_id=row.id, is_lost=True))
                continue
            session.connection().execute(
                change,
                {"row": row.id, "before": row.stored, "now": ring.encrypt(plain, about=about)},
            )
            done.append(Renewed(table=table.name, row_id=row.id, is_lost=False))
    yield from done
