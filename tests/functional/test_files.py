"""Files beside a draft: taken in, refused, opened, removed, handed in, read by a trainer."""

import io
from datetime import UTC, datetime
from secrets import token_hex

import pytest
import time_machine
from sqlalchemy import select

from app.worker import Worker
from courses.models import AccessEvent, DraftFile, RoundFile, StoredFile, Submission
from courses.services import files as service
from courses.vocabulary import FileState, Role, SubmissionState
from tests.conftest import token_from
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
    user_of,
)
from tests.files.good import ooxml, pdf, photo_with_place
from tests.filing import beside_draft, in_rounds
from tests.writing import fields_of, finish_first_lessons, make_draft

NOON = datetime(2026, 11, 9, 11, 0, tzinfo=UTC)
U1, GU1 = "/uppgift/mitt-uppdrag", "uppgift/teamets-overenskommelse"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def own(course):
    return course.items["U1"]


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course)


@pytest.fixture
def karin(session, cohort):
    team = make_team(session, cohort, name="Norrbyn")
    karin = make_enrollment(session, cohort, team=team)
    team.holder_id = karin.id
    return karin


@pytest.fixture
def as_karin(session, login, karin):
    return login(user_of(session, karin))


@pytest.fixture
def upload(client):
    def send(content, name="tabell.pdf", *, to=f"{U1}/filer", on=client):
        return on.post(to, **form_with(content, name, token_from(on)))

    return send


def form_with(content, name, token):
    """A body as a browser sends it: the test client would lay a large one into a file."""
    fields = {"csrf_token": token, "idem": token_hex(8)}
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    parts.append(
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode()
    )
    return {
        "data": b"".join([*parts, content, b"\r\n--x--\r\n"]),
        "content_type": "multipart/form-data; boundary=x",
    }


def only(session, model):
    session.rollback()
    return session.scalars(select(model)).one()


def test_a_file_is_saved_and_listed(client, as_karin, upload, session):
    answer = upload(pdf(), "Min tabell.pdf")

    assert (answer.status_code, answer.location) == (303, f"{U1}/filer")
    page = client.get(answer.location).text
    assert "Min tabell.pdf" in page
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


@pytest.fixture
def ready_to_hand_in(session, karin, own, course, as_karin):
    finish_first_lessons(session, karin, course)
    draft = make_draft(session, karin, own)
    session.commit()
    return {"v": draft.version, "attest": "1", "checked": "1"}


def test_files_are_handed_in_with_the_text(
    app, client, as_karin, upload, post, session, ready_to_hand_in
):
    upload(pdf(), "tabell.pdf")
    Worker(app).drain()
    file = only(session, DraftFile)
    page = client.get(f"{U1}/kontrollera").text
    assert "tabell.pdf" in page

    answer = post(f"{U1}/kontrollera", ready_to_hand_in | {"files": str(file.id)})

    assert answer.location == f"{U1}/kvitto"
    frozen = only(session, RoundFile)
    assert (frozen.name, frozen.size) == ("tabell.pdf", len(pdf()))
    assert "tabell.pdf" in client.get(f"{U1}/kvitto").text
    page = client.get(f"{U1}/versioner/1").text
    assert f"{U1}/versioner/1/filer/1" in page
    assert client.get(f"{U1}/versioner/1/filer/1").data == pdf()


def test_what_is_not_gone_through_is_not_handed_in(
    client, as_karin, upload, post, session, ready_to_hand_in
):
    upload(pdf())

    answer = post(f"{U1}/kontrollera", ready_to_hand_in)

    assert answer.status_code == 409
    assert "En fil läses fortfarande igenom" in answer.text
    assert session.scalars(select(Submission)).all() == []


def test_what_was_stopped_is_not_handed_in(
    app, client, as_karin, post, session, karin, own, ready_to_hand_in
):
    beside_draft(
        app, session, karin, own, by=user_of(session, karin), state=FileState.REFUSED,
        reason="upload_virus",
    )
    session.commit()

    answer = post(f"{U1}/kontrollera", ready_to_hand_in)

    assert answer.status_code == 409
    assert "En fil har stoppats" in answer.text
    assert "Filen stoppades av virusskyddet." in client.get(f"{U1}/filer").text


def test_a_file_that_came_since_the_check_is_looked_at_first(
    app, client, as_karin, upload, post, ready_to_hand_in
):
    upload(pdf())
    Worker(app).drain()

    answer = post(f"{U1}/kontrollera", ready_to_hand_in | {"files": ""})

    assert answer.status_code == 409
    assert "Utkastet har ändrats" in answer.text


@pytest.fixture
def trainer(session, cohort):
    return make_role(session, Role.TRAINER, cohort=cohort)


@pytest.mark.parametrize("state,status,says", [
    (FileState.CLEAN, 200, ""),
    (FileState.UNCHECKED, 409, "Filen är inte kontrollerad än. Försök om en minut."),
    (FileState.REFUSED, 409, "Filen stoppades av virusskyddet."),
])
def test_a_trainer_opens_what_is_clean_and_that_is_noted(
    app, client, login, session, cohort, karin, own, trainer, state, status, says
):
    submission = make_submission(session, cohort, karin, own, SubmissionState.SUBMITTED)
    in_rounds(
        app, session, submission, by=user_of(session, karin), state=state,
        reason="upload_virus" if state is FileState.REFUSED else None,
    )
    login(trainer)
    page = client.get(f"/granska/{submission.id}").text
    session.rollback()

    answer = client.get(f"/granska/{submission.id}/versioner/1/filer/1")

    assert "tabell.pdf" in page
    assert (f"/granska/{submission.id}/versioner/1/filer/1" in page) is (status == 200)
    assert answer.status_code == status
    assert says in (answer.text if says else "")
    noted = [e.what for e in session.scalars(select(AccessEvent)) if "file:" in e.what]
    assert noted == ([f"submission:{submission.id} file:1"] if status == 200 else [])


def test_what_was_taken_back_is_not_opened_by_a_trainer(
    app, client, login, session, cohort, karin, own, trainer
):
    submission = make_submission(session, cohort, karin, own, SubmissionState.WITHDRAWN)
    in_rounds(app, session, submission, by=user_of(session, karin))
    login(trainer)

    assert client.get(f"/granska/{submission.id}/versioner/1/filer/1").status_code == 404


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
