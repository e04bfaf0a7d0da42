"""Files beside a draft: taken in, refused, opened, removed."""

import io

import pytest
from sqlalchemy import select

from app.worker import Worker
from courses.documents.storage import LocalStorage
from courses.models import DraftFile, FileFinding, StoredFile
from courses.rules.identity_guard import FindingKind
from courses.services import files as service
from courses.vocabulary import FileState
from tests.conftest import token_from
from tests.factories import user_of
from tests.files.good import ooxml, pdf, photo_with_place
from tests.filing import beside_draft
from tests.functional.files.conftest import U1, form_with, only
from tests.writing import fields_of


def test_a_file_is_saved_and_listed(client, as_karin, upload, session):
    answer = upload(pdf(), "Min tabell.pdf")

    assert (answer.status_code, answer.location) == (303, f"{U1}/filer")
    page = client.get(answer.location).text
    assert "<bdi>Min tabell.pdf</bdi></a>" in page  # one's own is opened also unchecked
    assert "0,1 MB" in page
    assert "Sparad 9 november 2026 kl. 12.00." in page
    assert "Läses igenom" in page
    stored = only(session, StoredFile)
    assert (stored.state, stored.size) == (FileState.UNCHECKED, len(pdf()))


@pytest.mark.parametrize("content,name,says", [
    (b"", "tom.pdf", "Filen är tom"),
    (b"hej", "hej.txt", "Filen måste vara PDF, Word, OpenDocument"),
    (pdf()[:300], "avbruten.pdf", "Filen går inte att öppna"),
    (pdf(), "bild.png", "Filen är något annat än det namnet säger"),
    (b"x" * 20_000_001, "stor.pdf", "Filen är större än 20 MB"),
])
def test_each_refusal_says_its_own_at_the_field(as_karin, upload, session, content, name, says):
    answer = upload(content, name)

    assert answer.status_code == 422
    assert f'<p class="err" id="file-fel"><span class="vh">Fel:</span> {says}' in answer.text
    assert session.scalars(select(StoredFile)).all() == []


def test_of_many_files_in_one_form_the_first_is_taken_and_no_other_is_held(
    app, as_karin, upload, session
):
    opened = []

    class Watched(LocalStorage):
        def draft(self):
            opened.append(1)
            return super().draft()

    app.extensions["storage"] = Watched(app.extensions["storage"].directory)
    more = b'\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="b.pdf"\r\n\r\nb'

    assert upload(pdf() + more * 300).status_code == 303

    assert only(session, DraftFile).name == "tabell.pdf"
    assert len(opened) == 1


def test_no_file_chosen_is_said_too(client, as_karin, post):
    answer = post(f"{U1}/filer", {"file": (io.BytesIO(b""), "")})

    assert answer.status_code == 422
    assert "Välj en fil." in answer.text


def test_what_is_far_too_large_is_not_read(client, as_karin, upload):
    answer = upload(b"x" * 21_000_000)

    assert answer.status_code == 303
    assert "Filen är större än 20 MB" in client.get(answer.location).text


def test_five_files_and_no_more(app, client, as_karin, upload, session, karin, own):
    for place in range(1, 6):
        beside_draft(app, session, karin, own, by=user_of(session, karin), place=place)
    session.commit()

    answer = upload(pdf())

    assert answer.status_code == 422
    assert "Det finns redan fem filer" in answer.text


def test_a_person_has_so_much_room(
    app, client, as_karin, upload, session, karin, own, monkeypatch
):
    beside_draft(app, session, karin, own, by=user_of(session, karin))
    session.commit()
    monkeypatch.setattr(service, "QUOTA", len(pdf()) * 2 - 1)

    answer = upload(pdf())

    assert answer.status_code == 422
    assert "mer än 500 MB" in answer.text


def test_the_worker_takes_the_place_out_of_a_photo(app, client, as_karin, upload, session):
    upload(photo_with_place(), "foto.jpg")
    first = only(session, StoredFile).sha256

    Worker(app).drain()

    stored = only(session, StoredFile)
    content = app.extensions["storage"].path(stored.sha256).read_bytes()
    assert stored.sha256 != first
    assert stored.read_at
    assert b"Exif" not in content
    assert b"Hemma" not in content


