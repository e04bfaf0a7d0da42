"""What an issued plan promises as files: accessible, archivable, readable elsewhere, the same."""

import io
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest

from courses.documents.plan import UnprintableText, render_plan
from courses.documents.plan_content import elements
from courses.documents.plan_docx import render_plan_docx
from courses.documents.text_blocks import blocks_of, plain
from courses.documents.uploads import check
from tests.office import read_in_office
from tests.pdf import verapdf
from tests.unit.plan_samples import ENGLISH, LONG, SAMPLES, SIGNED, SIGNS, part, plan

ROOT = Path(__file__).parents[2]


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf), strict=True)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


@pytest.mark.parametrize("name", SAMPLES)
def test_the_pdf_is_accessible_and_archivable(name, tmp_path):
    path = tmp_path / "plan.pdf"
    path.write_bytes(render_plan(SAMPLES[name]))
    verapdf(path, ("ua1", "2a"))


def test_everything_in_the_plan_can_be_read_as_text():
    text = text_of(render_plan(plan()))
    for words in (
        "Handlingsplan för våldsförebyggande arbete", "Granåsa kommun", "Upplaga 2",
        "Utfärdad 20 maj 2027", "Ersätter upplaga 1, utfärdad 1 mars 2027.", "Innehåll",
        "1 Uppdrag och mandat", "Beslutsdatum: 9 februari 2027", "Njuŋŋes đávvir, šaddá, ŧ och ž",
        "Det här kapitlet är inte skrivet än.", "Datum och ansvariga funktioner", "Rektor",
        "GU5-GRA-0042 v2", "2 november 2026", "Insatsval och genomförandeplan", "ersatt",
    ):
        assert words in text


def test_title_language_and_contents_are_in_the_file():
    document = read(render_plan(ENGLISH))
    assert document.trailer["/Root"]["/Lang"] == "en"
    assert document.metadata.title == "Plan of action for violence prevention: Granåsa"
    assert document.outline
    links = [
        one.get_object() for page in document.pages[:2] for one in page.get("/Annots", ())
    ]
    assert len(links) >= len(ENGLISH["chapters"])


def test_markup_in_a_text_is_only_text():
    words = '#strong[x] $1$ @a <b> \\ "q" // c'
    one = plan(chapters=[
        {"id": "a", "number": 1, "title": words, "parts": [part("Del", "short", words)]}
    ])
    assert text_of(render_plan(one)).count(words) >= 2


def test_signs_that_word_and_people_write_are_shown():
    assert text_of(render_plan(SIGNED)).count(SIGNS) >= 2


@pytest.mark.parametrize("words, sign", [("Bra 😀", "😀"), ("李", "李"), ("\x01", "\x01")])
def test_a_sign_that_cannot_be_shown_is_refused(words, sign):
    chapter = {"id": "a", "number": 1, "title": "A", "parts": [part("Del", "text", words)]}
    with pytest.raises(UnprintableText) as refusal:
        render_plan(plan(chapters=[chapter]))
    assert str(refusal.value) == sign


@pytest.mark.parametrize("name", ["small", "english"])
def test_the_same_fields_give_the_same_bytes(name):
    code = (
        "import hashlib; from tests.unit.plan_samples import SAMPLES;"
        "from courses.documents.plan import render_plan;"
        "from courses.documents.plan_docx import render_plan_docx;"
        f"one = SAMPLES[{name!r}];"
        "print(hashlib.sha256(render_plan(one) + render_plan_docx(one)).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, text=True, cwd=ROOT
        ).stdout
        for _ in range(2)
    }
    assert len(runs) == 1


def test_the_word_document_has_what_makes_it_accessible():
    document = docx.Document(io.BytesIO(render_plan_docx(plan())))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "1 Uppdrag och mandat", "2 Prioriterade problem", "3 Mål och indikatorer", "4 Beslut",
        "Datum och ansvariga funktioner", "Upplagor", "Källor",
    ]
    assert document.core_properties.title.endswith(": Granåsa")
    assert document.core_properties.language == "sv-SE"
    assert document.core_properties.author == "Granåsa kommun"
    assert document.core_properties.comments == ""
    for table in document.tables:
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert "w:tblDescription" in table._tbl.xml
    with zipfile.ZipFile(io.BytesIO(render_plan_docx(plan()))) as file:
        body = file.read("word/document.xml").decode()
        assert 'TOC \\o "1-1"' in body
        assert 'w:val="sv-SE"' in file.read("word/styles.xml").decode()
        assert "python-docx" not in file.read("docProps/core.xml").decode()


@pytest.mark.parametrize("name", SAMPLES)
def test_the_word_document_passes_our_own_checks(name, tmp_path):
    path = tmp_path / "plan.docx"
    path.write_bytes(render_plan_docx(SAMPLES[name]))
    assert check(path, path.name).endswith("wordprocessingml.document")


