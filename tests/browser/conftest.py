"""Chromium, and a running Stegvis with the demonstration cohort for it to look at."""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.sitemap import find_pages
from tests.browser.writers import contexts, nora, own, place  # noqa: F401 (fixtures)
from tests.live import Live, running
from tests.mailbox import Mailbox

REMEDY = "apt-get install chromium, or set STEGVIS_CHROMIUM"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage",
    "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
LONG = os.environ.get("STEGVIS_VERIFY") == "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(1800 if LONG else 400))


@dataclass(frozen=True)
class Look:
    """How somebody looks at a page."""

    language: str = "sv"
    scheme: str = "light"
    width: int = 1280
    scripts: bool = True

    def __str__(self) -> str:
        return f"{self.language}-{self.scheme}-{self.width}{'' if self.scripts else '-no-js'}"


class Visitor:
    """Somebody with a browser: nobody in particular, or a person of the demonstration."""

    def __init__(self, browser: Browser, site: "Site") -> None:
        self.browser = browser
        self.site = site
        self.states: dict[str, dict] = {}
        self.contexts: list[BrowserContext] = []

    def context(self, role: str = "public", look: Look = Look()) -> BrowserContext:
        """Return a fresh browser profile, logged in as the role's first account."""
        context = self.browser.new_context(
            base_url=self.site.url,
            viewport={"width": look.width, "height": 800},
            color_scheme=look.scheme,
            locale="sv-SE" if look.language == "sv" else "en-GB",
            timezone_id="Europe/Stockholm",
            java_script_enabled=look.scripts,
            reduced_motion="reduce",
            bypass_csp=True,
            storage_state=self._state(role),
        )
        context.set_default_timeout(30_000)
        self.contexts.append(context)
        return context

    def page(self, role: str = "public", look: Look = Look()) -> Page:
        """Return an empty page of such a profile."""
        return self.context(role, look).new_page()

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        self.contexts.clear()

    def _state(self, role: str) -> dict | None:
        if role == "public":
            return None
        if role not in self.states:
            context = self.browser.new_context(base_url=self.site.url)
            page = context.new_page()
            log_in(page, **self.site.account(role))
            self.states[role] = context.storage_state()
            context.close()
        return self.states[role]


def log_in(page: Page, email: str, password: str) -> None:
    """Log in through the form."""
    page.goto("/logga-in")
    page.fill("input[name=email]", email)
    page.fill("input[name=password]", password)
    page.click("form button.btn")
    page.wait_for_url(lambda url: "/logga-in" not in url)


class Site:
    """A running Stegvis with what its demonstration says about itself."""

    def __init__(self, live: Live, mailbox: Mailbox, demo: dict) -> None:
        self.live = live
        self.url = live.url
        self.mailbox = mailbox
        self.accounts = demo["accounts"]
        self.paths: dict[str, dict[str, str]] = demo["paths"]

    def account(self, role: str) -> dict[str, str]:
        """Return e-mail and password of the role's first account."""
        found = next(account for account in self.accounts if account["role"] == role)
        return {"email": found["email"], "password": found["password"]}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("STEGVIS_CHROMIUM") or shutil.which("chromium")
    if path is None:
        message = f"No browser. Install it: {REMEDY}"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def mailbox() -> Iterator[Mailbox]:
    """A mail server that keeps what the worker sends."""
    mailbox = Mailbox()
    mailbox.start()
    yield mailbox
    mailbox.stop()


@pytest.fixture(scope="session")
def demo(tmp_path_factory, mailbox) -> Iterator[Site]:
    """The demonstration, running. Tests that change it take `empty` instead."""
    with running(tmp_path_factory.mktemp("demo"), mailbox.url) as live:
        loaded = live.load_demo()
        live.start()
        yield Site(live, mailbox, loaded)


@pytest.fixture
def empty(tmp_path, mailbox) -> Iterator[Live]:
    """A migrated Stegvis with the course and nobody in it, running."""
    with running(tmp_path, mailbox.url) as live:
        live.start()
        yield live


@pytest.fixture
def visitor(browser, demo) -> Iterator[Visitor]:
    """Opens pages of the demonstration as any of its people."""
    visitor = Visitor(browser, demo)
    yield visitor
    visitor.close()


@pytest.fixture(scope="session")
def pages(demo, tmp_path_factory) -> dict[str, list[str]]:
    """The pages of each role: those that the demonstration names and all that they link to,
    one of each kind."""
    found = find_pages(demo)
    (tmp_path_factory.getbasetemp() / "pages.json").write_text(json.dumps(found, indent=1))
    return found


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Where axe and the HTML checker lie."""
    folder = Path(__file__).parent.parent.parent / "node_modules"
    if not folder.is_dir():
        message = "axe and the HTML checker are missing. Fetch them: npm ci --ignore-scripts"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return folder
