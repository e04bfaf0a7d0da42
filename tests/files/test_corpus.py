"""Bad uploads: none taken as good, each with its reason, in little memory. Good ones: taken."""

import json
import subprocess
import sys
from itertools import chain

import pytest

from config import ROOT
from courses.documents.uploads import check, extract_text, rewrite_picture
from tests.files.corpus import corpus
from tests.files.good import TEXT, good_files, ooxml, pdf, photo_with_place
from tests.files.tricks import harmless, tricks, written

LITTLE = 256 * 1024


def test_no_bad_file_is_taken_and_each_is_told_why(tmp_path):
    expected = {}
    for number, bad in enumerate(chain(corpus(), tricks()), 1):
        name = f"{number:03}-{bad.name}"
        (tmp_path / name).write_bytes(bad.content)
        expected[name] = bad.reasons

    done = subprocess.run(
        [sys.executable, "-m", "tests.files.checking", tmp_path], capture_output=True, check=True,
        cwd=ROOT,
    )

    found = json.loads(done.stdout)
    assert {n: r for n, r in found["said"].items() if r not in expected[n]} == {}
    assert len(found["said"]) == len(expected) >= 150
    assert max(found["kilobytes"]) < LITTLE


@pytest.mark.parametrize("name", good_files() | harmless())
def test_a_good_file_is_taken(tmp_path, name):
    path = tmp_path / "upload"
    path.write_bytes((good_files() | harmless())[name])

    media_type = check(path, name)

    if media_type not in ("image/png", "image/jpeg"):
        assert extract_text(path, media_type).strip()


@pytest.mark.parametrize("name", ["text.docx", "bilder.pptx", "tabell.xlsx", "text.odt"])
def test_the_text_is_found(tmp_path, name):
    path = tmp_path / "upload"
    path.write_bytes(good_files()[name])

    assert TEXT in extract_text(path, check(path, name))


@pytest.mark.parametrize("part", [
    "word/diagrams/data1.xml", "word/charts/chart1.xml", "word/commentsExtended.xml",
    "word/glossary/document.xml", "word/header1.xml",
])
def test_text_is_found_wherever_a_document_keeps_it(tmp_path, part):
    path = tmp_path / "upload"
    path.write_bytes(ooxml("docx", more=[(part, "<a><t>850709-</t><t>9805</t></a>")]))

    assert "850709-9805" in extract_text(path, check(path, "text.docx"))


@pytest.mark.parametrize("note", [
    b"<</Subtype/Widget/FT/Tx/V(850709-9805)/Rect[0 0 9 9]>>",
    b"<</Subtype/Widget/Parent<</FT/Tx/V(850709-9805)>>/Rect[0 0 9 9]>>",
    b"<</Subtype/Text/Contents(850709-9805)/Rect[0 0 9 9]>>",
])
def test_what_is_filled_in_on_a_page_is_found(tmp_path, note):
    path = tmp_path / "upload"
    page = b"/Parent 2 0 R/MediaBox"
    listed = [note, b"[6 0 R null]"]
    path.write_bytes(pdf(objects=listed).replace(page, b"/Annots 7 0 R" + page))

    assert "850709-9805" in extract_text(path, check(path, "blankett.pdf"))


def test_a_line_break_parts_two_numbers(tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(written("<w:r><w:t>12</w:t><w:cr/><w:t>850709-9805</w:t></w:r>"))

    assert "12\n850709-9805" in extract_text(path, check(path, "text.docx"))


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
