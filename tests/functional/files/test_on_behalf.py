"""Paper that is handed over comes as a scan: whoever hands in for another adds it as a file."""

import pytest
from sqlalchemy import select

from app import clock
from app.files.jobs import sweep_files
from app.worker import Worker
from courses.models import (
    BehalfFile,
    DraftFile,
    FileFinding,
    RoundFile,
    StoredFile,
    Submission,
    SubmissionRound,
    User,
)
from courses.rules.identity_guard import FindingKind
from courses.vocabulary import FileState, Role
from tests.conftest import statements_of
from tests.factories import answers_to, make_role, make_user, user_of
from tests.files.good import pdf, photo_with_place
from tests.filing import beside_draft, on_behalf
from tests.functional.talking.test_on_behalf import WHY, as_posted
from tests.writing import finish_first_lessons


@pytest.fixture
def anna(session, cohort):
    return make_role(
        session, Role.TRAINER, cohort=cohort, user=make_user(session, name="Anna")
    )


@pytest.fixture
def address(session, course, karin, own):
    finish_first_lessons(session, karin, course)
    session.commit()
    return f"/registrera/deltagare/{karin.id}/inlamning/{own.id}"


@pytest.fixture
def as_anna(app, login, anna):
    return login(anna, on=app.test_client())


@pytest.fixture
def paper(app, session, karin, own, anna):
    """Add a file as Anna; `places`: what the guard found in it."""
    def add(*, kind=None, **fields):
        file = on_behalf(app, session, karin, own, by=anna, **fields)
        if kind:
            session.add(
                FileFinding(stored_file_id=file.stored_file_id, kind=kind, page=1, line=2)
            )
        session.commit()
        return file

    return add


def register(post, client, address, *files, **fields):
    marks = ",".join(str(one.id) for one in files)
    return post(address, WHY | {"files": marks} | fields, on=client)


def test_a_photo_is_taken_in_rewritten_and_handed_in_instead_of_typed_text(
    app, session, upload, post, as_anna, anna, address, karin, own
):
    sent = upload(photo_with_place(), "pappret.jpg", to=f"{address}/filer", on=as_anna)
    assert sent.status_code == 303, sent.text
    Worker(app).drain()
    session.rollback()
    kept = session.scalars(select(BehalfFile)).one()
    page = as_anna.get(address).text

    answer = register(post, as_anna, address, kept)

    assert "pappret.jpg" in page
    assert answer.status_code == 303, answer.text
    session.rollback()
    round_ = session.scalars(select(SubmissionRound)).one()
    handed_in = session.scalars(select(RoundFile)).one()
    stored = session.scalars(select(StoredFile)).one()
    assert (round_.registered_reason, round_.submitted_by) == (WHY["reason"], anna.id)
    assert (handed_in.name, handed_in.added_by) == ("pappret.jpg", anna.id)
    assert handed_in.sha256 == stored.sha256
    assert stored.read_at is not None
    assert session.scalars(select(BehalfFile)).all() == []


def test_it_stands_where_the_rounds_files_stand_with_who_and_why(
    app, session, login, post, as_anna, address, paper, karin, own, anna, cohort
):
    register(post, as_anna, address, paper())
    other = login(make_role(session, Role.TRAINER, cohort=cohort), on=app.test_client())
    author = login(user_of(session, karin), on=app.test_client())
    work = session.scalars(select(Submission)).one()
    session.commit()

    for page in ("kvitto", "versioner/1"):
        shown = author.get(f"/uppgift/{own.slug}/{page}").text
        assert "pappret.pdf" in shown
        assert WHY["reason"] in shown
    review = other.get(f"/granska/{work.id}").text
    assert "pappret.pdf" in review
    assert "Registrerad av Anna" in review
    assert author.get(f"/uppgift/{own.slug}/versioner/1/filer/1").data == pdf()


def test_the_authors_own_files_are_neither_shown_nor_handed_in(
    app, session, post, as_anna, address, paper, karin, own
):
    beside_draft(app, session, karin, own, by=session.get_one(User, karin.user_id),
                 name="eget.pdf")
    kept = paper()

    assert "eget.pdf" not in as_anna.get(address).text
    assert "eget.pdf" not in as_anna.get(f"{address}/filer").text
    register(post, as_anna, address, kept)
    session.rollback()
    assert [one.name for one in session.scalars(select(RoundFile))] == ["pappret.pdf"]
    assert [one.name for one in session.scalars(select(DraftFile))] == ["eget.pdf"]


