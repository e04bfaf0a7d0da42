import re
import shutil
from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from courses.catalog import Exercise, examine, load_course, load_files
from courses.catalog.files import read_folder
from courses.vocabulary import AssignmentKind, Level
from tests.unit.courses.catalog import PROVKURS


def without_figures(html):
    return re.sub("<figure.*?</figure>", "", html)


@pytest.fixture
def swedish(loaded):
    return loaded.course("sv")


@pytest.fixture
def english(loaded):
    return loaded.course("en")


def test_a_course_knows_its_parts_in_order(swedish):
    assert (swedish.id, swedish.title) == ("provkurs", "Provkurs i lugn och ro")
    assert list(swedish.items) == ["P1.1", "P1.2", "PK1", "PU1", "PU2", "PGU1"]
    assert [lesson.id for lesson in swedish.lessons] == ["P1.1", "P1.2"]
    assert [check.id for check in swedish.checks] == ["PK1"]
    assert [one.id for one in swedish.assignments] == ["PU1", "PU2", "PGU1"]
    assert swedish.hand_in_first == ("P1.2",)
    assert swedish.owner.email == "kurs@example.org"


def test_an_item_is_found_by_its_id_and_by_its_address(swedish):
    module = swedish.modules[0]

    assert swedish.module_of("PU1") is module
    assert swedish.module_of("PM1") is module
    assert swedish.module_of("PU9") is None
    assert swedish.module("PM1") is swedish.module_by_slug("start") is module
    assert swedish.lesson_by_slug("start", "ramar") is swedish.items["P1.2"]
    assert swedish.lesson_by_slug("start", "nej") is swedish.lesson_by_slug("nej", "ramar") is None
    assert swedish.assignment_by_slug("vara-broar") is swedish.items["PGU1"]


def test_a_module_is_numbered_and_adds_up_its_lessons(swedish):
    module = swedish.modules[0]

    assert (module.number, module.minutes) == (1, 14)
    assert module.goals == ("räkna broar", "förklara vad en ram är")
    assert module.intro_html == "<p>Det här är en kort <strong>inledning</strong>.</p>"
    assert module.content_note_html == "<p>En bro <em>rasar</em> i modulen.</p>"


def test_plan_meetings_and_requirements_are_read(swedish):
    assert swedish.plan.opens == {"PM1": 1}
    assert swedish.plan.due == {"PU1": 3, "PGU1": 5}
    assert swedish.plan.breaks[0].title == "Höstlov"
    assert swedish.meetings[0].hours == 4.5
    every, some, _beside = swedish.requirements
    assert every.is_all
    assert every.count == 3
    assert (some.is_all, some.count, some.items) == (False, 1, ("PU1", "PGU1"))


def test_a_help_line_can_be_called(swedish, english):
    assert swedish.support[0].tel == "tel:0100000001"
    assert swedish.support[0].checked == date(2026, 11, 22)
    assert (swedish.support[0].hours, english.support[0].hours) == (
        "Dygnet runt.",
        "Round the clock.",
    )


def test_a_lesson_has_its_sources_in_the_order_they_are_cited(swedish, english):
    assert [fact.id for fact in swedish.items["P1.1"].facts] == ["PA1", "PA2"]
    assert [fact.id for fact in english.items["P1.1"].facts] == ["PA2", "PA1"]


def test_a_lesson_is_cut_where_its_exercise_stands(swedish):
    lesson = swedish.items["P1.1"]
    before, exercise, after = lesson.blocks

    assert isinstance(exercise, Exercise)
    assert exercise is lesson.exercise("P1.1-broar")
    assert before.endswith("Öva på det</h2>\n")
    assert after.startswith("<p>Efter övningen")
    assert "[[exercise" not in lesson.html
    assert lesson.requires_exercise == "P1.1-broar"
    assert [part.title for part in lesson.parts] == ["Varför räkna?", "Öva på det"]


