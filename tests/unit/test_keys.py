"""Keys are made once, encrypt what belongs to one thing, and are only ever added."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.keys import NUMBER, KeyRing, Undecipherable


@pytest.fixture
def ring(tmp_path):
    return KeyRing(tmp_path / "keys" / "reflections")


def test_what_was_encrypted_for_something_is_read_for_it_alone(ring):
    stored = ring.encrypt("Jag tänkte på träffen.".encode(), about="reflection 7")

    assert ring.decrypt(stored, about="reflection 7").decode() == "Jag tänkte på träffen."
    assert "träffen".encode() not in stored
    with pytest.raises(Undecipherable):
        ring.decrypt(stored, about="reflection 8")


def test_changed_bytes_are_refused(ring):
    stored = bytearray(ring.encrypt(b"text", about="a"))
    stored[-1] ^= 1

    with pytest.raises(Undecipherable):
        ring.decrypt(bytes(stored), about="a")


@pytest.mark.parametrize("stored", [b"", b"\x00", b"\x00\x09" + b"x" * 40, b"\x00\x01short"])
def test_what_no_key_made_is_refused(ring, stored):
    with pytest.raises(Undecipherable):
        ring.decrypt(stored, about="a")


def test_rotation_adds_a_key_and_leaves_the_old_ones_readable(ring):
    old = ring.encrypt(b"before", about="a")

    assert ring.rotate() == 2

    new = ring.encrypt(b"after", about="a")
    assert ring.decrypt(old, about="a") == b"before"
    assert ring.decrypt(new, about="a") == b"after"
    numbers = [int.from_bytes(one[:NUMBER], "big") for one in (old, new)]
    assert numbers == [1, ring.newest]


def test_keys_are_for_the_owner_of_the_process_alone(ring):
    (key,) = ring.folder.iterdir()

    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(ring.folder.stat().st_mode) == 0o700


def test_processes_that_start_at_once_agree_on_the_first_key(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        rings = list(pool.map(lambda _: KeyRing(tmp_path / "keys"), range(64)))

    stored = rings[0].encrypt(b"text", about="a")
    assert {one.decrypt(stored, about="a") for one in rings} == {b"text"}
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["1.key"]
