"""A text is corrected in a text box; participants go on reading what is published."""

import pytest
from sqlalchemy import select

from app.login import passwords
from courses.models import User
from courses.services.content import LONGEST
from tests.conftest import token_from
from tests.functional.editing.conftest import LESSON, ROOM, hidden, text_of
from tests.functional.test_rescue import log_in

PREVIEW = f"{ROOM}/las/uppstart/varfor-vi-gor-det-har"
READ = "/modul/uppstart/varfor-vi-gor-det-har"


@pytest.fixture
def changed(base):
    return base[LESSON].decode().replace("Tänk dig ett rum", "Tänk dig en sal")


def test_a_saved_text_is_previewed_and_participants_read_the_published_one(
    editor, participant, write, changed
):
    answer = write(LESSON, changed.replace("\n", "\r\n"), then="preview")

    assert answer.status_code == 303
    assert answer.location == PREVIEW
    assert "Tänk dig en sal" in editor.get(PREVIEW).text
    assert "Tänk dig ett rum" in participant.get(READ).text
    assert text_of(editor.get(f"{ROOM}/fil/{LESSON}")) == changed


def test_who_only_edits_lands_at_the_editors_room(editor):
    assert editor.get("/borja").location == "/redaktion"


def test_the_changed_file_is_listed_with_its_lines(editor, write, changed):
    write(LESSON, changed)

    assert "Ändrad" in editor.get(f"{ROOM}/andringar").text
    page = editor.get(f"{ROOM}/andringar/{LESSON}").text
    assert '<span class="vh">Borttagen rad:</span>− Tänk dig <mark>ett</mark>' in page
    assert '<span class="vh">Ny rad:</span>+ Tänk dig <mark>en</mark> <mark>sal</mark>' in page


def test_a_broken_text_is_kept_and_its_problem_told_at_its_line(editor, write, changed):
    broken = changed.replace('title = "Varför', "title = Varför", 1)

    answer = write(LESSON, broken, then="preview")
    page = editor.get(answer.location)

    assert answer.location == f"{ROOM}/fil/{LESSON}"
    assert "Uppgifterna går inte att läsa som TOML" in page.text
    assert 'data-line="4"' in page.text
    assert text_of(page) == broken
    assert editor.get(PREVIEW).status_code == 404
    assert editor.get(f"{ROOM}/las/uppstart/vad-en-processledare-gor").status_code == 200
    assert editor.get(ROOM).text.count("1 fel") == 2  # in the list, and what hinders publishing


def test_a_broken_frame_hides_no_sound_lesson(editor, write, base):
    write("01-uppstart/module.md", "hej")

    assert editor.get(PREVIEW).status_code == 200
    assert "visar dem som de är publicerade" in editor.get(ROOM).text


def test_two_editors_lose_nothing_to_each_other(editor, another, post, write, changed):
    begun_on = hidden(editor.get(f"{ROOM}/fil/{LESSON}"), "based_on")
    theirs = changed.replace("en sal", "en aula")
    write(LESSON, theirs, on=another)

    answer = post(f"{ROOM}/fil/{LESSON}", {"text": changed, "based_on": begun_on}, on=editor)

    assert answer.status_code == 409
    assert "Tyra sparade en annan text medan du skrev" in answer.text
    assert text_of(answer) == changed
    assert "en aula" in answer.text
    kept = {"text": changed, "based_on": hidden(answer, "based_on")}
    assert post(f"{ROOM}/fil/{LESSON}", kept, on=editor).status_code == 303
    assert text_of(another.get(f"{ROOM}/fil/{LESSON}")) == changed


def test_a_text_that_came_after_the_login_ended_is_saved_once_the_editor_is_back(
    editor, session, post, changed
):
    reine = session.scalars(select(User).where(User.name == "Reine")).one()
    reine.password_hash = passwords.hash_password("hemligt")
    session.commit()
    page = editor.get(f"{ROOM}/fil/{LESSON}")
    fields = {name: hidden(page, name) for name in ("based_on", "author", "label.text")}
    editor.delete_cookie("stegvis-login")

    shown = post(f"{ROOM}/fil/{LESSON}", fields | {"text": changed})
    assert shown.status_code == 400
    assert "en sal" in shown.text
    answer = log_in(editor, shown, reine.email)

    assert answer.location == f"{ROOM}/fil/{LESSON}"
    assert text_of(editor.get(answer.location)) == changed


