"""An assignment taken away as a Word document and read back: nothing is lost on the way."""

import io
from datetime import date
from pathlib import Path

import docx
import pytest

from config import ROOT
from courses.catalog import load_course
from courses.documents.assignment_docx import render_assignment_docx
from courses.documents.uploads import check, read_pieces
from courses.rules.days_in_words import day_of
from courses.rules.word_reading import Piece, read_back
from tests.factories import answers_to
from tests.office import converted

TEXT = (
    "Vi vet **mycket** om skolan,\nmen inte allt.\n\n- Ett\n- Två\n\n# En egen rubrik\n\n"
    "Njuŋŋes, šaddá och ”citat” – 5 < 6."
)


@pytest.fixture(scope="module")
def courses():
    loaded = load_course(ROOT / "content" / "processledarutbildning")
    return loaded.course("sv"), loaded.course("en")


def made(assignment, answers, language="sv"):
    return render_assignment_docx(
        assignment, answers, author="Granåsa", language=language, dated=date(2027, 3, 1)
    )


def loaded(path, assignment, *others):
    assert check(path, path.name).endswith("wordprocessingml.document")
    pieces = [
        Piece(**{**one, "rows": tuple(tuple(row) for row in one.get("rows", ()))})
        for one in read_pieces(path)
    ]
    wordings = [one.sections for one in (assignment, *others)]
    titles = [one.title for one in (assignment, *others)]
    return read_back(assignment.id, titles, wordings, pieces)


