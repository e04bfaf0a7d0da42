"""A saved course reads with the network off, and nothing of a person is left after logging out."""

import json

import pytest
from flask import g
from playwright.sync_api import Page, expect

from app import create_app
from app.db import Database
from app.http import devices
from courses.models import User
from tests.browser.conftest import log_in

LISTING = """async () => ({
  caches: Object.fromEntries(await Promise.all((await caches.keys()).map(async (name) =>
    [name, await Promise.all((await (await caches.open(name)).keys()).map(async ({ url }) =>
      [new URL(url).pathname, await (await caches.match(url)).text()]))]))),
  databases: (await indexedDB.databases()).map(({ name }) => name),
  local: { ...localStorage }, session: { ...sessionStorage },
  workers: (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
})"""


@pytest.fixture
def person(demo) -> dict[str, str]:
    return demo.account("participant")


def make_own(page: Page, demo, email: str) -> None:
    """Let the browser count as its owner's, as the account page does."""
    database = Database(demo.live.config.database_url)
    with database.session(writes=False) as session:
        user_id = session.query(User.id).filter_by(email=email).scalar()
    database.engine.dispose()
    app = create_app(demo.live.config)
    with app.app_context():
        devices.mark_as_own(user_id)
        value = g.pop("own_device")
    app.extensions["database"].engine.dispose()
    page.context.add_cookies([{"name": devices.COOKIE, "value": value, "url": demo.url}])


def save_course(page: Page) -> None:
    page.goto("/spara")
    page.get_by_role("button", name="Spara utbildningen på den här enheten").click()
    # the press makes it busy at once
    expect(page.locator("[data-offline]:not([aria-busy])")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("status")).to_contain_text("Sparat ")


def stores(page: Page) -> dict:
    """Everything that the browser keeps for the site."""
    return page.evaluate(LISTING) | {"cookies": page.context.cookies()}


@pytest.fixture
def reader(visitor, demo, person) -> Page:
    """A participant on a device of their own."""
    page = visitor.page("public")
    log_in(page, **person)
    make_own(page, demo, person["email"])
    return page


def test_a_saved_course_reads_without_a_network_and_goes_at_logout(reader, demo, person):
    module = demo.paths["participant"]["module"]
    name = reader.goto("/konto") and reader.input_value("input[name=name]")
    save_course(reader)
    kept = stores(reader)["caches"]
    assert len(kept) == 1
    texts = dict(next(iter(kept.values())))
    assert f"{module}/innehall" in texts
    for path, text in texts.items():
        assert name not in text, path
        assert person["email"] not in text, path
        assert path.startswith(("/static/", "/-/who", "/stod", "/utan-nat")) or path.endswith(
            "/innehall"
        ), path

    reader.context.set_offline(True)
    reader.goto(module)
    expect(reader.locator("h1")).to_have_count(1)
    assert reader.url.endswith("/innehall")
    expect(reader.locator("article .text").first).to_be_visible()
    reader.goto("/hem")
    expect(reader.get_by_role("heading", name="Du är utan nät")).to_be_visible()
    reader.locator("[data-saved-pages] a").first.click()
    expect(reader.locator("article")).to_be_visible()
    reader.goto("/stod")
    expect(reader.get_by_role("heading", name="Stöd", exact=True)).to_be_visible()

    reader.context.set_offline(False)
    reader.goto("/hem")
    with reader.expect_navigation(url=demo.url + "/"):
        reader.locator("nav.wide").get_by_role("button", name="Logga ut").click()
    left = stores(reader)
    assert not left["caches"]
    assert not left["databases"]
    assert not left["local"]
    assert not left["session"]
    assert not left["workers"]
    for cookie in left["cookies"]:
        assert cookie["name"] in {
            "stegvis", "stegvis-device", "stegvis-language", devices.COOKIE
        }, cookie
        assert person["email"] not in json.dumps(cookie)


def test_what_somebody_saved_goes_before_another_person_sees_a_page(reader, demo):
    save_course(reader)
    other = demo.account("trainer")
    # the login ran out: nobody pressed Logga ut
    reader.context.clear_cookies(name="stegvis-login")
    log_in(reader, **other)

    assert stores(reader)["caches"] == {}


def test_half_a_course_is_not_saved(reader):
    save_course(reader)
    before = stores(reader)["caches"]
    reader.context.route("**/innehall", lambda route: route.abort())
    reader.goto("/spara")
    reader.get_by_role("button", name="Spara utbildningen på den här enheten").click()
    expect(reader.get_by_role("status")).to_contain_text("Det gick inte att spara allt")

    assert stores(reader)["caches"].keys() == before.keys()

    reader.context.unroute("**/innehall")
    save_course(reader)
    assert len(after := stores(reader)["caches"]) == 1
    assert after.keys() != before.keys()
