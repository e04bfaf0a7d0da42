"""What is stored of a reflection: nothing that anybody reads without the keys, which can be
changed while people write."""

import os
import subprocess
from dataclasses import replace
from pathlib import Path
from secrets import token_hex

import pytest
from sqlalchemy import make_url, select, text

from app import create_app, keys
from app.jobs import rotation
from app.login import totp
from app.pages.reflecting import RING, Sealing, all_of, new_name
from courses.models import AuthenticatorApp, Reflection
from tests.conftest import token_from
from tests.factories import LONG_AGO, make_cohort, make_enrollment, make_user, user_of
from tests.reflecting import make_reflection

MARK = token_hex(6)
"""Of this run alone: a server's log of writes tells of all its databases, and of other runs."""
SECRETS = (f"Sländor{MARK} vid älven", f"gömställe-{MARK}", f"Varför kvicksilver{MARK}?")
BINARIES = Path("/usr/lib/postgresql/15/bin")


@pytest.fixture
def app(config, tmp_path, data_dir):
    """The site with keys of its own, so that changing them concerns nobody else."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "editions").symlink_to(data_dir / "editions")
    app = create_app(replace(config, data_dir=folder))
    yield app
    app.extensions["database"].engine.dispose()


def everything_stored(app, config):
    """The bytes of the database: its file with the log of writes, or its dump with the log."""
    url = make_url(config.database_url)
    if url.get_backend_name() == "sqlite":
        files = [Path(f"{url.database}{end}") for end in ("", "-wal")]
        return b"".join(file.read_bytes() for file in files if file.exists())
    dump = subprocess.run(
        [BINARIES / "pg_dump", "--host", url.host, "--port", str(url.port), "--username",
         url.username or "postgres", url.database],
        check=True, capture_output=True, env=os.environ | {"PGPASSWORD": url.password or ""},
    ).stdout
    with app.extensions["database"].session(writes=False) as session:
        logs = session.scalars(
            text(
                "SELECT pg_read_binary_file('pg_wal/' || name) FROM pg_ls_waldir() "
                "WHERE name ~ '^[0-9A-F]{24}$' ORDER BY modification DESC LIMIT 3"
            )
        ).all()
    return dump + b"".join(bytes(log) for log in logs)


def found(stored, secrets=SECRETS):
    """Which of the words can be read in these bytes."""
    return {
        (word, encoding)
        for one in secrets
        for word in (one, *(word for word in one.split() if MARK in word))
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1")
        if word.encode(encoding) in stored or word.encode(encoding).hex().encode() in stored
    }


def test_the_database_holds_no_readable_reflection(app, config, session, course, login):
    client = login(
        user_of(session, make_enrollment(session, make_cohort(session, course))),
        on=app.test_client(),
    )
    token = {"csrf_token": token_from(client)}
    where = f"/reflektioner/{new_name()}"
    written = token | {"idem": "en-nyckel", "text": SECRETS[0], "prompt": SECRETS[2]}
    assert client.post(where, data=written).status_code == 303
    assert client.post(where, data=written | {"text": SECRETS[1], "v": "1"}).status_code == 303
    assert client.post(where, data=written | {"text": "Annat"}).status_code == 409  # a conflict
    for path in (where, f"{where}/ta-bort", f"{where}/anvand", "/reflektioner/hamta"):
        assert SECRETS[1] in client.get(path).get_data(as_text=True)

    stored = everything_stored(app, config)

    assert where.rpartition("/")[2].encode() in stored  # the row itself is there
    assert found(stored) == set()


def test_the_search_for_words_finds_what_is_readable(app, config, session):
    name = f"Öppen-{MARK}"
    make_user(session, name=name)
    session.commit()
    assert (name, "utf-8") in found(everything_stored(app, config), [name])


def rows(session):
    session.rollback()
    session.expire_all()
    return session.scalars(select(Reflection)).all()


def number(stored):
    return int.from_bytes(stored[: keys.NUMBER], "big")


@pytest.fixture
def writer(app, session):
    user = make_user(session)
    for n in range(7):
        make_reflection(app, session, user, f"Tanke {n}")
    with app.app_context():
        session.add(
            AuthenticatorApp(
                user_id=user.id, secret=totp.seal("HEMLIGHET", user.id), last_step=0,
                created_at=LONG_AGO,
            )
        )
    session.commit()
    return user


def texts(app, session, user):
    session.rollback()
    session.expire_all()
    with app.app_context():
        return sorted(one.words.text for one in all_of(session, user.id) if one.words)


def test_a_rotation_leaves_nothing_under_the_old_key(app, session, writer, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 3)
    versions = {one.id: one.version for one in rows(session)}
    assert {number(one.stored) for one in rows(session)} == {1}

    done = app.test_cli_runner().invoke(args=["keys", "rotate"])

    assert done.exit_code == 0, done.output
    assert "reflection: 7 written anew" in done.output
    assert "authenticator_app: 1 written anew" in done.output
    assert {number(one.stored) for one in rows(session)} == {2}
    assert {one.id: one.version for one in rows(session)} == versions  # no one has a conflict
    app_row = session.scalars(select(AuthenticatorApp)).one()
    with app.app_context():
        assert number(app_row.secret) == 2
        assert totp.unseal(app_row.secret, writer.id) == "HEMLIGHET"
        (keys.ring(RING).folder / "1.key").unlink()
    assert texts(app, session, writer) == [f"Tanke {n}" for n in range(7)]
    assert app.test_cli_runner().invoke(args=["keys", "renew", "--check"]).exit_code == 0


def test_an_interrupted_rotation_is_gone_on_with(app, session, writer, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    with app.app_context():
        rotation.rotate()
        at_work = rotation.renew(rotation.SEALED[0])
        next(at_work)
        at_work.close()  # killed after the first few
    assert sorted(number(one.stored) for one in rows(session)) == [1] * 5 + [2] * 2
    left = app.test_cli_runner().invoke(args=["keys", "renew", "--check"])
    assert left.exit_code == 1
    assert "reflection: 5 under an older key" in left.output
    assert texts(app, session, writer) == [f"Tanke {n}" for n in range(7)]

    assert app.test_cli_runner().invoke(args=["keys", "renew"]).exit_code == 0

    assert {number(one.stored) for one in rows(session)} == {2}


def test_whoever_saves_while_keys_are_changed_wins(app, session, writer, monkeypatch):
    with app.app_context():
        rotation.rotate()
        old = rotation._old(rotation.SEALED[0], None)
        mine = next(one for one in rows(session) if one.id == old[0].id)
        sealed = Sealing().seal(
            replace(Sealing().unseal(mine), text="Sparat mitt i."), reflection_id=mine.id,
            user_id=writer.id,
        )
        session.execute(
            text("UPDATE reflection SET stored = :stored WHERE id = :id"),
            {"stored": sealed, "id": mine.id},
        )
        session.commit()
        list(rotation._write(rotation.SEALED[0], old))
    assert "Sparat mitt i." in texts(app, session, writer)


def test_what_no_key_opens_is_told_and_left_as_it_is(app, session, writer):
    lost = rows(session)[0]
    session.execute(
        text("UPDATE reflection SET stored = :stored WHERE id = :id"),
        {"stored": lost.stored[:-1] + b"x", "id": lost.id},
    )
    session.commit()

    done = app.test_cli_runner().invoke(args=["keys", "rotate"])

    assert done.exit_code == 1
    assert f"reflection {lost.id}: no key opens it" in done.output
    assert "reflection: 6 written anew" in done.output