def written(tmp_path, data, name="mall.docx"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def through_libreoffice(path: Path) -> Path:
    """Return the document as LibreOffice saves it, by way of its own format."""
    return converted(converted(path, "odt"), "docx")


@pytest.mark.parametrize("name", ["GU4", "GU5", "GU6", "GU7", "GU8", "U1", "U3"])
def test_what_was_written_comes_back(courses, tmp_path, name):
    assignment = courses[0].items[name]
    answers = answers_to(assignment)
    first = next(one for one in assignment.sections if one.kind == "text")
    answers[first.id] = TEXT
    found = loaded(written(tmp_path, made(assignment, answers)), assignment)
    assert found.leftovers == []
    assert found.answers == answers


def test_an_empty_template_says_nothing(courses, tmp_path):
    found = loaded(written(tmp_path, made(courses[0].items["GU4"], {})), courses[0].items["GU4"])
    assert (found.answers, found.leftovers) == ({}, [])


@pytest.mark.parametrize("name", ["GU5", "GU8"])
def test_it_comes_back_from_libreoffice(courses, tmp_path, name):
    assignment = courses[0].items[name]
    answers = answers_to(assignment)
    first = next(one for one in assignment.sections if one.kind == "text")
    answers[first.id] = TEXT
    path = through_libreoffice(written(tmp_path, made(assignment, answers)))
    found = loaded(path, assignment)
    assert found.leftovers == []
    assert found.answers == answers


def test_it_comes_back_from_the_other_language(courses, tmp_path):
    swedish, english = (one.items["GU4"] for one in courses)
    answers = answers_to(english)
    found = loaded(written(tmp_path, made(english, answers, "en")), swedish, english)
    assert found.leftovers == []
    assert found.answers["mandat-lage"] == swedish.section("mandat-lage").options[0]
    assert found.answers["aktorer"][0]["lage"] == "Med"


def edited(data, change) -> bytes:
    document = docx.Document(io.BytesIO(data))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_plain_paragraphs_do_without_styles(courses, tmp_path):
    """As a program leaves it that keeps no styles of ours."""
    assignment = courses[0].items["GU5"]
    answers = answers_to(assignment)

    def plain(document):
        for paragraph in document.paragraphs:
            paragraph.style = document.styles["Normal"]

    found = loaded(written(tmp_path, edited(made(assignment, answers), plain)), assignment)
    assert (found.answers, found.leftovers) == (answers, [])


def test_headings_do_when_the_marks_are_gone(courses, tmp_path):
    assignment = courses[0].items["GU5"]
    answers = answers_to(assignment)

    def unmark(document):
        for paragraph in list(document.paragraphs):
            if paragraph.text.startswith("["):
                paragraph._p.getparent().remove(paragraph._p)

    found = loaded(written(tmp_path, edited(made(assignment, answers), unmark)), assignment)
    assert found.answers == answers


def test_what_has_no_place_is_told(courses, tmp_path):
    assignment = courses[0].items["GU4"]

    def add(document):
        document.paragraphs[0].insert_paragraph_before("En anteckning överst.")
        table = document.tables[0]
        table.cell(1, 0).text, table.cell(1, 2).text = "Skolan", "Kanske med"
        table.cell(2, 0).text = "Polisen"
        after = next(p for p in document.paragraphs if p.text.startswith("[GU4.mandat-datum]"))
        after.insert_paragraph_before("")
        after._p.getnext().addnext(docx.oxml.OxmlElement("w:p"))

    found = loaded(written(tmp_path, edited(made(assignment, {}), add)), assignment)
    assert [row["aktor"] for row in found.answers["aktorer"]] == ["Skolan", "Polisen"]
    told = [(one.section_id, one.text) for one in found.leftovers]
    assert told == [(None, "En anteckning överst."), ("aktorer", "Läge: Kanske med")]


def test_rows_beyond_what_there_is_room_for_are_told(courses, tmp_path):
    assignment = courses[0].items["GU7"]

    def grow(document):
        table = document.tables[0]
        for number in range(4):
            cells = table.add_row().cells
            cells[0].text = f"Insats {number}"

    found = loaded(written(tmp_path, edited(made(assignment, {}), grow)), assignment)
    assert [row["insats"] for row in found.answers["val"]] == ["Insats 0", "Insats 1"]
    assert [one.text for one in found.leftovers] == ["Insats 2", "Insats 3"]


def test_a_day_in_words_is_read_and_any_other_is_told(courses, tmp_path):
    assert day_of("9 februari 2027") == day_of("9/2 2027") == day_of("2027-02-09")
    assert day_of("9 February 2027") == "2027-02-09"
    assert day_of("i februari") == day_of("31 februari 2027") == ""


def test_the_marks_of_another_assignment_are_noticed(courses, tmp_path):
    other = made(courses[0].items["GU4"], answers_to(courses[0].items["GU4"]))
    assert loaded(written(tmp_path, other), courses[0].items["U1"]).is_other


def test_what_was_deleted_with_tracked_changes_is_not_read(courses, tmp_path):
    assignment = courses[0].items["GU5"]

    def track(document):
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        mark = next(p for p in document.paragraphs if p.text.startswith("[GU5.vald]"))
        after = docx.text.paragraph.Paragraph(mark._p.getnext(), mark._parent)
        after.add_run("Det nya.")
        gone, run, text = (OxmlElement(name) for name in ("w:del", "w:r", "w:delText"))
        text.text = "Det gamla."
        gone.set(qn("w:id"), "1")
        run.append(text)
        gone.append(run)
        after._p.append(gone)

    found = loaded(written(tmp_path, edited(made(assignment, {}), track)), assignment)
    assert found.answers == {"vald": "Det nya."}


@pytest.mark.parametrize(
    ("language", "day"), [("sv", "30 november 2026"), ("en", "30 November 2026")]
)
def test_days_stand_in_words_and_come_back_as_days(courses, tmp_path, language, day):
    assignment = courses[language == "en"].items["GU7"]
    data = made(assignment, answers_to(assignment), language)
    document = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    texts = {*cells, *(one.text for one in document.paragraphs)}
    assert day in texts
    assert "2026-11-30" not in texts
    assert loaded(written(tmp_path, data), assignment).answers == answers_to(assignment)
