"""A ZIP from somebody's computer: taken in whole, or refused with a reason to act on."""

import contextlib
import io
import zipfile
from random import Random

import pytest

from courses.catalog import zip_folder
from courses.catalog.files import read_folder
from courses.catalog.zip_folder import read_zip
from courses.errors import Reason, Refused
from tests.unit.courses.catalog import PROVKURS

COURSE = b'id = "provkurs"\n'
FILES = {"course.toml": COURSE, "01-start/lessons/1.md": b"+++\n"}


def packed(files, *, top="", **how):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{top}{name}", content, **how)
    return buffer.getvalue()


def refusal(data):
    with pytest.raises(Refused) as refused:
        read_zip(data, "provkurs")
    return refused.value


def test_a_whole_course_comes_in_as_it_is():
    files = read_folder(PROVKURS)

    assert read_zip(packed(files), "provkurs").files == files


@pytest.mark.parametrize("top", ["provkurs/", "Hämtade filer/provkurs (2)/"])
def test_a_folder_around_the_course_is_taken_off(top):
    assert read_zip(packed(FILES, top=top), "provkurs").files == FILES


def test_what_lies_beside_the_course_is_told_and_left():
    data = packed({f"content/provkurs/{k}": v for k, v in FILES.items()}
                  | {"content/README.md": b"."})

    found = read_zip(data, "provkurs")

    assert found.files == FILES
    assert found.outside == ("content/README.md",)


def test_what_computers_add_by_themselves_is_passed_over():
    clutter = dict.fromkeys(
        (".DS_Store", "__MACOSX/._course.toml", "Thumbs.db", ".git/config", "_old/course.toml"),
        b"",
    )

    assert read_zip(packed(FILES | clutter), "provkurs").files == FILES


def test_line_ends_of_windows_and_a_byte_order_mark_make_no_difference():
    text = "﻿id = \"provkurs\"\r\ntitle = \"Å\"\r\n".encode()

    found = read_zip(packed({"course.toml": text}), "provkurs").files

    assert found["course.toml"] == 'id = "provkurs"\ntitle = "Å"\n'.encode()


def test_a_course_file_that_cannot_be_read_comes_in_to_be_mended():
    for broken in (b"id = \n", b"id = " + b"[" * 2_000):
        files = {"course.toml": broken}

        assert read_zip(packed(files), "provkurs").files == files


def link():
    entry = zipfile.ZipInfo("01-start/lessons/2.md")
    entry.create_system = 3
    entry.external_attr = 0o120777 << 16
    buffer = io.BytesIO(packed(FILES))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(entry, "/etc/passwd")
    return buffer.getvalue()


def encrypted():
    data = bytearray(packed({"course.toml": COURSE}))
    data[6] |= 1  # the flag in the file's own header, and in the list at the end
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def damaged():
    data = bytearray(packed(FILES | {"01-start/module.md": Random(1).randbytes(3_000)}))  # noqa: S311
    data[len(data) // 2] ^= 0xFF
    return bytes(data)


def lying():
    """Says that it holds little and unpacks to much."""
    data = bytearray(packed({"course.toml": COURSE + b"#" * 3_000_000}))
    place = data.rindex(b"PK\x01\x02") + 24
    data[place:place + 4] = (100).to_bytes(4, "little")
    return bytes(data)


def packed_as(method):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("course.toml", COURSE)
    return buffer.getvalue()


REFUSED = {
    # a few kilobytes of these become gigabytes in memory before anybody can count them
    "packed with bzip2": (lambda: packed_as(zipfile.ZIP_BZIP2), Reason.ZIP_UNREADABLE),
    "packed with LZMA": (lambda: packed_as(zipfile.ZIP_LZMA), Reason.ZIP_UNREADABLE),
    "a file without a name": (
        lambda: packed(FILES | {"X.md": b""}).replace(b"X.md", b"\0.md"), Reason.ZIP_UNREADABLE,
    ),
    "no zip": (lambda: b"hej", Reason.ZIP_UNREADABLE),
    "cut off": (lambda: packed(FILES)[:-30], Reason.ZIP_UNREADABLE),
    "damaged": (damaged, Reason.ZIP_UNREADABLE),
    "lying about its size": (lying, Reason.ZIP_UNREADABLE),
    "locked": (encrypted, Reason.ZIP_ENCRYPTED),
    "empty": (lambda: packed({}), Reason.ZIP_NO_COURSE),
    "no course": (lambda: packed({"a.md": b""}), Reason.ZIP_NO_COURSE),
    "two courses": (
        lambda: packed({"a/course.toml": COURSE, "b/course.toml": COURSE}),
        Reason.ZIP_SEVERAL_COURSES,
    ),
    "another course": (
        lambda: packed({"course.toml": b'id = "annan"\n'}), Reason.ZIP_OTHER_COURSE,
    ),
    "climbs out": (lambda: packed(FILES | {"../a.md": b""}), Reason.ZIP_PATH),
    "climbs out inside": (lambda: packed(FILES | {"a/../../a.md": b""}), Reason.ZIP_PATH),
    "from the root": (lambda: packed(FILES | {"/etc/a.md": b""}), Reason.ZIP_PATH),
    "from a drive": (lambda: packed(FILES | {"C:/a.md": b""}), Reason.ZIP_PATH),
    "backslash": (lambda: packed(FILES | {"a\\..\\b.md": b""}), Reason.ZIP_PATH),
    "a link": (link, Reason.ZIP_LINK),
    "name too long": (lambda: packed(FILES | {f"{'a' * 250}.md": b""}), Reason.ZIP_NAME),
    "name with signs": (lambda: packed(FILES | {"a\x1b.md": b""}), Reason.ZIP_NAME),
    "another kind of file": (lambda: packed(FILES | {"a.docx": b""}), Reason.ZIP_SUFFIX),
    "twice": (lambda: packed(FILES | {"COURSE.toml": COURSE}), Reason.ZIP_TWICE),
    "a file too large": (
        lambda: packed(FILES | {"a.md": b"#" * 2_000_001}), Reason.ZIP_FILE_TOO_LARGE,
    ),
    "too many": (
        lambda: packed(FILES | {f"a/{n}.md": b"" for n in range(1_000)}), Reason.ZIP_TOO_MANY,
    ),
    "unpacks too large": (
        lambda: packed(FILES | {f"a{n}.png": b"#" * 1_999_999 for n in range(21)}),
        Reason.ZIP_UNPACKS_TOO_LARGE,
    ),
    "too large": (lambda: b"#" * (zip_folder.MAX_PACKED + 1), Reason.ZIP_TOO_LARGE),
}


@pytest.mark.parametrize("make, reason", REFUSED.values(), ids=REFUSED)
def test_every_refusal_has_its_own_reason(make, reason):
    assert refusal(make()).reason is reason


def test_the_refusal_names_the_file():
    assert refusal(packed(FILES | {"bilder/foto.heic": b""})).params["file"] == "bilder/foto.heic"


@pytest.mark.parametrize("seed", range(60))
def test_no_damage_is_anything_but_a_refusal_or_a_folder(seed):
    random = Random(seed)  # noqa: S311
    data = bytearray(packed(read_folder(PROVKURS)))
    for _ in range(random.randrange(1, 6)):
        data[random.randrange(len(data))] = random.randrange(256)

    with contextlib.suppress(Refused):
        read_zip(bytes(data), "provkurs")