@pytest.mark.parametrize("text", ["", " \r\n "])
def test_an_empty_file_is_no_file(editor, write, text):
    answer = write(LESSON, text)

    assert answer.status_code == 422
    assert "Filen kan inte vara tom" in answer.text


def test_what_is_too_long_stays_in_the_box(editor, write):
    answer = write(LESSON, "å" * LONGEST)

    assert answer.status_code == 422
    assert "längre än 300 000 tecken" in answer.text
    assert len(text_of(answer).strip()) == LONGEST


def test_a_file_is_added_removed_and_brought_back(editor, post, write):
    path = "01-uppstart/lessons/9-ny.md"
    answer = post(f"{ROOM}/ny-fil", {"path": path, "text": "+++\nid = \"L1.9\"\n+++\n"}, on=editor)
    assert answer.location == f"{ROOM}/fil/{path}"
    assert "Ny" in editor.get(f"{ROOM}/andringar/{path}").text

    assert post(f"{ROOM}/ta-bort/{path}", on=editor).status_code == 303
    assert editor.get(f"{ROOM}/fil/{path}").status_code == 404

    post(f"{ROOM}/ta-bort/{LESSON}", on=editor)
    assert "är borttagen ur utkastet" in editor.get(f"{ROOM}/fil/{LESSON}").text
    assert "Borttagen" in editor.get(f"{ROOM}/andringar").text
    post(f"{ROOM}/kasta/{LESSON}", on=editor)
    assert "som den publicerade" in editor.get(f"{ROOM}/andringar").text


@pytest.mark.parametrize("path, said", [
    ("", "Skriv var filen ska ligga"),
    ("../../etc/passwd", "kan inte heta så eller ligga där"),
    ("bild.png", "kan inte heta så eller ligga där"),
    (LESSON, "redan en fil med det namnet"),
])
def test_a_new_file_has_a_proper_place(editor, post, path, said):
    answer = post(f"{ROOM}/ny-fil", {"path": path, "text": "text"}, on=editor)

    assert answer.status_code == 422
    assert said in answer.text
    assert text_of(answer).strip() == "text"


def test_the_course_itself_cannot_be_removed(editor, post):
    answer = post(f"{ROOM}/ta-bort/course.toml", on=editor)

    assert answer.status_code == 409
    assert "utan den finns ingen utbildning" in answer.text


def test_the_whole_draft_is_discarded_only_when_asked_twice(editor, post, write, changed):
    write(LESSON, changed)

    assert "Ja, kasta utkastet" in editor.get(f"{ROOM}/kasta").text
    assert "Ändrad" in editor.get(f"{ROOM}/andringar").text
    assert post(f"{ROOM}/kasta", on=editor).location == ROOM
    assert "Ändringar (0)" in editor.get(ROOM).text


@pytest.mark.parametrize("path", ["finns/inte.md", "../course.toml", "facts.toml/x"])
def test_what_is_no_file_of_the_course_is_not_found(editor, path):
    assert editor.get(f"{ROOM}/fil/{path}").status_code == 404


def test_another_course_is_not_found(editor):
    assert editor.get("/redaktion/en-annan").status_code == 404
    assert editor.get("/redaktion/..%2f..").status_code == 404


def test_a_form_without_its_token_changes_nothing(editor, changed):
    answer = editor.post(f"{ROOM}/fil/{LESSON}", data={"text": changed, "based_on": ""})

    assert answer.status_code == 400
    assert "Ändringar (0)" in editor.get(ROOM).text


def test_a_second_press_gets_the_first_answer(editor, changed):
    page = editor.get(f"{ROOM}/fil/{LESSON}")
    fields = {"text": changed, "based_on": hidden(page, "based_on"), "idem": "en-och-samma",
              "csrf_token": token_from(editor)}

    first, second = (editor.post(f"{ROOM}/fil/{LESSON}", data=fields) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
