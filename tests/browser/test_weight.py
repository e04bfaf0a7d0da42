"""What a page costs on a slow line, at gunicorn without a proxy that compresses or caches."""

import pytest
from playwright.sync_api import Page

from config import ROOT
from tests.browser.test_accessibility import ROLES, none, of

FIRST_VIEW = 100_000
REPEAT_VIEW = 30_000
PRINTED = {"/skriv-ut": 75_000, "/innehall": 75_000, "/utbildningen/skriv-ut": 250_000}
"""Pages that hold a whole module or the whole course: what each may take besides."""
REQUESTS = 6
STYLES = {"app.css": 20_000, "work.css": 4_000}
JS = 15_000


class Meter:
    """Counts what the browser takes from the network, headers included."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.bytes = 0
        self.requests = 0
        self.scripts = 0
        self.kinds: dict[str, str] = {}
        cdp = page.context.new_cdp_session(page)
        cdp.send("Network.enable")
        cdp.on("Network.responseReceived", self._received)
        cdp.on("Network.loadingFinished", self._finished)
        cdp.on("Network.dataReceived", self._data)

    def _received(self, event: dict) -> None:
        response = event["response"]
        if response["url"].startswith("data:"):
            return  # a picture inside the style sheet
        self.kinds[event["requestId"]] = event["type"]
        if not response.get("fromDiskCache") and not response.get("fromPrefetchCache"):
            self.requests += 1

    def _data(self, event: dict) -> None:
        if self.kinds.get(event["requestId"]) == "Script":
            self.scripts += event["dataLength"]

    def _finished(self, event: dict) -> None:
        self.bytes += event["encodedDataLength"]

    def visit(self, path: str) -> tuple[int, int, int]:
        """Open a page; return its bytes, its requests and its scripts' bytes unpacked."""
        self.bytes = self.requests = self.scripts = 0
        self.page.goto(path)
        self.page.evaluate("() => document.fonts.ready.then(() => true)")
        return self.bytes, self.requests, self.scripts


@pytest.mark.parametrize("role", ROLES)
def test_pages_are_light(role, visitor, pages, record_property):
    problems = []
    heaviest = heaviest_again = 0
    for path in of(pages, role):
        page = visitor.page(role)
        meter = Meter(page)
        first, requests, scripts = meter.visit(path)
        again, _, _ = meter.visit(path)
        page.context.close()
        visitor.contexts.remove(page.context)
        if not path.endswith(tuple(PRINTED)):
            heaviest, heaviest_again = max(heaviest, first), max(heaviest_again, again)
        assert first > 1_000, "the meter does not measure"
        more = max((size for end, size in PRINTED.items() if path.endswith(end)), default=0)
        if first > FIRST_VIEW + more:
            problems.append(f"{path}: {first} bytes at first")
        if again > REPEAT_VIEW + more:
            problems.append(f"{path}: {again} bytes again")
        if requests > REQUESTS:
            problems.append(f"{path}: {requests} requests")
        if scripts > JS:
            problems.append(f"{path}: {scripts} bytes of script")
    record_property(f"tyngsta sida, {role}: första gången / igen (byte)",
                    f"{heaviest} / {heaviest_again}")
    none(problems)


def test_styles_are_small():
    sizes = {path.name: path.stat().st_size for path in (ROOT / "app/static").rglob("*.css")}
    assert sizes.keys() == STYLES.keys()
    assert all(size <= STYLES[name] for name, size in sizes.items())
