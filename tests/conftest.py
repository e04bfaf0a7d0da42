"""A migrated database for every test, the app on it, and people who can log in.

`STEGVIS_TEST_DATABASE=postgresql://…` runs the same suite on that server; otherwise SQLite.
"""

import contextlib
import functools
import os
import shutil
from itertools import count
from pathlib import Path
from secrets import token_hex

import pytest
from alembic import command
from hypothesis import settings
from sqlalchemy import create_engine, event, make_url, text

from app import clock, create_app
from app.db import Database
from app.readiness import alembic_config
from config import ROOT, Config
from courses.catalog import EditionStore
from courses.models import LoginSession
from courses.rules.tokens import token_hash
from courses.services.editions import publish_edition
from tests.speed import (
    COMPILED,
    remember_addresses,
    remember_drafts,
    remember_statements,
    search_less_for_garbage,
)

SERVER = os.environ.get("STEGVIS_TEST_DATABASE", "")
SMALL = ROOT / "tests" / "content" / "provkurs"
SECRET = "for-tests-only-" * 3
numbers = count(1)

settings.register_profile("stegvis", deadline=None)  # a busy machine is no defect
settings.load_profile("stegvis")
remember_addresses()
remember_drafts()
remember_statements()


def pytest_collection_finish() -> None:
    search_less_for_garbage()


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory) -> Path:
    """Editions of the real course and of the small test course, shared by the session."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def editions(data_dir) -> EditionStore:
    """The store of `data_dir`: a course is read once a session, not once a test."""
    return EditionStore(data_dir / "editions")


@pytest.fixture(scope="session")
def template(tmp_path_factory, editions) -> str:
    """A migrated database with the course published, to be copied for each test."""
    if SERVER:
        name = f"stegvis_template_{token_hex(4)}"
        with _server() as server:
            server.execute(text(f"CREATE DATABASE {name}"))
        url = make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('db') / 'template.db'}"
    command.upgrade(alembic_config(url), "head")
    database = Database(url)
    with database.session(writes=True) as session, session.begin():
        for folder in sorted(p.parent for p in (ROOT / "content").glob("*/course.toml")):
            publish_edition(session, editions, folder, by=None, now=clock.now())
    database.engine.dispose()
    yield url
    if SERVER:
        with _server() as server:
            server.execute(text(f"DROP DATABASE {name}"))
        _maintenance().dispose()


@pytest.fixture
def database_url(template, tmp_path) -> str:
    """The address of a fresh copy of the template."""
    with fresh_database(template, tmp_path) as url:
        yield url


@contextlib.contextmanager
def fresh_database(template, folder):
    """Give the address of a copy of the template that lasts as long as the block."""
    if not SERVER:
        path = folder / "stegvis.db"
        shutil.copy(template.removeprefix("sqlite:///"), path)
        yield f"sqlite:///{path}"
        return
    name = f"stegvis_test_{token_hex(6)}"
    original = make_url(template).database
    with _server() as server:  # copying the files takes half the time of logging each page
        server.execute(text(f"CREATE DATABASE {name} TEMPLATE {original} STRATEGY FILE_COPY"))
    yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    with _server() as server:
        server.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@functools.cache
def _maintenance():
    return create_engine(SERVER, isolation_level="AUTOCOMMIT")


def _server():
    """A connection that makes and drops databases."""
    return _maintenance().connect()


@pytest.fixture
def config(database_url, data_dir) -> Config:
    return Config(
        database_url=database_url,
        secret_key=SECRET,
        data_dir=data_dir,
        base_url="http://localhost",
        testing=True,
    )


@pytest.fixture
def app(config, editions):
    app = create_app(config)
    app.jinja_env.bytecode_cache = COMPILED
    if app.extensions["editions"].directory == editions.directory:
        app.extensions["editions"] = editions
    yield app
    app.extensions["database"].engine.dispose()


@pytest.fixture
def session(app):
    """A session of its own to arrange data and to look at what was committed. Commit it
    before asking the app: on SQLite nobody else can write while it is open."""
    with app.extensions["database"].session(writes=False) as session:
        yield session


@pytest.fixture
def course(app):
    """The published course, in Swedish."""
    store = app.extensions["editions"]
    return store.published("processledarutbildning").course("sv")


@pytest.fixture
def small_course(app, session):
    """Another course, which nothing in the engine knows, published beside the real one."""
    store = app.extensions["editions"]
    publish_edition(session, store, SMALL, by=None, now=clock.now())
    session.commit()
    yield store.published("provkurs").course("sv")
    # the directory is shared: in the next test's database the course would be published, too
    (store.directory / "current" / "provkurs").unlink()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def login(client, session):
    """Log a user in on `client`, or on another client given as `on`."""

    def log_in(user, on=client):
        token = token_hex(16)
        now = clock.now()
        session.add(
            LoginSession(
                user_id=user.id, token_hash=token_hash(token),
                created_at=now, last_seen_at=now, proved_at=now,
            )
        )
        session.commit()
        on.set_cookie("stegvis-login", token)
        return on

    return log_in


@pytest.fixture
def post(client):
    """Post a form the way a page does: with a CSRF token and a key of its own."""

    def send(path, data=None, *, on=client, **kwargs):
        on.get("/logga-in")  # any page with a form: gives the cookie that the token is bound to
        fields = {"csrf_token": token_from(on), "idem": f"test-{next(numbers)}"} | (data or {})
        return on.post(path, data=fields, **kwargs)

    return send


def token_from(client) -> str:
    """Return a CSRF token that is valid for the client's cookie."""
    page = client.get("/logga-in").get_data(as_text=True)
    return page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]


@pytest.fixture
def count_statements(app):
    """Collect the statements run in a with block."""
    return lambda: statements_of(app)


@contextlib.contextmanager
def statements_of(app):
    """Collect the statements that `app` runs in the block."""
    statements = []

    def record(_conn, _cursor, statement, *_rest):
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            statements.append(statement)

    engine = app.extensions["database"].engine
    event.listen(engine, "before_cursor_execute", record)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", record)