def test_html_is_made_on_first_use_and_kept(loaded):
    lesson = load_course(PROVKURS).course().items["P1.1"]

    assert "rendered" not in lesson.body.__dict__
    assert lesson.blocks is lesson.blocks
    assert lesson.body.rendered is lesson.body.rendered


def test_an_answer_follows_its_choice_into_english(swedish, english):
    for course, answer in ((swedish, "Bro"), (english, "Bridge")):
        items = course.items["P1.1"].exercise("P1.1-broar").items
        assert [item.right for item in items] == [0, 1, None]
        assert items[0].answer == answer
        assert items[2].answer is None


def test_a_check_has_one_right_answer_in_both_languages(swedish, english):
    for course in (swedish, english):
        check = course.items["PK1"]
        assert (check.pass_at, len(check.questions)) == (4, 5)
        assert [question.right for question in check.questions] == [1, 0, 1, 3, 0]
    assert english.items["PK1"].questions[0].options[1].text == "Four"
    assert english.items["PK1"].in_language == "en"
    assert swedish.items["PK1"].questions[0].sources[0].id == "PA1"


def test_an_assignment_has_sections_of_every_kind(swedish, english):
    assignment = swedish.items["PU1"]

    assert assignment.kind is AssignmentKind.INDIVIDUAL
    assert [one.kind for one in assignment.sections] == ["text", "short", "choice", "date", "rows"]
    assert assignment.section("bron").max_chars == 1200
    assert assignment.section("bron").required
    assert not assignment.section("dag").required
    rows = english.items["PU1"].section("kallor")
    assert (rows.min_rows, rows.max_rows, rows.max_chars) == (1, 3, None)
    assert [one.label for one in rows.fields] == ["Source", "Year"]
    assert english.items["PU1"].section("material").options == ("Stone", "Wood", "Steel")
    assert assignment.section("nej") is None


def test_the_secrecy_criterion_is_the_gate_in_every_language(swedish, english):
    assert swedish.items["PU1"].gate.id == "sekretess"
    assert english.items["PU1"].gate.title == "Secrecy"
    assert [level for level, _ in swedish.items["PU1"].gate.levels] == [
        Level.REVISE,
        Level.APPROVED,
    ]
    assert [level for level, _ in swedish.items["PU1"].criteria[0].levels] == list(Level)
    assert swedish.items["PGU1"].gate.title == "Sekretess och respekt"
    assert swedish.items["PGU1"].is_joint


def test_a_link_leads_to_the_item_s_address(swedish):
    assert 'href="/modul/start/broar"' in swedish.items["PU1"].brief_html
    assert 'href="/modul/start/ramar"' in swedish.text_html("concern")
    assert swedish.text_html("finns inte") == ""


def test_the_application_can_say_where_items_are():
    loaded = load_course(PROVKURS, addresses=lambda kind, module, slug: f"/{kind}-{slug}")

    assert 'href="/lesson-broar"' in loaded.course().items["PU1"].brief_html


class TestEnglish:
    def test_what_is_translated_is_english(self, english):
        assert english.title == "A calm trial course"
        assert english.meetings[0].title == "Meeting 1"
        assert english.plan.breaks[0].title == "Autumn break"
        assert english.requirements[0].title == "Both lessons and the knowledge check"
        assert english.modules[0].reflections == ("Which bridge do you cross?",)
        assert english.certificate.text == "Took part {start}–{end}, {hours} hours."
        assert english.items["P1.1"].words[0].term == "span"

    def test_what_is_not_translated_is_swedish(self, swedish, english):
        assert english.partners == swedish.partners
        assert english.meetings[0].place == "Granåsa"
        assert english.items["P1.1"].slug == "broar"

    def test_a_lesson_without_an_english_text_says_so(self, swedish, english):
        lesson = english.items["P1.2"]

        assert (lesson.title, lesson.in_language) == ("Safe frames", "sv")
        assert without_figures(lesson.html) == without_figures(swedish.items["P1.2"].html)
        assert lesson.content_note_html == "<p>The lesson mentions a collapse.</p>"
        assert english.items["P1.1"].in_language == "en"

    def test_nothing_at_all_in_english_is_swedish_with_a_warning(self, folder):
        for path in folder.rglob("*.en.*"):
            path.unlink()

        loaded = load_course(folder)

        assert loaded.course("en").title == "Provkurs i lugn och ro"
        assert {one.in_language for one in loaded.course("en").items.values()} == {"sv"}

    def test_an_unknown_language_gets_the_one_it_was_written_in(self, loaded):
        assert loaded.course("fi") is loaded.course() is loaded.course("sv")


