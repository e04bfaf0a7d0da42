"""A team's plan in the browser: put together, issued, fetched, and opened in LibreOffice."""

from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import accessibility
from tests.factories import join_team, make_team
from tests.office import read_in_office
from tests.planning import PARTS, approve

EDITED = "Vi vet mest om skolan, och minst om äldre."


@pytest.fixture
def team(place, nora):
    """Nora holds the pen of a team whose joint assignments are all approved."""
    from courses.models import Cohort, Enrollment, Organization, User

    with place.writes() as session:
        enrollment = session.get_one(Enrollment, nora.enrollment_id)
        cohort = session.get_one(Cohort, enrollment.cohort_id)
        organization = session.get_one(Organization, enrollment.organization_id)
        team = make_team(
            session, cohort, name=f"Granåsa {nora.id}", organization_id=organization.id
        )
        join_team(session, team, enrollment)
        enrollment.home_team_id, team.holder_id = team.id, enrollment.id
        by = session.get_one(User, nora.id)
        approve(session, cohort, team, place.course, *PARTS, by=by)
        return team.id


def fetched(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name=name).first.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_the_plan_comes_out_as_pdf_and_word_and_opens_in_libreoffice(
    contexts, nora, team, tmp_path, node_modules
):
    page = contexts(accept_downloads=True, bypass_csp=True).new_page()
    nora.log_in(page)
    page.goto(f"/team/{team}/plan")
    expect(page.locator("h1")).to_have_text("Handlingsplan för våldsförebyggande arbete")
    expect(page.locator("#lagen")).to_have_text("Det lagen frågar efter")
    assert accessibility(page, node_modules) == []
    page.get_by_role("link", name="Ändra Lägesbild i korthet").click()
    page.locator("#a-GU8-lage").fill(EDITED)
    expect(page.locator("#sparat p").first).to_contain_text("Sparat kl.")
    assert accessibility(page, node_modules) == []
    page.get_by_role("button", name="Spara och se planen").click()
    expect(page.locator("main")).to_contain_text(EDITED)
    page.get_by_role("link", name="Kontrollera och ge ut").click()
    expect(page.get_by_role("button", name="Ge ut upplaga 1")).to_be_visible()
    assert accessibility(page, node_modules) == []
    page.get_by_role("button", name="Ge ut upplaga 1").click()
    expect(page.locator("#fel")).to_be_focused()
    page.get_by_label("Jag har läst igenom planen").check()
    checked = page.get_by_label("Jag har kontrollerat")
    if checked.count():
        checked.check()
    page.get_by_role("button", name="Ge ut upplaga 1").click()
    expect(page.locator("main")).to_contain_text("Upplaga 1 är utfärdad.")
    pdf = fetched(page, "PDF av upplaga 1", tmp_path)
    text = " ".join(" ".join(one.extract_text() for one in pypdf.PdfReader(pdf).pages).split())
    assert EDITED in text
    word = fetched(page, "Word av upplaga 1", tmp_path)
    assert EDITED in read_in_office(word)


def test_an_assignment_goes_to_word_and_back(contexts, nora, tmp_path, node_modules):
    import docx

    page = contexts(accept_downloads=True, bypass_csp=True).new_page()
    nora.log_in(page)
    page.goto("/uppgift/mitt-uppdrag")
    page.get_by_role("link", name="Hämta eller ladda in en Word-fil").click()
    expect(page.get_by_role("button", name="Läs filen")).to_be_visible()
    assert accessibility(page, node_modules) == []
    path = fetched(page, "Hämta uppgiften som Word-fil", tmp_path)
    document = docx.Document(path)
    line = next(one for one in document.paragraphs if one.text.startswith("[U1.tid]"))
    docx.text.paragraph.Paragraph(line._p.getnext(), line._parent).add_run("Fyra timmar.")
    document.save(path)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Läs filen").click()
    expect(page.locator("h1")).to_have_text("Välj vad som ska in i utkastet")
    assert accessibility(page, node_modules) == []
    page.get_by_role("button", name="Spara det jag har valt").click()
    expect(page.locator("#a-tid")).to_have_value("Fyra timmar.")
    assert nora.saved() == {"tid": "Fyra timmar."}
