"""plan.toml: what it becomes, and what the content check says of one that does not hold."""

import pytest

from config import ROOT
from courses.catalog import examine, load_course, read_folder
from courses.rules.plans import came_since, compiled, days_in, lacking, printable

FOLDER = ROOT / "content" / "processledarutbildning"


@pytest.fixture(scope="module")
def courses():
    loaded = load_course(FOLDER)
    return {language: loaded.course(language) for language in loaded.languages}


@pytest.fixture(scope="module")
def files():
    return dict(read_folder(FOLDER))


def test_the_chapters_are_those_of_the_last_assignment_in_both_languages(courses):
    swedish, english = (courses[one].plan_template for one in ("sv", "en"))
    assert [one.title for one in swedish.chapters][:2] == [
        "Uppdrag och mandat", "Lägesbild i korthet"
    ]
    assert len(swedish.chapters) == len(english.chapters) == 12
    assert english.chapters[6].title == "Support routes"
    assert english.in_language == "en"
    assert swedish.title_for(is_regional=True) == "Stödplan för våldsförebyggande arbete"
    assert set(swedish.assignment_ids) == {"GU4", "GU5", "GU6", "GU7", "GU8"}


def test_a_point_of_the_law_has_facts_with_source_and_date(courses):
    law = courses["sv"].plan_template.law
    assert "ingen juridisk rådgivning" in law.note
    assert all(one.facts and one.facts[0].source and one.facts[0].as_of for one in law.points)


@pytest.mark.parametrize(
    "old, new, said, remedy",
    [
        ('parts = ["GU8.lage"]', 'parts = ["GU8.lge"]', "«GU8.lge» finns inte", "GU8.lage"),
        ('parts = ["GU8.lage"]', 'parts = ["U1.tid"]', "egen uppgift", "gemensamma"),
        ('parts = ["GU8.lage"]', 'parts = ["lage"]', "ingen del av en uppgift", "GU5.vet"),
        ('parts = ["GU8.lage"]', 'parts = ["GU8.mal"]', "står i två kapitel", "det ena"),
        ('id = "lage"', 'id = "mal"', "används två gånger", "eget id"),
        ('chapters = ["organisation"]', 'chapters = ["organ"]', "Kapitlet «organ»", ""),
        ('facts = ["F4"]', 'facts = ["F99"]', "Fakta «F99» finns inte", ""),
        ('date = "stopp"', 'date = "insats"', "är inget datum", "date"),
        ('what = "fraga"', 'what = "frage"', "inget fält", "fraga"),
        ('part = "GU7.steg"', 'part = "GU7.risker"', "inget fält", ""),
    ],
)
def test_what_does_not_hold_is_said_with_a_remedy(files, old, new, said, remedy):
    text = files["plan.toml"].decode()
    assert old in text
    changed = files | {"plan.toml": text.replace(old, new, 1).encode()}
    problems = [one for one in examine(changed)[1] if one.file.startswith("plan")]
    assert any(said in one.message and remedy in one.remedy for one in problems), problems


@pytest.mark.parametrize(
    "file, old, new, said, remedy",
    [
        ("plan.toml", 'id = "GU8.mal"\n', 'id = "GU8.fragor"\n', "inte i något kapitel", ""),
        ("plan.toml", 'id = "GU8.mal"\n', 'id = "GU8.risker"\n', "två gånger", "den ena"),
        ("plan.toml", 'id = "vaning"', 'id = "vaningen"', "inget fält i GU8.mal", "vaning"),
        ("plan.toml", 'under = "ansvarig"', 'under = "ansvrig"', "ingen egen kolumn", "ansvarig"),
        ("plan.toml", ', under = "mal"', "", "7 kolumner", "under andra"),
        ("plan.toml", 'heading = "Beslutsdatum"\n', "", "saknar rubrik", "heading"),
        ("plan.toml", 'id = "GU8.lage"\n',
         'id = "GU8.lage"\nfields = [{id = "x", head = "X"}]\n', "inga rader", "fields"),
        ("plan.toml", 'setting = "list"', 'setting = "boxes"', "boxes", "table"),
        ("plan.en.toml", 'heading = "Risks"\n', "", "GU8.risker» saknas", "Risker"),
        ("plan.en.toml", ', head = "Target"', "", "fältet «mal»", "Mål"),
        ("plan.en.toml", 'lead = "Target:"', "", "GU8.mal» saknas", "Mål:"),
    ],
)
def test_a_layout_that_does_not_fit_is_said_with_its_line(files, file, old, new, said, remedy):
    text = files[file].decode()
    assert old in text
    count = -1 if old == ', under = "mal"' else 1
    changed = files | {file: text.replace(old, new, count).encode()}
    problems = [one for one in examine(changed)[1] if one.file == file]
    found = [one for one in problems if said in one.message and remedy in one.remedy]
    assert found, problems
    assert found[0].line > 1


def test_rows_have_short_heads_in_both_languages(courses):
    for language, heads in (("sv", ["Mål", "Slag"]), ("en", ["Target", "Kind"])):
        layout = courses[language].plan_template.layout_of("GU8-mal")
        assert [one.head for one in layout.fields][:2] == heads
        assert layout.setting == "table"
        assert layout.fields[1].under == "mal"


def test_a_course_without_the_file_has_no_plan(files):
    without = {path: data for path, data in files.items() if not path.startswith("plan.")}
    course, problems = examine(without)
    assert course.course("sv").plan_template is None
    assert not [one for one in problems if "plan.toml" in one.file]


def test_stand_ins_leave_when_the_text_itself_is_approved(courses):
    chapter = courses["sv"].plan_template.chapter("lage")
    earlier = {"GU5": {"vet": "Vi vet.", "kommunteam": "Till er."}}
    assert compiled(chapter, earlier, is_regional=False) == {"GU5-vet": "Vi vet."}
    both = earlier | {"GU8": {"lage": "I korthet."}}
    assert compiled(chapter, both, is_regional=False) == {"GU8-lage": "I korthet."}
    assert compiled(chapter, both, is_regional=True) == {
        "GU8-lage": "I korthet.", "GU5-kommunteam": "Till er."
    }


def test_only_what_is_new_has_come_since():
    assert came_since({"GU4": "v1"}, {"GU4": "v1", "GU8": "v1"}) == ["v1"]
    assert came_since({"GU4": "v1"}, {"GU4": "v1"}) == []


def test_days_are_gathered_in_order_with_their_functions(courses):
    dates = courses["sv"].plan_template.dates
    answers = {
        "GU8-uppfoljning": [
            {"fraga": "Sent", "nar": "2027-09-01", "vem": "Rektor"},
            {"fraga": "Utan dag", "nar": "", "vem": "Rektor"},
        ],
        "GU8-insatser": [{"insats": "Tidigt", "stopp": "2027-05-01"}],
    }
    assert days_in(dates, answers) == [
        {"date": "2027-05-01", "what": "Pröva insatsen på nytt: Tidigt", "who": ""},
        {"date": "2027-09-01", "what": "Följ upp: Sent", "who": "Rektor"},
    ]


def test_a_point_says_which_chapters_it_lacks():
    assert lacking(("lag", "beslut"), {"lag"}) == ("beslut",)


def test_signs_that_nobody_sees_are_left_out():
    assert printable(["a\u200bb\x01", {"x": "\uf0b7 c\nd"}]) == ["ab", {"x": "• c\nd"}]
