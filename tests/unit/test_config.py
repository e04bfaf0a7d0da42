import pytest

from config import Config, ConfigError

COMPLETE = {
    "STEGVIS_DATABASE_URL": "sqlite:////srv/stegvis.db",
    "STEGVIS_SECRET_KEY": "x" * 32,
    "STEGVIS_DATA_DIR": "/srv/stegvis",
    "STEGVIS_BASE_URL": "https://stegvis.example/",
}


def test_a_complete_environment_is_read():
    config = Config.from_environment(COMPLETE)

    assert config.base_url == "https://stegvis.example"
    assert config.is_https
    assert config.trusted_hosts == ["stegvis.example"]


def test_everything_that_is_missing_is_named_at_once():
    with pytest.raises(ConfigError) as error:
        Config.from_environment({})

    for name in COMPLETE:
        assert name in str(error.value)


@pytest.mark.parametrize("name,value,says", [
    ("STEGVIS_SECRET_KEY", "short", "32 characters"),
    ("STEGVIS_BASE_URL", "stegvis.example", "https://"),
    ("STEGVIS_TRUSTED_PROXIES", "one", "whole number"),
])
def test_what_cannot_be_right_is_refused(name, value, says):
    with pytest.raises(ConfigError, match=says):
        Config.from_environment(COMPLETE | {name: value})


def test_the_secret_is_not_shown():
    assert "x" * 32 not in repr(Config.from_environment(COMPLETE))


def test_on_ones_own_machine_its_usual_names_are_one():
    config = Config.from_environment(COMPLETE | {"STEGVIS_BASE_URL": "http://127.0.0.1:8000"})

    assert set(config.trusted_hosts) == {"localhost", "127.0.0.1", "[::1]"}
