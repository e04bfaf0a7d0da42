"""Every mistake an author can make is found, on its line, with a remedy.

Long because it is one table: a row for each mistake.
"""

from dataclasses import dataclass
from datetime import date

import pytest

from courses.catalog import ContentError, Severity, check_content, load_course

START = "01-start"
LESSON = f"{START}/lessons/1-broar.md"
LESSON_EN = f"{START}/lessons/1-broar.en.md"
FRAMES = f"{START}/lessons/2-ramar.md"
MODULE = f"{START}/module.md"
CHECK = f"{START}/check.toml"
CHECK_EN = f"{START}/check.en.toml"
ALONE = f"{START}/assignments/pu1.md"
ALONE_EN = f"{START}/assignments/pu1.en.md"
JOINT = f"{START}/assignments/pgu1.md"


@dataclass(frozen=True)
class Broken:
    """What was changed, and the one remark it must give: `at` is a text on the named line."""

    file: str
    old: str
    new: str
    at: str
    message: str
    remedy: str
    said_of: str = ""
    also: tuple[tuple[str, str, str], ...] = ()
    alone: bool = True


CASES = {
    "unknown key": Broken(
        LESSON, "sensitive =", "sensetive =", "sensetive", "«sensetive» är okänd", "«sensitive»?",
        also=((LESSON, "id =", "«sensitive» saknas"),),
    ),
    "missing key": Broken(
        LESSON, 'title = "Räkna broar"\n', "", 'id = "P1.1"', "«title» saknas", "title = …"
    ),
    "missing key in a row": Broken(
        LESSON, 'term = "spann"\n', "", "[[words]]", "«term» saknas", "term = …"
    ),
    "wrong type": Broken(
        LESSON, "reading = 1", 'reading = "1"', "minutes =", "ska vara ett heltal", "reading = 1"
    ),
    "empty text": Broken(
        MODULE, 'title = "Start: broar och ramar"', 'title = " "', "title =", "är tom", "text"
    ),
    "address with capital letters": Broken(
        MODULE, 'slug = "start"', 'slug = "Start"', "slug =", "fel form", "små bokstäver"
    ),
    "reused id": Broken(
        FRAMES, 'id = "P1.2"', 'id = "P1.1"', "id =", f"redan i {LESSON} rad 2", "eget",
        alone=False,  # and what led to P1.2 leads nowhere
    ),
    "reused address": Broken(
        FRAMES, 'slug = "ramar"', 'slug = "broar"', "slug =", "«broar» används redan", "eget"
    ),
    "address taken by the service": Broken(
        FRAMES, 'slug = "ramar"', 'slug = "kunskapskoll"', "slug =", "används av tjänsten", "annan"
    ),
    "reused question": Broken(
        CHECK, 'id = "PQ1.2"', 'id = "PQ1.1"', 'id = "PQ1.1"\ntext = "Vad är', "«PQ1.1»", "eget",
        also=((CHECK_EN, 'id = "PQ1.2"', "«PQ1.2» finns inte"),),
    ),
    "listed without a file": Broken(
        MODULE, '"P1.2",', '"P1.2",\n    "P1.3",', '"P1.3"', "ingen fil", "Skapa filen"
    ),
    "file without being listed": Broken(
        MODULE, '    "P1.2",\n', "", "id =", "«P1.2» står inte i lessons", "Lägg till", FRAMES
    ),
    "module without a folder": Broken(
        "course.toml", '["01-start"]', '["01-start", "02-mer"]', "modules", "«02-mer»", "Skapa"
    ),
    "dead internal link": Broken(
        LESSON, "(item:P1.2)", "(item:P1.22)", "item:P1.22", "leder ingenstans", "«P1.2»?"
    ),
    "dead link in a recurring text": Broken(
        "course.toml", "(item:P1.2)", "(item:PK11)", "item:PK11", "leder ingenstans", "«PK1»?"
    ),
    "link that is not https": Broken(
        LESSON, "https://example.org/broar)", "http://example.org)", "http:", "inte https", "https"
    ),
    "link to nowhere": Broken(
        LESSON, "(item:P1.2)", "(../2-ramar.md)", "2-ramar", "går inte att följa", "item:ID"
    ),
    "image without a text": Broken(
        LESSON, "## Öva på det", "![](images/bro.svg)\n\n## Öva på det", "![]",
        "som inte ser", "![vad bilden visar]",
        also=((LESSON, "bro.svg", "finns inte i kursens mapp"),),
    ),
    "heading jump": Broken(
        LESSON, "### En tabell", "#### En tabell", "####", "hoppar över", "«### En tabell»"
    ),
    "first heading too deep": Broken(
        FRAMES, "## Vad", "### Vad", "### Vad", "hoppar över en nivå", "«## Vad är en ram?»"
    ),
    "top heading in the body": Broken(
        FRAMES, "## Vad", "# Vad", "# Vad", "på översta nivån", "«## Vad är en ram?»"
    ),
    "fact that is unknown": Broken(
        FRAMES, "facts = []", 'facts = ["PA9"]', "facts =", "finns inte i facts.toml", "«PA",
        also=((FRAMES, "facts =", "används inte i texten"),),
    ),
    "fact that is not verified": Broken(
        LESSON, "[[fact:PA2]]", "[[fact:PA2]][[fact:PA3]]", "PA3", "inte kontrollerad", "verified",
        also=((LESSON, "PA3", "inte i facts"),),
    ),
    "fact that is not listed": Broken(
        LESSON, '"PA1", "PA2"', '"PA1"', "PA2", "inte i facts", "Lägg till «PA2»",
        also=((LESSON_EN, "PA2", "inte i facts"),),
    ),
    "fact that is not cited": Broken(
        LESSON, "[[fact:PA2]]", "", "facts =", "används inte i texten", "[[fact:PA2]]"
    ),
    "fact that the translation leaves out": Broken(
        LESSON_EN, "[[fact:PA2]]", "", "## Why", "används inte i texten", "också här"
    ),
    "fact without source": Broken(
        "facts.toml", 'source = "Granåsa kommun, Broregistret"\n', "", "[[facts]]",
        "«source» saknas", "source = …",
    ),
    "fact in an assignment": Broken(
        ALONE, "Gå till en bro.", "Gå till en bro[[fact:PA1]].", "Gå till", "bara", "Ta bort"
    ),
    "date that is none": Broken(
        "facts.toml", '"2027-11-01"', '"2027-13-01"', "2027-13", "inget datum", "2026-11-22"
    ),
    "two right answers": Broken(
        CHECK, '{text = "Tre"}', '{text = "Tre", right = true}', "options = [", "2 rätta", "exakt"
    ),
    "no right answer": Broken(
        CHECK, '{text = "Sten", right = true}', '{text = "Sten"}', '"Sten"', "0 rätta", "exakt"
    ),
    "three answers": Broken(
        CHECK, ', {text = "Is"}', "", '"Sten"', "3 svar att välja", "Skriv 4",
        also=((CHECK_EN, '"Stone"', "4 delar men originalet har 3"),),
    ),
    "no limit": Broken(CHECK, "pass = 4\n", "", "id =", "«pass» saknas", "pass = …"),
    "question that sends to no lesson": Broken(
        CHECK, 'lesson = "P1.1"', 'lesson = "P1.7"', "P1.7", "«P1.7» finns inte", "«P1."
    ),
    "rubric without secrecy": Broken(
        ALONE, 'title = "Sekretess"', 'title = "Tystnad"', "[[criteria]]", "«Sekretess»",
        "Lägg till", also=((ALONE, '[[criteria]]\nid = "sekretess"', "excelled"),),
    ),
    "rubric with two of them": Broken(
        ALONE, 'title = "Beskrivning"', 'title = "Sekretess igen"', "excelled =", "två nivåer",
        "Ta bort excelled", also=((ALONE, 'title = "Sekretess"', "fler än ett"),),
    ),
    "criterion for no section": Broken(
        ALONE, '"material"]\n', '"materiel"]\n', "materiel", "avsnittet «materiel»", "«material»?"
    ),
    "level in a checklist": Broken(
        JOINT, 'approved = "Finns: antalet broar."', 'approved = "x"\nexcelled = "y"', "excelled",
        "två nivåer", "Ta bort",
    ),
    "key of another kind of section": Broken(
        ALONE, "max = 80", 'max = 80\noptions = ["a", "b"]', '["a", "b"]', "«options» är okänd",
        "Ta bort",
    ),
    "unknown kind of section": Broken(
        ALONE, 'kind = "date"', 'kind = "datum"', "datum", "'datum'", "text, short, choice, date"
    ),
    "requirement for nothing": Broken(
        "course.toml", '"P1.2", "PK1"', '"P1.2", "PK11"', "PK11", "«lektioner» nämner",
        "«PK1»?",
    ),
    "requirement without a count": Broken(
        "course.toml", "count = 1\n", "", 'kind = "at_least"', "hur många", "count = …"
    ),
    "plan for nothing": Broken(
        "course.toml", "PGU1 = 5", "PGU11 = 5", "PGU11 = 5", "nämner «PGU11»", "«PGU1»?"
    ),
    "hand-in after nothing": Broken(
        "course.toml", 'first = ["P1.2"]', 'first = ["P3.2"]', "first", "«P3.2»", "«P1.2»?"
    ),
    "break that ends before it begins": Broken(
        "course.toml", "to_week = 4", "to_week = 3", "to_week", "innan det börjar", "to_week"
    ),
    "certificate with a loose brace": Broken(
        "course.toml", "{hours} timmar", "{hours timmar", "{hours", "klammer", "{start}"
    ),
    "unknown exercise marker": Broken(
        LESSON, "[[exercise:P1.1-broar]]", "[[exercise:P1.1-bror]]", "[[exercise:", "finns inte i",
        "«P1.1-broar»?", also=((LESSON, 'id = "P1.1-broar"', "visas aldrig"),),
    ),
    "marker inside a line": Broken(
        LESSON, "[[exercise:P1.1-broar]]", "Gör [[exercise:P1.1-broar]]", "[[exercise:",
        "står inte ensam", "egen rad",
    ),
    "unknown marker": Broken(
        LESSON, "[[fact:PA2]]", "[[fakta:PA2]]", "[[fakta", "är okänd", "[[fact:ID]]",
        also=((LESSON, "facts =", "används inte"),),
    ),
    "unknown aside": Broken(
        LESSON, "!!! example", "!!! exempel", "!!! exempel", "är okänd", "note, example, task"
    ),
    "required exercise that is not there": Broken(
        LESSON, 'requires_exercise = "P1.1-broar"', 'requires_exercise = "P1.1-bro"',
        "requires_exercise", "finns inte i lektionen", "«P1.1-broar»?",
    ),
    "answer that is no choice": Broken(
        LESSON, 'answer = "Bro"', 'answer = "Broo"', "Broo", "finns inte bland choices", "«Bro»?"
    ),
    "invalid TOML": Broken(
        LESSON, 'term = "spann"', "term = spann", "term =", "TOML", "citattecken"
    ),
    "invalid TOML in a plain file": Broken(
        CHECK, "pass = 4", "pass = fyra", "pass =", "TOML", "citattecken"
    ),
    "missing first mark": Broken(FRAMES, "+++\n", "", "id =", "börjar inte", "första raden"),
    "missing second mark": Broken(
        FRAMES, "+++\n## Vad", "## Vad", "+++", "avslutar", "mellan uppgifterna"
    ),
    "translation with an id of its own": Broken(
        ALONE_EN, 'id = "PU1"', 'id = "PU2"', "PU2", "inte originalets", '"PU1"'
    ),
    "translation of a section that is not there": Broken(
        ALONE_EN, 'id = "namn"', 'id = "name"', '"name"', "finns inte i", "«namn»?"
    ),
    "translation of a requirement that is not there": Broken(
        "course.en.toml", "requirements.uppgifter", "requirements.uppgift", "requirements.uppgift",
        "«uppgift» finns inte", "«uppgifter»?",
    ),
    "translation with a key that is not text": Broken(
        LESSON_EN, "title =", "sensitive = true\ntitle =", "sensitive", "är okänd", "Ta bort"
    ),
    "individual assignment for one alone": Broken(
        ALONE, "regional =", 'alone = "x"\nregional =', "alone", "ingen variant", "joint"
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_mistake_is_found_on_its_line_with_a_remedy(folder, edit, case):
    edit(case.file, case.old, case.new)
    file = case.said_of or case.file
    line = line_of(folder / file, case.at)

    errors = [one for one in check_content(folder) if one.severity is Severity.ERROR]
    said = [one for one in errors if (one.file, one.line) == (file, line)]
    said = [one for one in said if case.message in one.message]

    assert len(said) == 1, "\n".join(map(str, errors))
    assert case.remedy in said[0].remedy
    if not case.alone:
        return
    others = [one for one in errors if one is not said[0]]
    assert len(others) == len(case.also), "\n".join(map(str, others))
    for other, at, message in case.also:
        found = [one for one in others if one.file == other and message in one.message]
        assert [one.line for one in found] == [line_of(folder / other, at)], others


def line_of(path, text):
    lines = path.read_text("utf-8")
    return lines[: lines.index(text)].count("\n") + 1


def test_all_mistakes_are_told_at_once(folder, edit):
    edit(LESSON, 'title = "Räkna broar"\n', "")
    edit(FRAMES, "## Vad", "# Vad")
    edit("course.toml", "PGU1 = 5", "PGU2 = 5")

    with pytest.raises(ContentError) as caught:
        load_course(folder)

    errors = [one for one in caught.value.problems if one.severity is Severity.ERROR]
    assert {one.file for one in errors} == {LESSON, FRAMES, "course.toml"}
    assert "course.toml:20: fel: " in str(caught.value)


def test_the_text_of_a_lesson_with_a_missing_key_is_checked_all_the_same(folder, edit):
    edit(LESSON, 'title = "Räkna broar"\n', "")
    edit(LESSON, "### En tabell", "#### En tabell")

    messages = "\n".join(one.message for one in check_content(folder))

    assert "«title» saknas" in messages
    assert "hoppar över en nivå" in messages


def test_a_file_that_cannot_be_read_hides_what_it_would_have_answered(folder, edit):
    edit(FRAMES, 'id = "P1.2"', "id = P1.2")

    errors = [one for one in check_content(folder) if one.severity is Severity.ERROR]

    assert [(one.file, one.line) for one in errors] == [(FRAMES, 2)]


def test_a_file_in_another_encoding_is_named_with_its_line(folder):
    path = folder / FRAMES
    line = line_of(path, "Lektionen nämner")
    path.write_bytes(path.read_text("utf-8").encode("latin-1"))

    errors = [one for one in check_content(folder) if one.severity is Severity.ERROR]

    assert [(one.file, one.line) for one in errors] == [(FRAMES, line)]
    assert "UTF-8" in errors[0].remedy


def test_a_folder_without_a_course_says_so(tmp_path):
    with pytest.raises(ContentError, match=r"course.toml:1: fel: Filen course.toml saknas"):
        load_course(tmp_path)


@pytest.mark.parametrize("file", ["facts.toml", "support.toml"])
def test_a_missing_file_of_the_course_is_an_error(folder, file):
    (folder / file).unlink()

    with pytest.raises(ContentError, match=rf"{file}:1: fel: Filen {file} saknas"):
        load_course(folder)


def test_a_translation_without_an_original_is_an_error(folder):
    (folder / START / "lessons" / "9-extra.en.md").write_text('+++\ntitle = "X"\n+++\n')

    with pytest.raises(ContentError, match=r"saknar förlaga: .*9-extra.md finns inte"):
        load_course(folder)


def test_four_questions_are_too_few(folder):
    for name in ("check.toml", "check.en.toml"):
        path = folder / START / name
        path.write_text(path.read_text("utf-8").rpartition("[[questions]]")[0], "utf-8")

    with pytest.raises(ContentError, match=rf"{CHECK}:5: fel: Kunskapskollen har 4 frågor"):
        load_course(folder)


class TestWarnings:
    """They are told, and they stop nothing."""

    def test_a_passed_review_date_is_told_only_when_the_day_is_known(self, folder):
        def told(today):
            problems = load_course(folder, today=today).warnings
            return [(one.file, one.line) for one in problems if "granskats" in one.message]

        assert told(None) == []
        assert told(date(2027, 11, 1)) == []
        assert told(date(2027, 11, 2)) == [("facts.toml", line) for line in (8, 16, 24)]

    def test_a_help_line_checked_half_a_year_ago_is_told(self, folder):
        problems = load_course(folder, today=date(2027, 5, 22)).warnings

        assert [(one.file, one.line) for one in problems if "Provlinjen" in one.message] == [
            ("support.toml", 9)
        ]

    def test_missing_english_is_told(self, folder):
        (folder / LESSON_EN).unlink()

        found = [one for one in load_course(folder).warnings if "engelska" in one.message]

        assert (LESSON_EN, 1) in [(one.file, one.line) for one in found]
        assert (f"{START}/lessons/2-ramar.en.md", 5) in [(one.file, one.line) for one in found]

    def test_a_translation_that_leaves_keys_out_is_told_which(self, folder, edit):
        edit(ALONE_EN, 'regional = "Choose a bridge in the *county*."\n', "")

        assert any(
            one.file == ALONE_EN and "Inte på engelska: regional" in one.message
            for one in load_course(folder).warnings
        )

    def test_reading_minutes_far_from_the_text_are_told(self, folder, edit):
        edit(LESSON, "reading = 1,", "reading = 9,")

        found = [one for one in load_course(folder).warnings if "Lästiden" in one.message]

        assert [(one.file, one.line) for one in found] == [(LESSON, 5)]
        assert "reading = 1" in found[0].remedy

    def test_a_part_of_more_than_eight_minutes_is_told_at_its_heading(self, folder, edit):
        edit(LESSON, "## Öva på det", "## Öva på det\n\n" + "ord " * 1041)

        found = [one for one in load_course(folder).warnings if "Delen" in one.message]

        assert [(one.file, one.line) for one in found] == [
            (LESSON, line_of(folder / LESSON, "## Öva"))
        ]

    def test_a_lesson_that_is_too_short_is_told(self, loaded):
        assert any("55 ord" in one.message for one in loaded.warnings)