@pytest.mark.parametrize("name", SAMPLES)
def test_libreoffice_opens_the_word_document(name, tmp_path):
    path = tmp_path / "plan.docx"
    path.write_bytes(render_plan_docx(SAMPLES[name]))
    text = read_in_office(path)
    assert SAMPLES[name]["title"] in text
    for chapter in SAMPLES[name]["chapters"]:
        assert f"{chapter['number']} {chapter['title']}" in text
    assert "GU5-GRA-0042 v2" in text
    assert "Njuŋŋes đávvir, šaddá" in text


def test_a_text_becomes_the_blocks_that_the_page_shows():
    blocks = blocks_of("# Rubrik\nEn **viktig** rad\nnästa\n\n- ett\n  - under\n\n3. tre")
    assert [(one.text, one.level, one.depth, one.number) for one in blocks] == [
        ("Rubrik", 1, 0, None), ("En viktig rad\nnästa", 0, 0, None), ("ett", 0, 1, None),
        ("under", 0, 2, None), ("tre", 0, 1, 3),
    ]


def test_heavy_libraries_are_imported_on_use():
    code = (
        "import sys, courses.documents.plan, courses.documents.plan_docx;"
        "sys.exit(any(name in sys.modules for name in ('typst', 'docx')))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_an_ordinary_plan_is_made_while_one_waits():
    render_plan(plan())
    render_plan_docx(plan())
    started = time.process_time()
    render_plan(LONG)
    longest = time.process_time() - started
    started = time.process_time()
    render_plan(plan())
    render_plan_docx(plan())
    ordinary = time.process_time() - started
    print(f"plan: {ordinary:.2f} s CPU; ten times as long as any can be, the PDF: {longest:.2f} s")
    assert ordinary <= 2


def rows_part(setting):
    fields = [
        {"id": "steg", "label": "Steg", "kind": "short", "under": ""},
        {"id": "vem", "label": "Ansvarig", "kind": "short", "under": ""},
        {"id": "ersattare", "label": "Ersättare", "kind": "text", "under": "vem"},
        {"id": "datum", "label": "Klart", "kind": "date", "under": ""},
    ]
    row = {"steg": "Start", "vem": "Rektor", "ersattare": "Kuratorn", "datum": "2027-09-25"}
    return {
        "id": "GU7-steg", "label": "Genomförande", "kind": "rows", "setting": setting,
        "value": [row, {"steg": "Slut", "vem": "", "ersattare": "", "datum": ""}],
        "fields": fields,
    }


def set_as(setting):
    (heading, *found) = elements(
        {"title": "Insatser", "parts": [rows_part(setting)]}, "sv"
    )
    assert heading.text == "Genomförande"
    return found


def test_rows_are_set_as_a_table_with_short_heads():
    (table,) = set_as("table")
    assert table.columns == ("Steg", "Ansvarig", "Klart")
    assert [block.text for block in table.rows[0][1]] == ["Rektor", "Ersättare: Kuratorn"]
    assert " ".join(table.rows[0][2][0].text.split()) == "25 sep. 2027"
    assert table.rows[1] == ((plain("Slut"),), (), ())


def test_rows_are_set_as_a_list_or_as_running_text():
    first, second = set_as("list")
    assert first.depth == 1
    assert first.text.split("\n") == [
        "Start", "Ansvarig: Rektor", "Ersättare: Kuratorn", "Klart: 25 september 2027"
    ]
    assert second.text == "Slut"
    paragraph, _ = set_as("text")
    assert paragraph.text == "Start. Ansvarig Rektor. Ersättare Kuratorn. Klart 25 september 2027."


@pytest.mark.parametrize("setting", ["table", "list", "text"])
def test_a_long_word_and_many_rows_stay_on_the_page(setting):
    one = rows_part(setting)
    one["value"] = [one["value"][0] | {"steg": "x" * 300}] * 40
    made = plan(chapters=[{"id": "a", "number": 1, "title": "Insatser", "parts": [one]}])
    drawn = render_plan(made)
    assert len(read(drawn).pages) > 3
    lines = {
        line.count("x") for page in read(drawn).pages
        for line in page.extract_text(extraction_mode="layout").splitlines()
    }
    assert 20 < max(lines) < 110, "about as many as go into a line"


def test_every_page_says_which_plan_and_edition_it_belongs_to():
    pages = read(render_plan(plan())).pages
    assert "Granåsa. Upplaga 2" in " ".join(pages[-1].extract_text().split())
    assert f"Sida {len(pages)} av {len(pages)}" in " ".join(pages[-1].extract_text().split())
    footer = docx.Document(io.BytesIO(render_plan_docx(plan()))).sections[0].footer._element.xml
    assert "Granåsa. Upplaga 2" in footer
    assert " PAGE " in footer


def test_words_in_the_other_language_say_so():
    assert b"(sv)" in render_plan(ENGLISH)
    with zipfile.ZipFile(io.BytesIO(render_plan_docx(ENGLISH))) as file:
        assert 'w:lang w:val="sv-SE"' in file.read("word/document.xml").decode()
