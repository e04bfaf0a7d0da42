"""One session a request, one transaction a request, one place that commits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import QueuePool

from courses.errors import Outrun

SAFE = {"GET", "HEAD", "OPTIONS"}
TRIES = 3
T = TypeVar("T")
DEADLOCK = "40P01"
"""How PostgreSQL says that two writers waited for each other and one had to give way."""
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: acknowledged means on disk
    "foreign_keys": 1,
    "recursive_triggers": 1,  # INSERT OR REPLACE must not slip past a DELETE trigger
    "trusted_schema": 0,
    "secure_delete": 1,  # what is deleted is overwritten; not every SQLite does so by itself
    "cell_size_check": 1,
    "busy_timeout": 10_000,
}


class Database:
    """The engine in two moods: reading, and writing under SQLite's write lock from the start.

    A transaction that reads first and writes later fails at once on SQLite when somebody else
    wrote in between, whatever the busy timeout; therefore writers begin IMMEDIATE.
    """

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        # one page, one snapshot: what is published or moved meanwhile shows on the next page
        self.reading = (
            self.engine if self.engine.dialect.name == "sqlite"
            else self.engine.execution_options(isolation_level="REPEATABLE READ")
        )
        self.writing = self.engine.execution_options(stegvis_writes=True)

    def session(self, *, writes: bool) -> Session:
        return Session(self.writing if writes else self.reading, expire_on_commit=False)


def make_engine(url: str) -> Engine:
    """Return an engine with the settings durability needs, asserted on every connection."""
    # an error is logged with its statement: never with what somebody wrote
    common = {"pool_size": 10, "max_overflow": 10, "hide_parameters": True}
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_pre_ping=True, **common)
        event.listen(engine, "connect", _prepare_postgresql)
        return engine
    engine = create_engine(url, poolclass=QueuePool, **common)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    """Pages ask many small things: compiling a question takes longer than any answer."""
    connection.execute("SET jit = off")
    connection.commit()


def init_app(app: Flask) -> None:
    app.extensions["database"] = Database(app.config["STEGVIS"].database_url)
    app.after_request(_finish)
    app.teardown_appcontext(_close)


def database() -> Database:
    return current_app.extensions["database"]


def session() -> Session:
    """Return this request's session, opening it on first use."""
    if "session" not in g:
        g.session = database().session(writes=request.method not in SAFE)
    return g.session


class TakesTime(Exception):
    """Something slow stands in the way of a view that may hold SQLite's one write lock."""

    def __init__(self, key: object, work: Callable[[], Any]) -> None:
        super().__init__("only a guarded view that writes can be begun again")
        self.key, self.work = key, work


def aside(key: object, work: Callable[[], T]) -> T:
    """Return `work()`, which takes its time and touches no database, as done while others could
    write: the first time, what the view has written is undone and the view begins again."""
    done = g.setdefault("done_aside", {})
    if key not in done:
        raise TakesTime(key, work)
    return done[key]


def begin_again_when_outrun(work: Callable[[], Any]) -> Any:
    """Return `work()`. When somebody else was faster with the same rows it runs again, and
    meets what they left: PostgreSQL lets two write at once until a constraint stops the second,
    and an edition may be published while something is written. It also runs again when `aside`
    has done what takes its time."""
    return _when_outrun(lambda: _with_time(work))


def _with_time(work: Callable[[], Any]) -> Any:
    while True:
        try:
            return work()
        except TakesTime as slow:
            session().rollback()
            g.done_aside[slow.key] = slow.work()


def _when_outrun(work: Callable[[], Any]) -> Any:
    for _ in range(TRIES - 1):
        try:
            return work()
        except (IntegrityError, StaleDataError, Outrun):
            session().rollback()
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", "") != DEADLOCK:
                raise
            session().rollback()
    return work()


def append(row: Any, *, whatever_comes: bool = False) -> None:
    """Add a log row. On a page that only reads it is written after the view, on its own; so is
    one that is true `whatever_comes`: the page that refuses a form has shown it, too."""
    if whatever_comes:
        g.setdefault("certain", []).append(row)
    elif request.method not in SAFE:
        session().add(row)
    else:
        g.setdefault("appended", []).append(row)


@contextmanager
def transaction(app: Flask | None = None) -> Iterator[Session]:
    """A session outside a request: commits at the end of the block, rolls back on any error."""
    base = app.extensions["database"] if app else database()
    with base.session(writes=True) as own, own.begin():
        yield own


@contextmanager
def reading() -> Iterator[Session]:
    """A session that only reads, for what is looked up before the write lock is taken."""
    with database().session(writes=False) as own:
        yield own


def forget_writes(app: Flask) -> None:
    """Empty SQLite's log of writes: what has been deleted is readable in it, and in which order
    answers to a survey came. Left for the next time while somebody reads."""
    engine = app.extensions["database"].engine
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=500")  # nobody may write while it waits
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        cursor.execute(f"PRAGMA busy_timeout={PRAGMAS['busy_timeout']}")
    finally:
        connection.close()


def _finish(response: Response) -> Response:
    """Commit what a successful request wrote; everything else is rolled back."""
    rows = g.pop("certain", [])
    if response.status_code < 400:
        if "session" in g:
            g.session.commit()
        rows += g.pop("appended", [])
    elif rows and "session" in g:
        g.session.rollback()  # SQLite's one write lock is for the rows now
    if rows:
        with transaction() as own:
            own.bulk_save_objects(rows)  # one statement, however many texts a page has opened
    return response


def _close(_error: BaseException | None) -> None:
    g.pop("appended", None)
    if open_session := g.pop("session", None):
        open_session.close()  # rolls back what was not committed


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin for us
    cursor = connection.cursor()
    for name, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
    for name, value in PRAGMAS.items():
        found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
        if found != value and name != "busy_timeout":
            raise RuntimeError(f"SQLite did not accept {name}={value} (it is {found})")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("stegvis_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
