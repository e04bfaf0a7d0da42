"""Whether the database is the one this code was written for; nothing is served on another."""

from functools import cache

from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, abort, current_app, request
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from app import db
from config import ROOT
from courses.models import Base

SERVED_ALWAYS = {"static", "health.alive", "health.ready"}


def alembic_config(url: str) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


@cache
def head() -> str | None:
    """Return the last migration. Reading all of them takes half the time of a start, and they
    are as much a part of this process's code as its modules."""
    return ScriptDirectory(str(ROOT / "migrations")).get_current_head()


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the migrations' head."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head()


def missing_triggers(engine: Engine) -> list[str]:
    """Return the frozen tables that have lost a trigger; batch migrations on SQLite drop them."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if engine.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with engine.connect() as connection:
        found = set(connection.execute(text(query)).scalars())
    return [
        mapper.local_table.name
        for mapper in Base.registry.mappers
        if mapper.class_.__frozen__ is not None
        and not {f"frozen_update_{mapper.local_table.name}",
                 f"frozen_delete_{mapper.local_table.name}"} <= found
    ]


def _refuse_when_not_ready() -> None:
    if not current_app.extensions["ready"] and request.endpoint not in SERVED_ALWAYS:
        abort(503)


def init_app(app: Flask) -> None:
    engine = app.extensions["database"].engine
    try:
        app.extensions["ready"] = is_current(engine)
    except DBAPIError as error:
        engine.dispose()  # nobody else will: there is no app
        raise RuntimeError(
            f"the database {engine.url.render_as_string()} cannot be used: {error.orig}. "
            "Check STEGVIS_DATABASE_URL, that the folder or server is there, and that the file "
            "is a database; a damaged one is restored from a backup, never made anew over it"
        ) from error
    if app.extensions["ready"] and (bare := missing_triggers(engine)):
        engine.dispose()  # nobody else will: there is no app
        raise RuntimeError(f"frozen tables without their triggers: {', '.join(sorted(bare))}")
    app.before_request(_refuse_when_not_ready)


def database_answers() -> bool:
    """Whether a statement gets through right now."""
    with db.database().engine.connect() as connection:
        return connection.execute(text("SELECT 1")).scalar() == 1
