"""An editor who knows neither git nor a server corrects a number, and loads a folder with a
fault in it. With JavaScript and without.
"""

import io
import re
import zipfile

import pytest
from playwright.sync_api import Page, expect

from app.db import Database
from app.login import passwords
from courses.catalog import EditionStore
from courses.vocabulary import Role
from tests.browser import looking
from tests.factories import make_cohort, make_enrollment, make_role, make_team, make_user

PASSWORD = "granar vid sjön i november"
COURSE = "processledarutbildning"
ROOM = f"/redaktion/{COURSE}"
LESSON = "01-uppstart/lessons/1-varfor.md"
EDITOR, READER = "redaktor@stegvis.example", "deltagare@stegvis.example"
BOTH_WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture
def site(empty):
    """The course with an editor, and somebody who takes part in a cohort of it."""
    database = Database(empty.config.database_url)
    store = EditionStore(empty.config.data_dir / "editions")
    hashed = passwords.hash_password(PASSWORD)
    with database.session(writes=True) as session, session.begin():
        cohort = make_cohort(session, store.published(COURSE).course("sv"), name="Omgången")
        reader = make_user(session, email=READER, name="Nora", password_hash=hashed)
        make_enrollment(session, cohort, team=make_team(session, cohort), user=reader)
        make_role(
            session, Role.EDITOR,
            user=make_user(session, email=EDITOR, name="Reine", password_hash=hashed),
        )
    database.engine.dispose()
    return empty


@pytest.fixture
def somebody(browser, site):
    """Opens a browser profile, logged in."""
    contexts = []

    def open_page(email: str, scripts: bool) -> Page:
        context = browser.new_context(
            base_url=site.url, java_script_enabled=scripts, locale="sv-SE", bypass_csp=True
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto("/logga-in")
        page.fill("[name=email]", email)
        page.fill("[name=password]", PASSWORD)
        press(page, "Logga in")
        page.wait_for_url(lambda url: "/logga-in" not in url)
        return page

    yield open_page
    for context in contexts:
        context.close()


def press(page: Page, name: str | re.Pattern) -> None:
    """Press, and stay until the answer is there: what comes next may look from another profile."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()


def follow(page: Page, name: str | re.Pattern) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def well(page: Page, node_modules) -> None:
    assert looking.accessibility(page, node_modules) == []
    assert looking.one_primary_button(page) == []
    assert looking.headings(page) == []


@BOTH_WAYS
def test_an_editor_corrects_a_number_and_participants_read_the_new_one(
    scripts, somebody, site, node_modules
):
    editor, reader = somebody(EDITOR, scripts), somebody(READER, scripts)
    editor.locator("header").get_by_role("link", name="Redaktion").first.click()
    follow(editor, "Stödlinjer")
    follow(editor, "Bris")
    editor.get_by_label("Telefonnummer").fill("116 112")
    editor.get_by_label("Kontrollerat den").fill("2026-11-20")
    press(editor, "Spara i utkastet")
    expect(editor.locator("main")).to_contain_text("Sparat i utkastet")
    reader.goto("/stod")
    expect(reader.locator("main")).to_contain_text("116 111")

    follow(editor, re.compile("^Ändringar"))
    follow(editor, "support.toml")
    expect(editor.locator("main del").first).to_contain_text('number = "116 111"')
    expect(editor.locator("main ins").first).to_contain_text('number = "116 112"')
    if scripts:
        well(editor, node_modules)
    editor.goto(ROOM)
    follow(editor, "Publicera")
    expect(editor.locator("h1")).to_have_text("Publicera upplaga 2?")
    expect(editor.locator("main")).to_contain_text("Omgången")
    if scripts:
        well(editor, node_modules)
    press(editor, "Publicera upplaga 2")
    expect(editor.locator("main")).to_contain_text("Upplaga 2 är publicerad")
    if scripts:
        well(editor, node_modules)

    reader.goto("/stod")
    expect(reader.locator("main")).to_contain_text("116 112")
    expect(reader.locator("main")).not_to_contain_text("116 111")

    follow(editor, re.compile("Gå tillbaka till den här"))
    press(editor, "Gå tillbaka till upplaga 1")
    reader.goto("/stod")
    expect(reader.locator("main")).to_contain_text("116 111")


@BOTH_WAYS
def test_an_editor_loads_a_folder_with_a_fault_in_it_and_mends_it_here(
    scripts, somebody, site, node_modules
):
    store = EditionStore(site.config.data_dir / "editions")
    files = store.files(store.current(COURSE))
    files[LESSON] = files[LESSON].replace(b"sensitive = false", b"sensetive = false").replace(
        "Tänk dig ett rum".encode(), "Tänk dig en sal".encode()
    )
    editor, reader = somebody(EDITOR, scripts), somebody(READER, scripts)
    editor.goto(ROOM)
    follow(editor, "Läs in en mapp (ZIP)")
    editor.get_by_label("ZIP-fil med utbildningens mapp").set_input_files(
        {"name": "kursen.zip", "mimeType": "application/zip", "buffer": packed(files)}
    )
    press(editor, "Läs filen")
    expect(editor.locator(".errsum")).to_contain_text("Mappen innehåller 2 fel")
    expect(editor.locator("main")).to_contain_text("«sensetive» är okänd")
    expect(editor.locator("main")).to_contain_text(f"{LESSON}, rad 7")
    if scripts:
        well(editor, node_modules)
    editor.goto(ROOM)
    expect(editor.locator("main")).to_contain_text("Utkastet är som den publicerade upplagan")

    editor.go_back()
    press(editor, "Läs in ändå som utkast")
    expect(editor.locator("main")).to_contain_text("2 fel hindrar publicering")
    follow(editor, "Publicera")
    expect(editor.locator("h1")).to_have_text("Utkastet kan inte publiceras än")
    reader.goto("/modul/uppstart/varfor-vi-gor-det-har")
    expect(reader.locator("article")).to_contain_text("Tänk dig ett rum")

    follow(editor, f"{LESSON}, rad 7")
    if scripts:
        editor.get_by_role("link", name="Rad 7").first.click()
        chosen = editor.evaluate(
            "() => { const b = document.activeElement;"
            " return b.value.slice(b.selectionStart, b.selectionEnd); }"
        )
        assert chosen == "sensetive = false"
        well(editor, node_modules)
    box = editor.locator("textarea[name=text]")
    box.fill(box.input_value().replace("sensetive", "sensitive"))
    press(editor, "Spara i utkastet")
    expect(editor.locator("article")).to_contain_text("Tänk dig en sal")
    if scripts:
        well(editor, node_modules)
    editor.goto(ROOM)
    follow(editor, "Publicera")
    expect(editor.locator("main")).to_contain_text("Ny lydelse")
    press(editor, re.compile("^Publicera upplaga 2"))
    reader.reload()
    expect(reader.locator("article")).to_contain_text("Tänk dig en sal")


def packed(files: dict[str, bytes]) -> bytes:
    """The folder as a computer packs it: in a folder of its own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{COURSE}/{name}", content)
    return buffer.getvalue()