def test_another_trainer_does_not_see_what_is_not_handed_in(
    app, session, login, address, paper, cohort
):
    kept = paper()
    other = login(make_role(session, Role.TRAINER, cohort=cohort), on=app.test_client())
    session.commit()

    assert "pappret.pdf" not in other.get(f"{address}/filer").text
    assert other.get(f"{address}/filer/{kept.id}").status_code == 404


def test_nobody_uploads_for_oneself(app, session, upload, login, cohort, karin, address):
    make_role(session, Role.TRAINER, cohort=cohort, user=session.get_one(User, karin.user_id))
    session.commit()
    client = login(user_of(session, karin), on=app.test_client())

    assert upload(pdf(), to=f"{address}/filer", on=client).status_code in (403, 404)


def test_without_a_file_the_sections_have_to_be_typed(session, post, as_anna, address):
    assert register(post, as_anna, address).status_code == 422


def test_typed_text_may_stand_beside_the_file(session, post, as_anna, address, paper, own):
    answer = register(post, as_anna, address, paper(), **as_posted(own))

    assert answer.status_code == 303
    session.rollback()
    assert session.scalars(select(SubmissionRound)).one().answers == answers_to(own)


def test_a_personal_number_in_the_file_stops_it(session, post, as_anna, address, paper):
    kept = paper(kind=FindingKind.PERSONAL_NUMBER)

    assert "I filen ”pappret.pdf” kan något peka ut någon." in as_anna.get(address).text
    answer = register(post, as_anna, address, kept)
    assert answer.status_code == 422
    assert "Ta bort personnumret i filen ”pappret.pdf”." in answer.text


def test_what_may_point_out_somebody_is_asked_about_once(
    session, post, as_anna, address, paper
):
    kept = paper(kind=FindingKind.NAME)

    asked = register(post, as_anna, address, kept, checked="")
    assert asked.status_code == 422
    assert 'name="checked"' in asked.text
    assert register(post, as_anna, address, kept).status_code == 303


@pytest.mark.parametrize("fields, words", [
    ({"is_read": False, "state": FileState.UNCHECKED}, "Försök om en minut, eller ta bort filen."),
    ({"state": FileState.REFUSED, "reason": "upload_virus"}, "En fil har stoppats."),
])
def test_a_file_that_waits_or_was_stopped_is_not_handed_in(
    session, post, as_anna, address, paper, fields, words
):
    answer = register(post, as_anna, address, paper(**fields))

    assert answer.status_code == 409
    assert words in answer.text
    session.rollback()
    assert session.scalars(select(SubmissionRound)).all() == []


def test_a_file_that_came_since_the_page_was_read_is_looked_at_first(
    session, post, as_anna, address, paper
):
    paper()

    answer = register(post, as_anna, address, files="")

    assert answer.status_code == 409
    assert "Filerna har ändrats" in answer.text


def test_a_file_is_taken_away_again(app, session, post, as_anna, address, paper):
    kept = paper()
    assert as_anna.get(f"{address}/filer/{kept.id}/ta-bort").status_code == 200

    assert post(f"{address}/filer/{kept.id}/ta-bort", on=as_anna).status_code == 303

    session.rollback()
    assert session.scalars(select(StoredFile)).all() == []


def test_five_at_most(upload, session, as_anna, address):
    statuses = [
        upload(pdf(), to=f"{address}/filer", on=as_anna).status_code for _ in range(6)
    ]

    assert statuses == [303] * 5 + [422]


def test_what_is_kept_for_this_is_not_swept_before_its_time(app, session, paper):
    paper()
    with app.app_context():
        sweep_files(app, clock.now())

    session.rollback()
    assert len(session.scalars(select(StoredFile)).all()) == 1


def test_the_pages_ask_the_database_eight_times_at_most(app, session, as_anna, address, paper):
    paper()

    for path in (address, f"{address}/filer"):
        with statements_of(app) as statements:
            assert as_anna.get(path).status_code == 200
        assert len(statements) <= 8
