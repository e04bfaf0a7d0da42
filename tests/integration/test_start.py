"""An app says what is wrong with its database, and never makes an empty one over it."""

import stat
from dataclasses import replace

import pytest

from app import create_app


def test_a_database_in_a_folder_that_is_not_there(config, tmp_path):
    missing = replace(config, database_url=f"sqlite:///{tmp_path / 'nowhere' / 'stegvis.db'}")

    with pytest.raises(RuntimeError, match="STEGVIS_DATABASE_URL"):
        create_app(missing)


def test_a_file_that_is_no_database_is_left_as_it_is(config, tmp_path):
    path = tmp_path / "stegvis.db"
    path.write_bytes(b"no database at all" * 100)

    with pytest.raises(RuntimeError, match="cannot be used"):
        create_app(replace(config, database_url=f"sqlite:///{path}"))

    assert path.read_bytes() == b"no database at all" * 100


def test_a_server_that_does_not_answer_is_named_without_its_password(config):
    url = "postgresql://anna:hemligt@127.0.0.1:1/stegvis?connect_timeout=2"

    with pytest.raises(RuntimeError) as error:
        create_app(replace(config, database_url=url))

    assert "127.0.0.1:1" in str(error.value)
    assert "hemligt" not in str(error.value)


def test_the_data_folder_is_made_when_it_is_missing(config, tmp_path):
    own = replace(
        config, data_dir=tmp_path / "data", database_url=f"sqlite:///{tmp_path / 'data' / 's.db'}"
    )

    app = create_app(own)  # not migrated yet: it starts, and serves nothing

    assert app.test_client().get("/").status_code == 503
    assert app.test_client().get("/halsa").status_code == 200
    assert stat.filemode(own.data_dir.stat().st_mode) == "drwx------"  # nobody else looks in
