"""What the guard asks before a hand-in, and one's own data: looked at, taken home, erased."""

import io
import zipfile

from playwright.sync_api import expect

from tests.browser import looking
from tests.browser.writers import PASSWORD, line, write, writing

CHECK = "/uppgift/mitt-uppdrag/kontrollera"
PAGE = "/konto/integritet"


def test_each_passage_says_why_and_leads_to_the_ways_on(own, nora, node_modules):
    page = writing(own)
    write(page, "Ring 850709-9805. En kvinna i byn hörde av sig, och vi fick 3 orosanmälningar.")
    expect(line(page)).to_contain_text("Sparat kl.")
    page.goto(CHECK)

    marks = page.locator("mark")
    expect(marks).to_have_text(["850709-9805", "En kvinna i byn", "3 orosanmälningar"])
    assert looking.accessibility(page, node_modules) == []
    boxes = page.locator(".box-warn", has=page.locator("mark"))
    expect(boxes).to_have_count(2)  # the number blocks and has no such way
    way = boxes.first.get_by_role("link", name="Kryssa i att du har kontrollerat")
    way.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#checked")).to_be_in_viewport()
    page.locator(".box-err").get_by_role("link", name="Ändra").last.click()
    expect(page.locator("h1")).to_have_text("Mitt uppdrag")


def test_ones_own_data_can_be_taken_home_and_the_account_erased(contexts, nora, node_modules):
    plain = contexts(java_script_enabled=False)  # all of it works without
    page = plain.new_page()
    nora.log_in(page)
    page.goto(PAGE)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Ladda ner mina uppgifter").click()
    link = page.get_by_role("link", name="Hämta dina uppgifter")
    for _ in range(60):
        if link.count():
            break
        page.wait_for_timeout(1_000)
        page.goto(PAGE)
    with page.expect_download() as started:
        link.click()
    with zipfile.ZipFile(io.BytesIO(started.value.path().read_bytes())) as archive:
        assert {"index.html", "data.json"} <= set(archive.namelist())

    page.get_by_role("link", name="Se vad som raderas").click()
    page.get_by_role("button", name="Radera mitt konto").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv ditt lösenord")
    page.fill("[name=password]", PASSWORD)
    page.check("[name=sure]")
    page.get_by_role("button", name="Radera mitt konto").click()
    expect(page.locator("h1")).to_have_text("Kontot är raderat")
    page.goto(PAGE)
    assert "/logga-in" in page.url


def test_the_pages_about_ones_data_are_for_everybody(own, nora, node_modules):
    page = own.new_page()
    problems = []
    for path in (PAGE, f"{PAGE}?lang=en", f"{PAGE}/radera", f"{PAGE}/radera?lang=en"):
        page.goto(path)
        found = [*looking.accessibility(page, node_modules), *looking.one_primary_button(page),
                 *looking.headings(page)]
        problems += [f"{path}: {one}" for one in found]
    assert problems == []
