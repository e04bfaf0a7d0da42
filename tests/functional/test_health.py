"""Whatever watches the server learns that it cannot serve before the people do."""

import logging
import shutil
from dataclasses import replace

import pytest

from app import create_app


@pytest.fixture
def fresh(config, tmp_path, data_dir):
    """An app that has read no edition yet, with a data directory of its own."""
    shutil.copytree(data_dir / "editions", tmp_path / "own" / "editions")
    app = create_app(replace(config, data_dir=tmp_path / "own"))
    yield app
    app.extensions["database"].engine.dispose()


def test_a_whole_site_is_ready(client):
    assert client.get("/halsa").json == client.get("/halsa/redo").json == {"status": "ok"}


@pytest.mark.parametrize("harm", ["gone", "cut", "changed"])
def test_a_site_whose_edition_is_damaged_is_not_ready(fresh, harm, caplog):
    caplog.set_level(logging.CRITICAL)
    for file in fresh.config["STEGVIS"].data_dir.glob("editions/*.zip"):
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        kept = {"gone": None, "cut": bytes(data[:-100]), "changed": bytes(data)}[harm]
        file.unlink() if kept is None else file.write_bytes(kept)
    answer = fresh.test_client().get("/halsa/redo")

    assert answer.status_code == 503
    assert answer.json == {"status": "not ready"}


def test_a_site_that_shows_another_edition_than_the_published_one_is_not_ready(fresh, caplog):
    caplog.set_level(logging.CRITICAL)
    store = fresh.extensions["editions"]
    course_id = "processledarutbildning"
    published = store.current(course_id)
    (store.directory / f"{published}.zip").unlink()  # the data folder is older than the database
    (store.directory / "current" / course_id).unlink()

    assert fresh.test_client().get("/halsa/redo").status_code == 503