def test_the_worker_reads_the_text_and_keeps_none_of_it(app, client, as_karin, upload, session):
    upload(ooxml("docx", "Vi ses i Granåsa"), "text.docx")

    Worker(app).drain()

    assert only(session, StoredFile).has_text


def test_a_file_that_comes_instead_of_a_removed_one_is_gone_through_too(
    app, client, as_karin, upload, post, session
):
    upload(ooxml("docx", "Ring 070-174 06 05"), "fel.docx")
    Worker(app).drain()
    first = only(session, DraftFile).id
    post(f"{U1}/filer/{first}/ta-bort")

    upload(ooxml("docx", "Personnummer 850709-9805"), "rätt.docx")
    Worker(app).drain()

    assert only(session, StoredFile).read_at
    second = only(session, DraftFile)
    assert second.id != first  # a page that lies open names the first
    assert session.scalars(select(FileFinding.kind)).all() == [FindingKind.PERSONAL_NUMBER]


def test_a_file_is_sent_to_be_saved_and_never_shown(app, client, as_karin, session, karin, own):
    file = beside_draft(
        app, session, karin, own, by=user_of(session, karin), name="Åtgärder ”nu”.pdf",
        state=FileState.UNCHECKED,
    )
    session.commit()

    answer = client.get(f"{U1}/filer/{file.id}")

    assert answer.data == pdf()
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''%C3%85tg%C3%A4rder" in answer.headers["Content-Disposition"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.content_type == "application/pdf"


def test_a_file_is_removed_after_a_question(client, as_karin, upload, post, session):
    upload(pdf())
    file = only(session, DraftFile)

    asked = client.get(f"{U1}/filer/{file.id}/ta-bort")
    answer = post(f"{U1}/filer/{file.id}/ta-bort")

    assert "Ta bort filen?" in asked.text
    assert answer.status_code == 303
    session.rollback()
    assert session.scalars(select(DraftFile)).all() == session.scalars(select(StoredFile)).all()
    assert "Det finns inga filer än." in client.get(f"{U1}/filer").text


def test_the_text_is_saved_before_files_are_added(client, as_karin, post, own):
    answer = post(f"{U1}/skriv", fields_of(own) | {"v": "0", "then": "files"})

    assert answer.location == f"{U1}/filer"


def test_a_third_upload_at_once_waits(app, client, as_karin, upload, session, karin):
    import fcntl

    folder = app.config["STEGVIS"].data_dir / "counters" / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    user_id = user_of(session, karin).id
    session.rollback()
    with open(folder / f"{user_id}-0", "a") as one, open(folder / f"{user_id}-1", "a") as two:
        fcntl.flock(one, fcntl.LOCK_EX)
        fcntl.flock(two, fcntl.LOCK_EX)
        answer = upload(pdf())

    assert "Du laddar redan upp två filer" in client.get(answer.location).text
    assert upload(pdf()).location == f"{U1}/filer"


def test_nothing_is_left_in_the_folder_for_drafts(app, client, as_karin, upload):
    before = set(app.extensions["storage"].drafts.glob("*"))
    upload(b"", "tom.pdf")
    upload(pdf())

    assert set(app.extensions["storage"].drafts.glob("*")) == before


def test_without_a_token_nothing_is_taken(app, client, as_karin, session):
    answer = client.post(f"{U1}/filer", data={"file": (io.BytesIO(pdf()), "a.pdf")})

    assert answer.status_code == 400
    assert session.scalars(select(StoredFile)).all() == []


def test_the_login_that_ran_out_leads_to_logging_in(app, client, as_karin):
    client.set_cookie("stegvis-login", "old")

    answer = client.post(
        f"{U1}/filer", **form_with(b"x" * 2_000_000, "a.pdf", token_from(client))
    )

    assert answer.location == f"{U1}/filer"
    assert client.get(answer.location).location.startswith("/logga-in")
