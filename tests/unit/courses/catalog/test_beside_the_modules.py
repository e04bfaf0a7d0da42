"""Meetings, pages, surveys, the teams' rating, and the task instead of a text."""

import pytest

from courses.catalog import BesideKind, load_course


@pytest.fixture
def swedish(loaded):
    return loaded.course("sv")


@pytest.fixture
def english(loaded):
    return loaded.course("en")


def test_a_meeting_has_parts_with_an_agenda(swedish, english):
    meeting = swedish.meetings[0]

    assert (meeting.form, meeting.ready) == ("on_site", "En bro att tänka på.")
    assert [(part.title, part.hours) for part in meeting.parts] == [
        ("Förmiddag", 2), ("Eftermiddag", 2.5),
    ]
    assert english.meetings[0].parts[0].agenda == ("We greet.", "We count bridges.")
    assert english.meetings[0].parts[1].hours == 2.5


def test_requirements_can_ask_for_what_no_module_holds(swedish, english):
    line = swedish.requirements[2]

    assert [swedish.beside[item].kind for item in line.items] == [
        BesideKind.ATTESTED, BesideKind.HALF_DAY, BesideKind.HALF_DAY, BesideKind.CONTRIBUTION,
    ]
    assert swedish.beside["fore"].kind is BesideKind.SURVEY
    assert [one.id for one in swedish.beside.values() if not one.is_noted] == [
        "broprov", "PGU1.bidrag", "fore", "slut",
    ]
    assert (swedish.beside["PT1.2"].of, swedish.beside["PT1.2"].title) == ("PT1", "Träff 1")
    assert english.beside["broprov"].text == "Walk over a bridge. It takes a minute."
    assert english.beside["broprov"].link == "https://example.org/bro"


def test_a_page_has_a_text_with_sources(swedish, english):
    page = swedish.page("broblad")

    assert swedish.pages == (page,)
    assert [fact.id for fact in page.facts] == ["PA1"]
    assert english.page("broblad").title == "Bridge sheet"
    assert swedish.page("nej") is None


def test_surveys_ask_what_their_groups_hold(swedish, english):
    before, after = swedish.surveys

    assert [one.id for one in before.questions] == ["pq01"]
    assert [one.id for one in after.questions] == ["pq01", "pt01", "pf1", "pf2"]
    assert before.groups[0].scale.steps == 5
    assert after.groups[1].questions[0].looks_back_on == "pq01"
    assert english.surveys[0].groups[0].scale.highest == "entirely true"
    assert english.surveys[1].questions[3].options[0] == "Too slow"


def test_a_team_rates_points_by_levels(swedish, english):
    assert swedish.readiness.levels == ("finns inte", "påbörjat", "finns")
    assert swedish.readiness.points[0].modules == ("PM1",)
    assert english.readiness.points[0].text == "There is a bridge"


def test_a_course_may_do_without_surveys_and_rating(folder):
    for name in ("surveys", "readiness"):
        (folder / f"{name}.toml").unlink()
        (folder / f"{name}.en.toml").unlink()

    course = load_course(folder).course()

    assert (course.surveys, course.readiness) == ((), None)


def test_a_lesson_with_a_note_has_a_task_instead(folder, swedish, edit):
    shared = "<p>Skriv <em>tre meningar</em> om en bro.</p>"
    assert swedish.items["P1.2"].equivalent_html == shared
    assert swedish.items["P1.1"].equivalent_html == ""

    edit("01-start/lessons/2-ramar.md", "sensitive =", 'equivalent = "Rita."\nsensitive =')

    assert load_course(folder).course().items["P1.2"].equivalent_html == "<p>Rita.</p>"
