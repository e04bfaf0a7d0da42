"""What is corrected oftest has a form: a help line's number and hours, a fact's dates."""

import re
import tomllib
from html import unescape

import pytest

from courses.vocabulary import Role
from tests.factories import make_role
from tests.functional.editing.conftest import ROOM, hidden, text_of

LINE = f"{ROOM}/stodlinjer/bris"
FACT = f"{ROOM}/fakta/A1"
GOOD = {
    "number": "116 112", "hours": "Dygnet runt", "hours_en": "Day and night", "source": "Bris",
    "url": "https://www.bris.se/", "checked": "2026-11-01",
}


@pytest.fixture
def correct(editor, post):
    """Send the form of the help line as it was opened, or as `based_on` says."""

    def send(on=editor, **fields):
        fields = {"based_on": hidden(on.get(LINE), "based_on")} | fields
        return post(LINE, GOOD | fields, on=on)

    return send


def line_in(client):
    text = text_of(client.get(f"{ROOM}/fil/support.toml"))
    return text, next(one for one in tomllib.loads(text)["lines"] if one["id"] == "bris")


def test_the_number_is_another_and_nothing_else_of_the_file(editor, correct, base):
    before = base["support.toml"].decode()
    answer = correct(
        hours="Dygnet runt, med telefon, chatt, mejl och sms", source="Bris; 8 Sidor 2025",
        hours_en="Day and night, by phone, chat, e-mail and text message",
        url=tomllib.loads(before)["lines"][7]["url"], checked="2026-11-22",
    )

    assert answer.status_code == 303
    assert answer.location == f"{ROOM}/stodlinjer"
    assert line_in(editor)[0] == before.replace('"116 111"', '"116 112"')
    assert "116 112" in editor.get(f"{ROOM}/stodlinjer").text


def test_nobody_else_sees_it_before_it_is_published(app, correct):
    correct()

    page = app.test_client().get("/stod").text
    assert "116 111" in page
    assert "116 112" not in page


def test_what_is_no_longer_translated_goes(editor, correct):
    correct(hours_en="")

    assert "hours_en" not in line_in(editor)[1]
    assert 'name="hours_en" type="text" value=""' in editor.get(LINE).text


@pytest.mark.parametrize("field, value, said", [
    ("number", "", "Skriv numret"),
    ("number", "ring oss", "Skriv numret med siffror"),
    ("hours", "", "Skriv öppettiderna"),
    ("source", "", "Skriv var uppgiften finns"),
    ("url", "http://bris.se", "ska börja med https://"),
    ("checked", "", "Välj vilken dag"),
    ("checked", "2027-01-01", "Välj en dag som har varit"),
])
def test_a_value_that_cannot_be_right_is_told_at_its_field(editor, correct, field, value, said):
    answer = correct(**{field: value})

    assert answer.status_code == 422
    assert said in answer.text
    assert "Ändringar (0)" in editor.get(ROOM).text


def test_the_same_line_changed_by_two_is_told_and_what_was_typed_stays(
    editor, another, correct
):
    begun_on = hidden(editor.get(LINE), "based_on")
    correct(on=another, number="116 999")

    answer = correct(based_on=begun_on)

    assert answer.status_code == 409
    assert "Någon annan sparade medan du skrev" in answer.text
    assert 'value="116 112"' in answer.text
    assert line_in(editor)[1]["number"] == "116 999"
    assert correct(based_on=hidden(answer, "based_on")).status_code == 303
    assert line_in(editor)[1]["number"] == "116 112"


def test_two_lines_changed_by_two_are_no_conflict(editor, another, post, correct):
    begun_on = hidden(editor.get(LINE), "based_on")
    polis = f"{ROOM}/stodlinjer/polisen"
    post(polis, GOOD | {"number": "114 15", "based_on": hidden(another.get(polis), "based_on")},
         on=another)

    assert correct(based_on=begun_on).status_code == 303
    assert {"114 15", "116 112"} <= {
        one["number"] for one in tomllib.loads(line_in(editor)[0])["lines"]
    }


def test_a_file_that_cannot_be_read_has_to_be_mended_first(editor, write, correct):
    write("support.toml", "[[lines]")

    answer = correct()

    assert answer.status_code == 422
    assert "Rätta den i textrutan först" in answer.text
    assert 'value="116 112"' in answer.text


def test_a_facts_dates_are_written_back(editor, post, base):
    page = editor.get(FACT)
    answer = post(
        FACT, {"as_of": "2026-11-22", "review_by": "2028-01-01",
               "based_on": hidden(page, "based_on")}, on=editor,
    )

    assert answer.location == f"{ROOM}/fakta"
    text = text_of(editor.get(f"{ROOM}/fil/facts.toml"))
    assert text == base["facts.toml"].decode().replace(
        'review_by = "2027-11-22"', 'review_by = "2028-01-01"', 1
    )
    assert post(FACT, {"as_of": "", "review_by": "x"}, on=editor).status_code == 422


def test_facts_that_should_have_been_reviewed_come_first(editor, write, base):
    text = base["facts.toml"].decode()
    write("facts.toml", text[::-1].replace("2027"[::-1], "2020"[::-1], 1)[::-1])

    page = editor.get(f"{ROOM}/fakta").text

    assert "1 uppgift har passerat sin dag för granskning" in page
    assert page.index("passerat</span>") < page.index('data-l="Granskas senast"', 1 + page.index(
        'data-l="Granskas senast"'))
    assert "1 faktauppgift skulle ha granskats" in editor.get(ROOM).text


@pytest.mark.parametrize("path", [f"{ROOM}/stodlinjer/nej", f"{ROOM}/fakta/nej"])
def test_what_is_not_there_is_not_found(editor, post, path):
    assert editor.get(path).status_code == 404
    assert post(path, GOOD, on=editor).status_code == 404


def test_a_coordinator_reads_and_is_led_to_nothing_that_is_not_theirs(app, session, login, post):
    client = login(make_role(session, Role.COORDINATOR), on=app.test_client())

    for page in ("", "/problem", "/fakta", "/stodlinjer", "/andringar", "/upplagor"):
        links = re.findall(r'href="([^"#]*)"', client.get(f"{ROOM}{page}").text)
        for link in {unescape(one) for one in links if one.startswith(ROOM)}:
            answer = client.get(link)
            assert answer.status_code == 200, link
            answer.close()
    assert client.get(LINE).status_code == 403
    assert post(LINE, GOOD, on=client).status_code == 403
