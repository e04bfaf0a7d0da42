"""A folder that an editor wrote at home: looked at first, taken in whole or not at all."""

import io
import zipfile

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.files import uploads as shelf
from courses.catalog import unpack
from courses.catalog.zip_folder import MAX_PACKED
from courses.errors import NotFound
from tests.conftest import token_from
from tests.functional.editing.conftest import LESSON, ROOM, packed, text_of

LOAD = f"{ROOM}/las-in"


@pytest.fixture
def send(editor):
    """Choose a file and send it; return where that led."""
    return lambda data, **more: send_on(editor, data, **more)


def send_on(client, data, name="kursen.zip", **fields):
    """Send the form as a browser does, from memory."""
    boundary, body = encode_multipart(
        {"csrf_token": token_from(client), **fields, "folder": FileStorage(io.BytesIO(data), name)}
    )
    return client.post(
        LOAD, data=body, content_type=f'multipart/form-data; boundary="{boundary}"'
    )


@pytest.fixture
def folder(base):
    changed = dict(base)
    changed[LESSON] = changed[LESSON].replace("Tänk dig ett rum".encode(), b"Tro mig: ett rum")
    return changed


def test_a_sound_folder_is_looked_at_and_then_becomes_the_draft(editor, post, send, folder):
    answer = send(packed(folder, top="kursen (2)/"))
    page = editor.get(answer.location).text

    assert answer.status_code == 303
    assert "1 fil skiljer sig från den publicerade upplagan" in page
    assert LESSON in page
    assert "Läs in som utkast" in page
    assert "Ändringar (0)" in editor.get(ROOM).text

    assert post(answer.location, on=editor).location == ROOM
    assert "Ändringar (1)" in editor.get(ROOM).text
    assert "Tro mig: ett rum" in text_of(editor.get(f"{ROOM}/fil/{LESSON}"))


def test_a_fault_is_told_with_file_line_and_remedy_and_nothing_is_kept(editor, send, folder):
    folder[LESSON] = folder[LESSON].replace(b"sensitive = false", b"sensetive = false")

    page = editor.get(send(packed(folder)).location).text

    assert "Mappen innehåller 2 fel" in page
    assert "«sensetive» är okänd" in page
    assert f"{LESSON}, rad 7" in page
    assert "Menade du «sensitive»?" in page
    assert "Läs in ändå som utkast" in page
    assert "Ändringar (0)" in editor.get(ROOM).text


def test_a_folder_with_a_fault_can_be_taken_in_to_be_mended_here(
    editor, post, send, folder, participant
):
    folder[LESSON] = b"+++\n"

    post(send(packed(folder)).location, on=editor)

    assert "fel hindrar publicering" in editor.get(ROOM).text
    assert participant.get("/modul/uppstart/varfor-vi-gor-det-har").status_code == 200


def test_what_the_draft_was_gives_way_and_that_is_told(editor, post, send, write, base, folder):
    write("01-uppstart/module.md", base["01-uppstart/module.md"].decode() + "\nMer.\n")

    where = send(packed(folder)).location
    assert "Utkastet ändrar redan 1 fil" in editor.get(where).text
    post(where, on=editor)

    assert text_of(editor.get(f"{ROOM}/fil/01-uppstart/module.md")).encode() == base[
        "01-uppstart/module.md"
    ]


@pytest.mark.parametrize("data, said", [
    (b"", "Välj en ZIP-fil"),
    (b"hej", "Filen är ingen ZIP-fil"),
    (packed({"a.md": b""}), "ingen course.toml"),
    (packed({"course.toml": b'id = "provkurs"\n'}), "är en annan utbildning"),
    (packed({"course.toml": b"", "../a.md": b""}), "pekar utanför mappen"),
    (packed({"course.toml": b"", "a.exe": b""}), "a.exe är av ett slag"),
])
def test_a_refusal_says_why_and_changes_nothing(editor, send, data, said):
    answer = send(data)

    assert answer.status_code == 422
    assert said in answer.text
    assert "Fel: Läs in en mapp" in answer.text
    assert "Ändringar (0)" in editor.get(ROOM).text


def test_nothing_chosen_at_all(editor, post):
    assert post(LOAD, on=editor).status_code == 422


def test_what_lies_outside_the_folder_is_told(editor, send, folder):
    data = packed({f"content/kurs/{k}": v for k, v in folder.items()} | {"content/x.md": b""})

    assert "content/x.md ligger utanför" in editor.get(send(data).location).text


def test_a_file_of_ten_megabytes_gets_through_and_more_does_not(app, editor, send):
    assert "Filen är ingen ZIP-fil" in send(b"#" * MAX_PACKED).text

    answer = send(b"#" * (MAX_PACKED + 200_000))
    assert answer.status_code == 413
    assert "större än 10 MB" in answer.text


def test_a_visitor_has_no_room_for_ten_megabytes(client):
    assert send_on(client, b"#" * 3_000_000).status_code == 413


def test_the_same_form_with_another_file_is_another_folder(editor, base, folder):
    found = [
        send_on(editor, packed(one), idem="en-och-samma").location for one in (base, folder, base)
    ]

    assert found[0] == found[2] != found[1]


@pytest.mark.parametrize("digest", ["0" * 64, "nej", "..%2f..%2fstegvis.db"])
def test_a_folder_that_is_gone_is_not_found(editor, post, digest):
    assert editor.get(f"{LOAD}/{digest}").status_code == 404
    assert post(f"{LOAD}/{digest}", on=editor).status_code == 404


def test_folders_go_after_a_day(tmp_path, monkeypatch):
    uploads = shelf.Uploads(tmp_path / "uploads")
    digest = uploads.keep({"course.toml": b"x\n"})
    assert uploads.find(digest) == {"course.toml": b"x\n"}

    monkeypatch.setattr(shelf, "KEPT_SECONDS", -1)
    uploads.keep({"course.toml": b"y\n"})

    with pytest.raises(NotFound):
        uploads.find(digest)


def test_the_draft_goes_home_as_the_folder_that_it_is(editor, write, base, folder):
    write(LESSON, folder[LESSON].decode())

    answer = editor.get(f"{ROOM}/utkast.zip")

    assert answer.headers["Content-Disposition"].endswith("processledarutbildning-utkast.zip")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert zipfile.is_zipfile(io.BytesIO(answer.data))
    assert unpack(answer.data) == folder
