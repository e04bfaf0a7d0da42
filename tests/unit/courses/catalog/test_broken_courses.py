"""Every mistake an author can make is found, on its line, with a remedy: see `broken`."""

import pytest

from courses.catalog import ContentError, Severity, check_content, load_course
from tests.unit.courses.catalog.broken import CASES, PARTS
from tests.unit.courses.catalog.broken.case import CHECK, FRAMES, LESSON, START, line_of


def test_there_are_many_and_each_has_its_own_name():
    assert len(CASES) == sum(len(part.CASES) for part in PARTS) >= 40


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


def test_assessed_work_has_something_to_fill_in(folder):
    path = folder / START / "assignments" / "pu1.md"
    text = path.read_text("utf-8")
    path.write_text(
        text[: text.index("[[sections]]")] + text[text.index("[[criteria]]") :], "utf-8"
    )

    messages = [one.message for one in check_content(folder)]

    assert "Uppgiften har ingenting att fylla i." in messages
