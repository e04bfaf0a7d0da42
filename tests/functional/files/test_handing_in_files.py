"""Files are handed in with the text, and read by a trainer."""

import pytest
from sqlalchemy import select

from app.worker import Worker
from courses.models import AccessEvent, DraftFile, RoundFile, Submission
from courses.vocabulary import FileState, Role, SubmissionState
from tests.factories import make_role, make_submission, user_of
from tests.files.good import pdf
from tests.filing import beside_draft, in_rounds
from tests.functional.files.conftest import U1, only
from tests.writing import finish_first_lessons, make_draft


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
    assert "En fil läses fortfarande igenom" in client.get(f"{U1}/kontrollera").text

    answer = post(f"{U1}/kontrollera", ready_to_hand_in)

    assert answer.status_code == 409
    assert "Försök om en minut, eller ta bort filen." in answer.text
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
