import io
import os
import threading
import zipfile

import pytest

from courses.catalog import EditionStore, load_course, pack, unpack
from courses.catalog.editions import DamagedEdition
from tests.unit.courses.catalog import PROVKURS


@pytest.fixture
def store(tmp_path):
    return EditionStore(tmp_path / "editions")


def archive(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return buffer.getvalue()


def test_the_same_content_packs_to_the_same_bytes(folder):
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))

    assert pack(folder) == pack(PROVKURS)


def test_the_digest_is_that_of_the_folder_and_of_the_course(store):
    digest, data = pack(PROVKURS)

    assert store.put(data) == digest == load_course(PROVKURS).digest == store.get(digest).digest


def test_an_edition_stays_when_the_folder_changes(store, folder, edit):
    digest = store.put(pack(folder)[1])
    edit("course.toml", "Provkurs i lugn och ro", "Nytt namn")

    assert pack(folder)[0] != digest
    assert EditionStore(store.directory).get(digest).course().title == "Provkurs i lugn och ro"


def test_the_editions_used_last_are_kept_in_memory(store, folder, edit, monkeypatch):
    monkeypatch.setattr("courses.catalog.editions.KEPT", 2)
    first = store.put(pack(folder)[1])
    digests = [first]
    for title in ("Ett", "Två"):
        edit("course.toml", "Provkurs i lugn och ro" if title == "Ett" else "Ett", title)
        digests.append(store.put(pack(folder)[1]))
    read = [store.get(digest) for digest in digests]

    assert store.get(digests[2]) is read[2]
    assert store.get(digests[1]) is read[1]
    assert store.get(first) is not read[0]
    assert store.get(first).course().title == "Provkurs i lugn och ro"
    assert store.get(digests[1]) is read[1]
    assert store.get(digests[2]) is not read[2]


def test_an_edition_is_loaded_once_also_by_many_threads(store):
    digest = store.put(pack(PROVKURS)[1])
    gate, got = threading.Barrier(8), []

    def load():
        gate.wait()
        got.append(store.get(digest))

    threads = [threading.Thread(target=load) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(got) == 8
    assert all(one is got[0] for one in got)


def test_an_edition_that_is_not_there_is_a_key_error(store):
    for digest in ("0" * 64, "../../etc/passwd", ""):
        with pytest.raises(KeyError):
            store.get(digest)


def test_a_damaged_edition_is_not_shown(store):
    digest = store.put(pack(PROVKURS)[1])
    path = store.directory / f"{digest}.zip"
    path.write_bytes(archive(**{"course.toml": b"id = 1"}))

    with pytest.raises(DamagedEdition):
        store.get(digest)


@pytest.mark.parametrize(
    "name", ["../evil.md", "/etc/evil.md", "a/../../evil.md", "..\\evil.md", "evil.sh"]
)
def test_nothing_outside_the_course_can_be_packed_in(store, name):
    with pytest.raises(DamagedEdition):
        store.put(archive(**{name: b"x"}))


def test_what_is_no_archive_is_refused():
    for data in (b"", b"PK\x03\x04 not really", pack(PROVKURS)[1][:-200]):
        with pytest.raises(DamagedEdition):
            unpack(data)


def test_nothing_is_published_at_first(store):
    assert store.courses() == ()
    assert store.current("provkurs") is None
    assert store.published("provkurs") is None


def test_publishing_is_seen_by_other_processes_at_once(store, folder, edit):
    other = EditionStore(store.directory)
    first = store.put(pack(folder)[1])
    store.set_current("provkurs", first)
    assert other.current("provkurs") == first
    edit("course.toml", "Provkurs i lugn och ro", "Nytt namn")
    second = store.put(pack(folder)[1])

    store.set_current("provkurs", second)

    assert other.current("provkurs") == second
    assert other.published("provkurs").course().title == "Nytt namn"
    assert other.courses() == ("provkurs",)


def test_the_pointer_is_read_only_when_it_has_changed(store, monkeypatch):
    digest = store.put(pack(PROVKURS)[1])
    store.set_current("provkurs", digest)
    store.current("provkurs")
    pointer = store.directory / "current" / "provkurs"
    status = pointer.stat()
    with pointer.open("r+") as file:  # same file, same size, same time: nobody looks inside
        file.write("0" * 64)
    os.utime(pointer, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert store.current("provkurs") == digest


def test_only_a_kept_edition_can_be_published(store):
    with pytest.raises(KeyError):
        store.set_current("provkurs", "0" * 64)


@pytest.mark.parametrize("course_id", ["../x", "", "a/b", ".new-1"])
def test_a_course_id_names_no_other_file(store, course_id):
    with pytest.raises(KeyError):
        store.current(course_id)


def test_no_half_written_file_is_left_behind(store, monkeypatch):
    def no_room(*_):
        raise OSError("no room")

    monkeypatch.setattr(os, "replace", no_room)
    with pytest.raises(OSError, match="no room"):
        store.put(pack(PROVKURS)[1])

    assert list(store.directory.iterdir()) == []
