"""The first hour of an installation, and the way back in for who comes back after six weeks."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.db import Database
from app.login import passwords
from tests.browser import looking
from tests.factories import make_user
from tests.mailbox import link_in

ADDRESS = re.compile(r"Set up Stegvis in the browser: (\S+)")
OLD, NEW = "granskog lampa tisdag", "blåbär stege onsdag"
ADA = "ada@stegvis.example"


@pytest.fixture
def opened(browser, empty):
    """Open pages in a profile of their own, with or without scripts."""
    contexts = []

    def new_page(**options) -> Page:
        context = browser.new_context(
            base_url=empty.url, locale="sv-SE", bypass_csp=True, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        return page

    yield new_page
    for context in contexts:
        context.close()


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).click()


def test_an_installation_is_set_up_in_the_browser(opened, empty, mailbox, node_modules):
    log = (empty.folder / "web.log").read_text("utf-8")
    page = opened()
    problems: list[str] = []

    def look(heading: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        problems.extend(
            f"{heading}: {one}"
            for one in (
                *looking.accessibility(page, node_modules), *looking.one_primary_button(page),
                *looking.headings(page),
            )
        )

    page.goto(ADDRESS.search(log).group(1))
    look("Vem ger utbildningen?")
    page.fill("[name=name]", "Region Prov")
    page.fill("[name=data_protection_officer]", "dso@stegvis.example")
    press(page, "Fortsätt")
    look("Ditt konto")
    page.fill("[name=name]", "Ada Prov")
    page.fill("[name=email]", ADA)
    page.fill("[name=password]", OLD)
    press(page, "Fortsätt")
    look("Kommunerna")
    expect(page.locator("[name=name_3]")).to_have_value("Åsele")
    page.fill("[name=name_4]", "Provnäs")
    press(page, "Fortsätt")
    look("Den första utbildningsomgången")
    page.fill("[name=name]", "Omgång ett")
    page.check("[name=shares_drafts][value=no]")
    page.check("[name=issues][value=by_hand]")
    page.fill("[name=first_monday]", "2027-01-11")
    press(page, "Fortsätt")
    look("Mejl")
    press(page, "Skicka ett testmejl")
    expect(page.get_by_role("status")).to_contain_text("Mejlservern tog emot testmejlet.")
    assert mailbox.wait_for(ADA)["Subject"] == "Testmejl från Stegvis"
    look("Mejl")
    page.get_by_role("link", name="Fortsätt").click()
    look("Kontrollera svaren")
    page.locator("a[href='/installera/steg/3']").click()
    expect(page.locator("[name=name_4]")).to_have_value("Provnäs")
    page.goto("/installera/steg/6")
    press(page, "Spara och starta")
    page.goto("/konto")
    look("Konto")
    page.goto("/kontakt")
    expect(page.locator("main")).to_contain_text("Region Prov")
    page.goto("/samordna?alla")
    expect(page.locator("main")).to_contain_text("Omgång ett")
    assert page.goto("/installera/steg/1").status == 404
    assert problems == []


def test_who_has_forgotten_the_password_comes_in_without_scripts(opened, empty, mailbox):
    database = Database(empty.config.database_url)
    address = "bo.aterkommer@stegvis.example"
    with database.session(writes=True) as session, session.begin():
        make_user(session, email=address, password_hash=passwords.hash_password(OLD))
    database.engine.dispose()
    page = opened(java_script_enabled=False)

    page.goto("/logga-in")
    page.get_by_role("link", name="Glömt lösenordet").click()
    page.fill("[name=email]", address)
    press(page, "Skicka länken")
    expect(page.get_by_role("heading", level=1)).to_have_text("Titta i din e-post")
    page.goto(link_in(mailbox.wait_for(address)))
    page.fill("[name=password]", NEW)
    press(page, "Spara lösenordet")
    page.goto("/konto")
    expect(page.locator("main")).to_contain_text(address)

    again = opened(java_script_enabled=False)
    again.goto("/inloggningslank")
    again.fill("[name=email]", address)
    press(again, "Skicka länken")
    again.goto(link_in(mailbox.wait_for(address, number=3)))  # the second tells of the change
    press(again, "Logga in")
    again.goto("/konto")
    expect(again.locator("main")).to_contain_text(address)


def test_the_pages_of_links_are_accessible(opened, node_modules):
    page = opened()
    problems: list[str] = []
    for path in ("/glomt-losenord", "/inloggningslank", "/lank-skickad", "/nytt-losenord/x"):
        page.goto(path)
        found = (
            *looking.accessibility(page, node_modules), *looking.one_primary_button(page),
            *looking.headings(page),
        )
        problems.extend(f"{path}: {one}" for one in found)

    assert problems == []
