"""What may point out a person in a file is asked about like what stands in the text: looked
for by the worker, kept as kind and place, shown before the hand-in."""

from datetime import date

import pytest
from sqlalchemy import func, select

from app.files import jobs as file_jobs
from courses.errors import Reason, Refused
from courses.models import AuditEvent, FileFinding, StoredFile, Submission, owned_by
from courses.services.files import kinds_in_files
from courses.services.submissions import HandIn, submit_assignment
from courses.vocabulary import FileState
from tests.factories import make_cohort, make_enrollment, make_team, user_of
from tests.files.good import ooxml, pdf, picture
from tests.filing import beside_draft
from tests.functional.files.conftest import NOON
from tests.writing import finish_first_lessons, make_draft

CHECK = "/uppgift/mitt-uppdrag/kontrollera"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def karin(session, course):
    cohort = make_cohort(session, course)
    karin = make_enrollment(session, cohort, team=make_team(session, cohort, name="Norrbyn"))
    finish_first_lessons(session, karin, course)
    make_draft(session, karin, course.items["U1"])
    return karin


@pytest.fixture
def attach(app, session, karin, course, login):
    """Lay a file beside Karin's draft and let the worker go through it."""

    def put(content, media_type, name):
        file = beside_draft(
            app, session, karin, course.items["U1"], by=user_of(session, karin), name=name,
            content=content, media_type=media_type, state=FileState.UNCHECKED, is_read=False,
        )
        session.commit()
        login(user_of(session, karin))
        with app.app_context():
            file_jobs.read(app, {"file_id": file.stored_file_id}, NOON)
        session.rollback()
        session.expire_all()
        return file

    return put


def sent(post, file, **ticks):
    return post(CHECK, {"v": "1", "attest": "1", "files": str(file.id)} | ticks)


def count(session, model):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


def test_a_personal_number_in_a_file_stops_the_hand_in(client, session, attach, post):
    file = attach(ooxml("docx", "Hon har 850709-9805."), DOCX, "bilaga.docx")

    page = client.get(CHECK).text
    assert "I filen ”bilaga.docx” kan något peka ut någon." in page
    assert "Stycke 1: Det ser ut som ett personnummer." in page
    assert "850709" not in page

    answer = sent(post, file, checked="1")
    assert answer.status_code == 422
    assert "Ta bort personnumret i filen ”bilaga.docx”." in answer.text
    assert count(session, Submission) == 0
    assert session.scalars(select(AuditEvent)).one().details["shown"] == {"personal_number": 1}


def test_what_may_point_out_somebody_in_a_file_must_be_answered(client, session, attach, post):
    file = attach(ooxml("docx", "Chefen heter Anna Lindberg."), DOCX, "bilaga.docx")

    assert sent(post, file).status_code == 422
    assert count(session, Submission) == 0
    assert sent(post, file, checked="1").status_code == 303
    assert count(session, Submission) == 1


def test_the_service_refuses_what_the_page_would_not_have_sent(session, attach, karin, course):
    attach(ooxml("docx", "Hon har 850709-9805."), DOCX, "bilaga.docx")

    with pytest.raises(Refused) as refused:
        submit_assignment(
            session, owner=karin, enrollment=karin, team_name=None, course=course,
            assignment=course.items["U1"], by=karin.user_id, now=NOON, today=date(2026, 11, 9),
            hand_in=HandIn(version=1, has_attested=True, has_checked=True),
        )
    assert refused.value.reason is Reason.PERSONAL_NUMBER


def test_what_was_found_in_a_file_is_not_asked_before_it_is_read(
    app, session, karin, course
):
    beside_draft(
        app, session, karin, course.items["U1"], by=user_of(session, karin),
        state=FileState.UNCHECKED, is_read=False,
    )

    with pytest.raises(Refused) as refused:
        kinds_in_files(session, owned_by(karin), course.items["U1"])
    assert refused.value.reason is Reason.FILES_WAITING


def test_nothing_of_the_text_is_kept(session, attach):
    attach(ooxml("docx", "Anna Lindberg, 850709-9805."), DOCX, "bilaga.docx")

    assert session.scalar(select(StoredFile.has_text))
    rows = session.scalars(select(FileFinding).order_by(FileFinding.id)).all()
    assert {one.kind.value for one in rows} == {"name", "personal_number"}
    assert {(one.page, one.line) for one in rows} == {(None, 1)}


def test_going_through_a_file_twice_finds_nothing_twice(app, session, attach):
    file = attach(ooxml("docx", "Anna Lindberg ringde."), DOCX, "bilaga.docx")
    with app.app_context():
        file_jobs.read(app, {"file_id": file.stored_file_id}, NOON)

    assert count(session, FileFinding) == 1


def test_a_file_without_readable_text_says_so(client, attach, post):
    file = attach(picture(), "image/png", "bild.png")

    assert "Vi kan inte läsa texten i ”bild.png”." in client.get(CHECK).text
    assert sent(post, file).status_code == 303


def test_a_help_line_in_a_file_is_nobodys(client, session, attach):
    attach(pdf("Kvinnofridslinjen 020-50 50 50"), "application/pdf", "stod.pdf")

    assert count(session, FileFinding) == 0
    assert "kan något peka ut någon" not in client.get(CHECK).text


def test_findings_go_with_the_file(session, attach):
    file = attach(ooxml("docx", "Anna Lindberg ringde."), DOCX, "bilaga.docx")
    session.delete(file)
    session.flush()
    session.delete(session.get(StoredFile, file.stored_file_id))
    session.commit()

    assert count(session, FileFinding) == 0
