"""The order in which bytes reach the disk; what survives when it stops anywhere in between."""

import os
from hashlib import sha256

import pytest

from courses.documents import storage as module
from courses.documents.storage import LocalStorage, digest_of
from courses.rules.file_names import LONGEST, clean_name

CONTENT = b"what was acknowledged"
DIGEST = sha256(CONTENT).hexdigest()


@pytest.fixture
def storage(tmp_path):
    return LocalStorage(tmp_path / "files")


@pytest.fixture
def draft(storage):
    file, path = storage.draft()
    with file:
        file.write(CONTENT)
    return path


def test_a_file_is_on_the_disk_before_it_is_in_its_place(storage, draft, monkeypatch):
    done = []
    sync, replace = module.sync, os.replace
    monkeypatch.setattr(module, "sync", lambda path: (done.append(("sync", path)), sync(path)))
    monkeypatch.setattr(
        os, "replace", lambda a, b: (done.append(("move", b)), replace(a, b))
    )

    storage.keep(draft, DIGEST)

    place = storage.path(DIGEST)
    assert [one for one in done if one[1] != storage.directory] == [
        ("sync", draft), ("move", place), ("sync", place.parent),
    ]
    assert digest_of(place) == DIGEST


@pytest.mark.parametrize("step", ["sync", "utime", "replace"])
def test_whatever_fails_there_is_a_whole_file_or_none(storage, draft, monkeypatch, step):
    def fail(*_args):
        raise OSError("no more")

    owner = module if step == "sync" else os
    monkeypatch.setattr(owner, step, fail)
    with pytest.raises(OSError, match="no more"):
        storage.keep(draft, DIGEST)

    assert not storage.path(DIGEST).exists()
    assert draft.read_bytes() == CONTENT


def test_the_same_twice_is_one_file(storage, draft):
    storage.keep(draft, DIGEST)
    file, second = storage.draft()
    with file:
        file.write(CONTENT)
    storage.keep(second, DIGEST)

    assert [path for path in storage.directory.glob("??/*") if path.parent != storage.drafts] \
        == [storage.path(DIGEST)]
    assert list(storage.drafts.iterdir()) == []


def test_a_place_comes_from_a_digest_and_nothing_else(storage):
    for name in ("../../etc/passwd", "a" * 63, "A" * 64, ""):
        with pytest.raises(ValueError, match="no digest"):
            storage.path(name)


@pytest.mark.parametrize("raw,name", [
    ("Tabell 1.pdf", "Tabell 1.pdf"), ("../../etc/passwd.pdf", "passwd.pdf"),
    ("C:\\Users\\a\\bild.png", "bild.png"), ("CON.docx", "fil-CON.docx"),
    ("lpt1.txt.pdf", "fil-lpt1.txt.pdf"), ("a\u202efdp.exe.pdf", "a fdp.exe.pdf"),
    ("a\r\nX-Evil: 1.pdf", "a X-Evil 1.pdf"), ("  .pdf", "fil.pdf"), ("", "fil"),
    ("A\u030angstrom.odt", "Ångstrom.odt"), ("Biŋgá Ŧeavvá.docx", "Biŋgá Ŧeavvá.docx"),
    ("..%2f..%2fa.pdf", "2f.. 2fa.pdf"), ('a"b<c>|d?.pdf', "a b c d.pdf"),
    ("noll\x00byte.pdf", "noll byte.pdf"),
])
def test_a_name_is_cleaned(raw, name):
    assert clean_name(raw) == name
    assert len(clean_name("å" * 500 + ".docx")) == LONGEST
