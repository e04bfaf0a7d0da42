"""What people print and save, as Chromium makes it, and the search without scripts."""

import io

import pytest
from pypdf import PdfReader

from tests.browser import looking
from tests.browser.conftest import Look
from tests.browser.test_accessibility import in_language, none

A4 = (595, 842)
ONE_PAGE = ("/till-dig-som-ar-chef", "/ovningsblad")


def printed(page) -> PdfReader:
    """Print the open page on what it asks for, as a person does."""
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def of_a4(pdf) -> bool:
    return all(
        abs(float(side) - wanted) < 2
        for page in pdf.pages
        for side, wanted in zip(page.mediabox[2:], A4, strict=True)
    )


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", ONE_PAGE)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_sheet_to_hand_out_is_one_page(visitor, path, language, scheme):
    page = visitor.page("public", Look(language, scheme))
    page.goto(in_language(path, language))

    pdf = printed(page)

    assert len(pdf.pages) == 1
    assert of_a4(pdf)
    text = pdf.pages[0].extract_text()
    assert page.locator("h1").inner_text() in " ".join(text.split())
    assert "Logga in" not in text


def test_each_lesson_of_a_printed_module_begins_on_a_page_of_its_own(visitor, demo):
    page = visitor.page("participant")
    page.goto(f"{demo.paths['participant']['module']}/skriv-ut")
    lessons = page.locator("section.leaf > h2").all_inner_texts()
    assert lessons

    pdf = printed(page)

    assert of_a4(pdf)
    texts = [" ".join(one.extract_text().split()) for one in pdf.pages]
    for title in lessons:
        assert any(text.startswith(" ".join(title.split())) for text in texts), title
    assert not any("Logga ut" in text or "In English" in text for text in texts)


def test_the_first_text_to_read_on_paper_begins_on_the_first_page(visitor):
    page = visitor.page("trainer")
    page.goto("/granska/skriv-ut")
    first, second = page.locator("section.leaf > h2").all_inner_texts()[:2]

    pages = [" ".join(one.extract_text().split()) for one in printed(page).pages]

    assert first in pages[0]
    assert any(text.startswith(second) for text in pages[1:])


@pytest.mark.parametrize("role", ["county_coordinator", "municipal_coordinator"])
def test_no_heading_of_a_table_is_printed_without_its_first_row(visitor, demo, role):
    page = visitor.page(role)
    page.goto(demo.paths[role]["overview"])
    tables = page.locator("table.card-t")
    assert tables.count()

    pages = ["".join(one.extract_text().split()) for one in printed(page).pages]

    for table in tables.all():
        caption = "".join(table.locator("caption").inner_text().split())
        row = "".join(table.locator("tbody th").first.inner_text().split())
        heads = "".join(table.locator("thead th").last.inner_text().split())
        assert any(text.find(row, text.find(caption)) > 0 for text in pages if caption in text)
        assert all(text.find(row, text.find(heads)) > 0 for text in pages if heads in text)


def test_no_table_makes_the_texts_to_read_on_paper_smaller(visitor):
    page = visitor.page("trainer")
    page.goto("/granska/skriv-ut")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 734, "height": 980})  # wide enough for tables, as A4 is

    assert page.locator(".card-t th:nth-child(9)").count()
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("look", [Look("sv"), Look("en", "dark", 360)], ids=str)
def test_a_saved_module_is_read_from_disk_without_a_network(
    visitor, demo, tmp_path, node_modules, look
):
    page = visitor.page("participant", look)
    path = f"{demo.paths['participant']['module']}/spara"
    answer = page.request.get(in_language(path, look.language))
    file = tmp_path / "module.html"
    file.write_bytes(answer.body())

    page.context.set_offline(True)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())

    assert asked == [file.as_uri()]
    assert page.get_attribute("html", "lang") == look.language
    assert page.evaluate("() => getComputedStyle(document.body).margin") == "0px"
    none([
        *looking.accessibility(page, node_modules),
        *looking.headings(page),
        *looking.sideways_scroll(page),
    ])


def test_the_search_works_without_scripts(visitor):
    page = visitor.page("participant", Look(scripts=False))
    page.goto("/hem")
    page.locator("header input[type=search]:visible").fill("sekretess")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok?q=sekretess")
    assert page.locator("main mark").count()
    page.locator("main ol.found p a").first.click()
    page.wait_for_url("**#*")
    assert page.evaluate("() => document.querySelector(':target') !== null")


@pytest.mark.parametrize("look", [Look("sv"), Look("en", "dark", 360)], ids=str)
def test_search_results_can_be_used_by_everybody(visitor, node_modules, look):
    for role in ("public", "participant", "editor"):
        page = visitor.page(role, look)
        for query in ("sekretess", "xyzzy", "", "violence"):
            page.goto(in_language(f"/sok?q={query}", look.language))
            none([
                *looking.accessibility(page, node_modules),
                *looking.one_primary_button(page),
                *looking.headings(page),
                *looking.sideways_scroll(page),
            ])
