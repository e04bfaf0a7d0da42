"""A password is compared and hashed while the database is everybody's: it takes its time."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from app import clock
from app.db import make_engine
from app.login import passwords
from courses.models import LoginSession
from courses.services.account_links import make_link
from courses.vocabulary import LinkPurpose
from tests.functional.security.conftest import PASSWORD

PAGE = "/konto/sakerhet"
NEW = "blåbär stege onsdag"


class Watched:
    """The hasher, which tries each time whether somebody else could write meanwhile."""

    def __init__(self, hasher, url):
        self.hasher, self.engine, self.could = hasher, make_engine(url), []

    def __getattr__(self, name):
        work = getattr(self.hasher, name)

        def watch(*args):
            if name in ("hash", "verify"):
                self.could.append(self.can_write())
            return work(*args)

        return watch

    def can_write(self):
        """Whether a writer gets SQLite's one write lock at once."""
        writer = self.engine.execution_options(stegvis_writes=True)
        connection = self.engine.raw_connection()
        connection.execute("PRAGMA busy_timeout=0")
        connection.close()
        try:
            with writer.begin():
                return True
        except OperationalError:
            return False


@pytest.fixture
def watched(app, monkeypatch):
    url = app.config["STEGVIS"].database_url
    if not url.startswith("sqlite"):
        pytest.skip("PostgreSQL lets others write")
    found = Watched(passwords.HASHER, url)
    monkeypatch.setattr(passwords, "HASHER", found)
    yield found
    found.engine.dispose()


def grow_old(session):
    """Let every login need a new proof."""
    session.execute(update(LoginSession).values(proved_at=clock.now() - timedelta(hours=1)))
    session.commit()


def test_the_watch_sees_a_lock(app, watched):
    with app.extensions["database"].session(writes=True) as session, session.begin():
        session.connection()
        assert not watched.can_write()
    assert watched.can_write()


@pytest.mark.parametrize("password, status", [(PASSWORD, 303), ("fel lösenord", 422)])
@pytest.mark.parametrize("already", [False, True])
def test_at_the_login(anna, log_in, watched, password, status, already):
    if already:
        log_in(anna)
        watched.could.clear()

    assert log_in(anna, password=password).status_code == status
    assert watched.could == [True]


def test_at_a_login_whose_hash_is_old(anna, session, log_in, watched):
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
    anna.user.password_hash = old.hash(PASSWORD)
    session.commit()

    assert log_in(anna).status_code == 303
    assert watched.could == [True, True]


def test_at_the_second_step(armed, log_in, post, watched):
    log_in(armed)
    watched.could.clear()

    answer = post("/logga-in/steg-tva", {"recovery": armed.codes[0]})

    assert answer.status_code == 303
    assert watched.could == [True]


@pytest.mark.parametrize("fresh", [True, False])
def test_when_a_new_password_is_chosen(anna, session, log_in, post, watched, fresh):
    log_in(anna)
    if not fresh:
        grow_old(session)
    watched.could.clear()

    answer = post(f"{PAGE}/losenord", {"present_password": PASSWORD, "new_password": NEW})

    assert answer.status_code == 303
    assert watched.could == [True, True]


@pytest.mark.parametrize("path, fields", [
    (f"{PAGE}/bekrafta", {"proof_password": PASSWORD, "next": PAGE}),
    (f"{PAGE}/bekrafta", {"proof_password": "fel lösenord"}),
    ("/konto/e-post", {"email": "ny@example.org", "password": PASSWORD}),
    ("/konto/integritet/kopia", {"password": PASSWORD}),
])
def test_when_the_password_is_asked_for_again(anna, session, log_in, post, watched, path, fields):
    log_in(anna)
    grow_old(session)
    watched.could.clear()

    assert post(path, fields).status_code in (303, 422)
    assert watched.could == [True]


def test_when_recovery_codes_are_made(anna, log_in, post, watched):
    log_in(anna)
    watched.could.clear()

    assert post(f"{PAGE}/koder").status_code == 200
    assert set(watched.could) == {True}
    assert len(watched.could) > 5


def test_when_a_forgotten_password_is_replaced(anna, session, post, watched):
    token = make_link(session, anna.user, LinkPurpose.RESET, now=clock.now())
    session.commit()

    answer = post(f"/nytt-losenord/{token}", {"password": NEW})

    assert answer.status_code == 303
    assert set(watched.could) == {True}
