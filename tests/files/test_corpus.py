"""Bad uploads: none taken as good, each with its reason, in little memory. Good ones: taken."""

import resource
import subprocess
import sys

import pytest

from courses.documents.uploads import check, extract_text, rewrite_picture
from courses.errors import Refused
from tests.files.corpus import corpus
from tests.files.good import TEXT, good_files, photo_with_place

LITTLE = 256 * 1024


def test_no_bad_file_is_taken_and_each_is_told_why(tmp_path):
    wrong, count = [], 0
    path = tmp_path / "upload"
    for bad in corpus():
        count += 1
        path.write_bytes(bad.content)
        try:
            check(path, bad.name)
        except Refused as refused:
            if refused.reason not in bad.reasons:
                wrong.append((bad.name, refused.reason.value))
        else:
            wrong.append((bad.name, "taken"))
    assert wrong == []
    assert count >= 150
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert most < LITTLE, f"a process took {most} kB"


@pytest.mark.parametrize("name", good_files())
def test_a_good_file_is_taken(tmp_path, name):
    path = tmp_path / "upload"
    path.write_bytes(good_files()[name])

    media_type = check(path, name)

    if media_type not in ("image/png", "image/jpeg"):
        assert extract_text(path, media_type).strip()


@pytest.mark.parametrize("name", ["text.docx", "bilder.pptx", "tabell.xlsx", "text.odt"])
def test_the_text_is_found(tmp_path, name):
    path = tmp_path / "upload"
    path.write_bytes(good_files()[name])

    assert TEXT in extract_text(path, check(path, name))


@pytest.mark.parametrize("kind,name", [("JPEG", "foto.jpg"), ("PNG", "foto.png")])
def test_the_place_of_a_photo_is_gone_and_it_stands_upright(tmp_path, kind, name):
    from PIL import Image

    path, target = tmp_path / "upload", tmp_path / "anew"
    path.write_bytes(photo_with_place(kind))

    rewrite_picture(path, target, check(path, name))

    with Image.open(target) as picture:
        assert dict(picture.getexif()) == {}
        assert picture.size == (40, 60)
    for trace in (b"Kamera", b"2026:11:22", b"Exif", b"eXIf", b"Hemma"):
        assert trace not in target.read_bytes()


def test_the_process_that_reads_knows_no_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("STEGVIS_SECRET_KEY", "hemligt")
    seen = []
    run = subprocess.run

    def watch(command, **options):
        seen.append((command[0], options["env"]))
        return run(command, **options)

    monkeypatch.setattr(subprocess, "run", watch)
    path = tmp_path / "upload"
    path.write_bytes(good_files()["text.docx"])
    check(path, "text.docx")

    assert seen[0][0] == sys.executable
    assert "hemligt" not in repr(seen[0][1])
