"""An assignment's Word document: taken away, written in, and loaded back by section."""

import io

import docx
import pytest
from sqlalchemy import select

from courses.models import Draft, JointSection
from courses.services.joint_sections import JointWork, save_section
from tests.cast import make_cast
from tests.factories import make_enrollment, user_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def cast(session, course):
    cast = make_cast(session, course)
    session.commit()
    return cast


@pytest.fixture
def writer(session, cast):
    """Somebody with nothing written yet, and no team."""
    enrollment = make_enrollment(session, cast.cohort)
    session.commit()
    return enrollment


@pytest.fixture
def alone(session, writer, login):
    return login(user_of(session, writer))


def at(assignment, team=None):
    return f"{f'/team/{team.id}' if team else ''}/uppgift/{assignment.slug}/word"


def filled(data: bytes, answers: dict[str, str]) -> bytes:
    """The document with a text below each of these marks."""
    document = docx.Document(io.BytesIO(data))
    for mark, text in answers.items():
        line = next(p for p in document.paragraphs if p.text.startswith(f"[{mark}]"))
        after = docx.text.paragraph.Paragraph(line._p.getnext(), line._parent)
        after.add_run(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def send(post, client, path, data, name="mall.docx"):
    return post(
        path, {"file": (io.BytesIO(data), name)}, on=client,
        content_type="multipart/form-data",
    )


def hidden(page: str) -> dict[str, str]:
    """What the page carries along."""
    from html.parser import HTMLParser

    found: dict[str, str] = {}

    class Fields(HTMLParser):
        def handle_starttag(self, tag, attrs):
            given = dict(attrs)
            if tag == "input" and (given.get("type") == "hidden" or "checked" in given):
                found[given["name"]] = given.get("value") or ""

    Fields().feed(page[page.index("<main"):])
    return {key: one for key, one in found.items() if key not in ("csrf_token", "idem")}


@pytest.fixture
def own(course):
    return course.items["U1"]


def test_the_document_holds_the_sections_and_what_is_written(alone, own, session, writer, post):
    text = next(one for one in own.sections if one.kind == "text")
    post(f"/uppgift/{own.slug}/skriv", {"v": 0, f"a-{text.id}": "Redan skrivet."}, on=alone)
    answer = alone.get(f"{at(own)}/mall.docx")
    assert answer.mimetype == WORD
    said = [p.text for p in docx.Document(io.BytesIO(answer.data)).paragraphs]
    assert "Redan skrivet." in said
    assert all(any(p.startswith(f"[U1.{one.id}]") for p in said) for one in own.sections)


def test_what_was_written_in_word_is_shown_and_kept_when_chosen(alone, own, post, session):
    text = next(one for one in own.sections if one.kind == "text")
    data = filled(alone.get(f"{at(own)}/mall.docx").data, {f"U1.{text.id}": "Skrivet i Word."})
    page = send(post, alone, at(own), data).get_data(as_text=True)
    assert "Skrivet i Word." in page
    assert "Inget är sparat än." in page
    assert session.scalars(select(Draft)).all() == []
    session.commit()
    answer = post(f"{at(own)}/spara", hidden(page), on=alone)
    assert answer.status_code == 303
    assert session.scalars(select(Draft)).one().answers == {text.id: "Skrivet i Word."}


def test_a_draft_is_not_overwritten_without_choosing(alone, own, post, session):
    text = next(one for one in own.sections if one.kind == "text")
    data = filled(alone.get(f"{at(own)}/mall.docx").data, {f"U1.{text.id}": "Skrivet i Word."})
    post(f"/uppgift/{own.slug}/skriv", {"v": 0, f"a-{text.id}": "Skrivet här."}, on=alone)
    page = send(post, alone, at(own), data).get_data(as_text=True)
    fields = hidden(page)
    assert fields[f"use-{text.id}"] == "draft"
    post(f"{at(own)}/spara", fields, on=alone)
    assert session.scalars(select(Draft)).one().answers == {text.id: "Skrivet här."}
    post(f"{at(own)}/spara", fields | {f"use-{text.id}": "both"}, on=alone)
    session.commit()
    session.expire_all()
    both = session.scalars(select(Draft)).one().answers[text.id]
    assert both == "Skrivet här.\n\nSkrivet i Word."


def test_what_was_saved_meanwhile_is_not_overwritten(alone, own, post, session):
    text = next(one for one in own.sections if one.kind == "text")
    data = filled(alone.get(f"{at(own)}/mall.docx").data, {f"U1.{text.id}": "Skrivet i Word."})
    fields = hidden(send(post, alone, at(own), data).get_data(as_text=True))
    post(f"/uppgift/{own.slug}/skriv", {"v": 0, f"a-{text.id}": "Skrivet här."}, on=alone)
    answer = post(f"{at(own)}/spara", fields | {f"use-{text.id}": "file"}, on=alone)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Skrivet här." in page
    assert "Skrivet i Word." in page


def test_a_members_file_goes_into_the_sections_of_the_team(
    cast, login, post, session, course, app
):
    joint = course.items["GU5"]
    mate = login(cast.people["teammate"], on=app.test_client())
    path = at(joint, cast.team)
    texts = {"GU5.vald": "Vår definition.", "GU5.metod": "Så gjorde vi."}
    data = filled(mate.get(f"{path}/mall.docx").data, texts)
    page = send(post, mate, path, data).get_data(as_text=True)
    answer = post(f"{path}/spara", hidden(page), on=mate)
    assert answer.status_code == 303
    draft = session.scalars(select(Draft).where(Draft.assignment_id == "GU5")).one()
    assert draft.answers == {"vald": "Vår definition.", "metod": "Så gjorde vi."}
    assert {one.section_id for one in session.scalars(select(JointSection))} == {"vald", "metod"}


def test_a_section_that_somebody_wrote_in_meanwhile_is_asked_about_again(
    cast, login, post, session, course, app
):
    from app import clock

    joint = course.items["GU5"]
    mate = login(cast.people["teammate"], on=app.test_client())
    path = at(joint, cast.team)
    data = filled(mate.get(f"{path}/mall.docx").data, {"GU5.vald": "Ur filen."})
    fields = hidden(send(post, mate, path, data).get_data(as_text=True))
    with app.extensions["database"].session(writes=True) as own, own.begin():
        work = JointWork(
            team=own.merge(cast.team), enrollment=own.merge(cast.enrollment), course=course,
            assignment=joint, now=clock.now(), today=clock.today(),
        )
        save_section(own, work, "vald", "Noras text.", version=0)
    answer = post(f"{path}/spara", fields, on=mate)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Noras text." in page
    assert "Ur filen." in page


def test_what_has_no_place_stays_on_the_page(alone, own, post):
    data = filled(alone.get(f"{at(own)}/mall.docx").data, {})
    document = docx.Document(io.BytesIO(data))
    document.paragraphs[0].insert_paragraph_before("En lös anteckning.")
    out = io.BytesIO()
    document.save(out)
    page = send(post, alone, at(own), out.getvalue()).get_data(as_text=True)
    assert "Det här hittade ingen plats" in page
    assert "En lös anteckning." in page


@pytest.mark.parametrize(
    "name, data, said",
    [
        ("bild.png", b"\x89PNG\r\n\x1a\n" + b"0" * 50, "Filen går inte att öppna"),
        ("mall.docx", b"PK\x03\x04 nothing", "Filen går inte att öppna"),
        ("mall.docx", b"", "Filen är tom."),
    ],
)
def test_a_file_that_is_none_is_refused_kindly(alone, own, post, name, data, said):
    answer = send(post, alone, at(own), data, name)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


def test_the_file_of_another_assignment_is_refused(alone, own, post, course):
    other = course.items["U3"]
    text = next(one for one in other.sections if one.kind == "text")
    data = filled(alone.get(f"{at(other)}/mall.docx").data, {f"U3.{text.id}": "Hej."})
    answer = send(post, alone, at(own), data)
    assert answer.status_code == 422
    assert "Filen hör till en annan uppgift." in answer.get_data(as_text=True)


def test_a_member_who_may_not_read_the_draft_gets_an_empty_document(
    cast, login, course, session, app, post
):
    joint = course.items["GU5"]
    nora = login(cast.people["nora"], on=app.test_client())
    path = at(joint, cast.team)
    data = filled(nora.get(f"{path}/mall.docx").data, {"GU5.vald": "Hemligt än."})
    post(f"{path}/spara", hidden(send(post, nora, path, data).get_data(as_text=True)), on=nora)
    officer = login(cast.people["police teammate"], on=app.test_client())
    said = docx.Document(io.BytesIO(officer.get(f"{path}/mall.docx").data)).paragraphs
    assert all("Hemligt än." not in one.text for one in said)
    assert officer.get(path).status_code == 403
