"""A part of the draft as participants will see it, in both languages, and what is in the list."""

import re
from dataclasses import replace

import pytest

from app import clock
from app.pages import editing
from courses.queries.content import changes_in
from tests.drafting import COURSE, make_draft
from tests.functional.editing.conftest import LESSON, ROOM

LESSON_PAGE = f"{ROOM}/las/uppstart/varfor-vi-gor-det-har"


@pytest.fixture
def drafted(app, session, editor, reader):
    """A draft with a figure and a page."""
    things = make_draft(session, app.extensions["editions"], reader.user_id)
    session.commit()
    return things


def body(page, begin='<p class="kick">', end="</article>"):
    return page[page.index(begin):page.rindex(end)]


def test_the_text_is_the_one_that_participants_will_read(editor, participant):
    shown = body(editor.get(LESSON_PAGE).text)
    read = body(participant.get("/modul/uppstart/varfor-vi-gor-det-har").text)

    text = shown.partition('<div id="efter-texten"')[0]
    for preview, page in ((f"{ROOM}/las", "/modul"), (f"{ROOM}/uppgift", "/kommunens-uppgift")):
        text = text.replace(preview, page)
    assert text in read
    assert len(text) > 5_000


def test_links_in_the_text_lead_on_inside_the_preview(editor, write, base):
    text = base[LESSON].decode().replace("Tänk dig ett rum", "[Läs](item:L1.2). Tänk", 1)
    write(LESSON, text)

    assert f'href="{ROOM}/las/uppstart/vad-en-processledare-gor"' in editor.get(LESSON_PAGE).text


@pytest.mark.parametrize("path", [
    "las/uppstart", "las/uppstart/kunskapskoll", "uppgift/mitt-uppdrag",
    "uppgift/teamets-overenskommelse", "figur/bron", "sida/broblad",
])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_kind_of_part_has_its_preview(editor, drafted, path, language):
    answer = editor.get(f"{ROOM}/{path}?lang={language}")

    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert f'<html lang="{language}">' in answer.text


def test_a_check_shows_every_option_and_both_explanations(editor, course):
    page = editor.get(f"{ROOM}/las/uppstart/kunskapskoll").text

    question = course.modules[0].check.questions[0]
    assert page.count(" checked>") == len(course.modules[0].check.questions)
    assert question.feedback_wrong[:20] in page


def test_an_assignment_shows_what_is_to_be_filled_in_and_cannot_be_sent(editor, course):
    own = next(one for one in course.assignments if not one.is_joint)
    page = editor.get(f"{ROOM}/uppgift/{own.slug}").text

    assert own.sections[0].label in page
    assert "<fieldset disabled>" in page
    assert 'name="add"' not in page or "disabled" in page


def test_it_can_be_narrow_or_alone_for_print_and_stays_in_its_language(editor):
    narrow = editor.get(f"{LESSON_PAGE}?bredd=smal&lang=en").text
    alone = editor.get(f"{LESSON_PAGE}?utskrift=1").text

    assert 'class="slim"' in narrow
    assert re.search(r'href="[^"]*\?bredd=smal&amp;lang=sv"', narrow)
    assert 'id="problem"' not in alone
    assert "<article>" in alone


def test_problems_stand_beside_the_text_with_a_way_to_the_line(editor, write, base):
    write(LESSON, base[LESSON].decode() + "\n#### För djupt\n\n[klicka](item:X9)\n")

    page = editor.get(LESSON_PAGE).text

    beside = page[page.index('id="problem"'):]
    assert "hoppar över en nivå" in beside
    assert "Länken «item:X9» leder ingenstans" in beside
    assert f'href="{ROOM}/fil/{LESSON}"' in beside


@pytest.mark.parametrize("path", [
    "las/nej", "las/uppstart/nej", "las/nej/kunskapskoll", "uppgift/nej", "figur/nej", "sida/nej",
    "andringar/course.toml",
])
def test_what_is_not_in_the_draft_is_not_found(editor, path):
    assert editor.get(f"{ROOM}/{path}").status_code == 404


def test_participants_and_visitors_do_not_know_of_the_preview(client, app, participant):
    assert participant.get(LESSON_PAGE).status_code == 404
    assert participant.get("/redaktion").status_code == 404
    assert app.test_client().get(LESSON_PAGE).status_code == 303


def test_the_list_tells_of_languages_length_and_faults(editor, drafted):
    page = editor.get(ROOM).text

    row = page[page.index("Varför vi gör det här"):].partition("</tr>")[0]
    assert "sv, en<" in row
    assert "ord, 10 min" in row
    assert "Oförändrad" in row
    assert "Enkäter" in page
    assert ">surveys.toml<" not in page
    assert "Broblad" in page
    assert "Figur bron" in page


def test_a_draft_is_read_once_for_each_state(app, editor, write, base, monkeypatch):
    opened = []
    real = editing.open_draft
    monkeypatch.setattr(
        editing, "open_draft", lambda *given, **more: opened.append(1) or real(*given, **more)
    )

    for _ in range(3):
        editor.get(ROOM)
    assert len(opened) == 1
    write(LESSON, base[LESSON].decode() + "\nMer.\n")
    before = len(opened)
    for _ in range(3):
        editor.get(ROOM)
        editor.get(LESSON_PAGE)
    assert len(opened) == before + 1


def test_what_is_saved_between_two_looks_is_not_kept_under_an_older_name(
    app, session, editor, write, base
):
    write(LESSON, base[LESSON].decode() + "\nMer.\n")
    (now,) = changes_in(session, COURSE)
    benches = editing.Benches()
    opened = []

    with app.app_context():
        for digest in ("an older one", now.digest):
            changes = (replace(now, digest=digest),)
            opened += [benches.open(session, COURSE, changes, clock.today()) for _ in range(2)]

    assert all(one.files[LESSON].endswith(b"Mer.\n") for one in opened)
    assert benches._read[COURSE][1] is opened[2] is opened[3]
    assert benches._read[COURSE][0][2] == (LESSON, now.digest)