class TestDigests:
    def test_they_are_the_same_in_every_language(self, swedish, english):
        assert {one.digest for one in swedish.items.values()} == {
            one.digest for one in english.items.values()
        }
        assert swedish.digest == english.digest

    def test_a_changed_word_changes_the_item_and_the_course_alone(self, folder, edit, loaded):
        edit("01-start/lessons/2-ramar.md", "En ram håller ihop.", "En ram håller.")
        before, after = loaded.course(), load_course(folder).course()

        changed = {one.digest for one in before.items.values()}
        changed -= {one.digest for one in after.items.values()}

        assert changed == {before.items["P1.2"].digest}
        assert before.digest != after.digest

    def test_criteria_have_one_of_their_own(self, folder, edit, loaded):
        edit("01-start/assignments/pu1.md", "1. Titta.", "1. Titta noga.")
        edit("01-start/assignments/pgu1.en.md", "Missing: respect.", "Missing: any respect.")
        before, after = loaded.course().items, load_course(folder).course().items

        assert before["PU1"].criteria_digest == after["PU1"].criteria_digest
        assert before["PU1"].digest != after["PU1"].digest
        assert before["PGU1"].criteria_digest != after["PGU1"].criteria_digest

    def test_moving_a_file_changes_no_item(self, folder, loaded):
        lessons = folder / "01-start" / "lessons"
        for suffix in (".md", ".en.md"):
            shutil.move(lessons / f"1-broar{suffix}", lessons / f"7-broar{suffix}")

        after = load_course(folder).course()

        assert after.items["P1.1"].digest == loaded.course().items["P1.1"].digest
        assert list(after.items) == list(loaded.course().items)


def test_nothing_of_a_course_can_be_changed(swedish):
    with pytest.raises(FrozenInstanceError):
        swedish.items["P1.1"].title = "Annan"


def test_a_broken_course_can_be_previewed(folder, edit):
    edit("01-start/lessons/2-ramar.md", "## Vad", "# Vad")

    course, problems = examine(read_folder(folder))

    assert problems[0].line == 10
    assert "En ram håller ihop" in course.course().items["P1.2"].html


def test_an_edition_s_files_are_read_without_today_s_checks(folder, edit):
    edit("01-start/lessons/2-ramar.md", "## Vad", "# Vad")
    edit("01-start/lessons/2-ramar.md", 'slug = "ramar"', 'slug = "ramar"\nold_key = 1')

    assert load_files(read_folder(folder)).course().items["P1.2"].slug == "ramar"


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(folder):
    path = folder / "01-start" / "lessons" / "2-ramar.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert load_course(folder).course().items["P1.2"].parts[0].title == "Vad är en ram?"


def test_other_files_in_the_folder_are_left_alone(folder, loaded):
    (folder / ".git").mkdir()
    (folder / ".git" / "x.md").write_text("x")
    (folder / "anteckning.txt").write_text("x")

    assert load_course(folder).digest == loaded.digest


def test_phrases_stand_in_the_order_in_which_a_comment_says_them(loaded):
    swedish, english = loaded.course("sv").phrases, loaded.course("en").phrases

    assert swedish.all == (
        "Bron bär: …", "Vem går över bron?", "Hur vet ni det?", "Nästa steg: mät …",
    )
    assert english.all[:3] == ("The bridge carries: …", "Who crosses the bridge?",
                               "How do you know?")
    assert (swedish.in_language, english.in_language) == ("sv", "en")
