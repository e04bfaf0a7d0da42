"""Finds the pages of the demonstration by following links, one page of each kind."""

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from app import create_app
from tests.addresses import leaving_token

if TYPE_CHECKING:
    from tests.browser.conftest import Site

ACCOUNT = {"account", "account_email", "security", "my_data", "notices"}
"""The blueprints of one's own account."""
ALIKE = {
    "certificate_holder": {"modules", "printing", "offline"},
    "municipal_coordinator": {"editing"},
}
"""The blueprints of which a role sees the same pages as the one before it."""
MANY = 400
"""More pages than any role has kinds of: the search ends."""


class Reader(HTMLParser):
    """Collects the links of a page and, form by form, the values of its hidden fields."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: dict[str, dict[str, str]] = {}
        """By the address that each is sent to."""
        self._fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "a" and (href := found.get("href")):
            self.links.append(href)
        if tag == "form":
            self._fields = self.forms.setdefault(found.get("action") or "", {})
        if tag == "input" and found.get("type") == "hidden":
            self._fields[found.get("name") or ""] = found.get("value") or ""


class Session:
    """A person with a cookie jar and no browser."""

    def __init__(self, site: "Site", role: str) -> None:
        self.url = site.url
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        if role != "public":
            form = read(self.get("/logga-in")[1]).forms["/logga-in"] | site.account(role)
            self.opener.open(f"{self.url}/logga-in", urlencode(form).encode(), timeout=30).close()

    def get(self, path: str) -> tuple[str, str]:
        """Return where one ends up, and the text of the page; other files have none."""
        request = Request(self.url + path, headers={"Accept-Language": "sv"})
        try:
            with self.opener.open(request, timeout=30) as answer:
                is_kept = answer.headers.get_content_disposition() == "attachment"
                page = answer.headers.get_content_type() == "text/html" and not is_kept
                return _path(answer.url), answer.read().decode() if page else ""
        except HTTPError as error:
            raise AssertionError(f"GET {path} answered {error.code}") from error


def read(html: str) -> Reader:
    """Return what a page links to."""
    reader = Reader()
    reader.feed(html)
    return reader


def find_pages(site: "Site") -> dict[str, list[str]]:
    """Return each role's paths: all that the demonstration names, then one of each endpoint
    that can be reached by links from them.

    What everybody reads, like the contact page, is looked for among the visitors' pages only;
    one's own account, which looks the same to all, among those of whoever comes first, and so
    what ALIKE names.
    """
    app = create_app(replace(site.live.config, testing=True))  # for its addresses alone
    adapter = app.url_map.bind("127.0.0.1")
    found = {}
    public: set[str] = set()
    seen: set[str] = set()
    mailed = f"/avanmal/{leaving_token(app, 1)}"  # only a mail leads there
    try:
        for role in dict.fromkeys(["public", *(account["role"] for account in site.accounts)]):
            named = [*site.paths.get(role, {}).values(), "/"]
            named += [mailed] if role == "public" else []
            alike = ACCOUNT | ALIKE.get(role, set())
            kinds = public | {one for one in seen if one.partition(".")[0] in alike}
            found[role] = list(_crawl(Session(site, role), adapter, named, kinds))
            if role != "public":
                seen |= kinds
            public = public or kinds
    finally:
        app.extensions["database"].engine.dispose()
    return found


def _crawl(
    session: Session, adapter: MapAdapter, named: list[str], kinds: set[str]
) -> Iterator[str]:
    """Give the paths; `kinds` grows by the endpoints that have been seen."""
    seen: set[str] = set()
    waiting = list(dict.fromkeys(named))
    while waiting and len(seen) < MANY:
        path = waiting.pop(0)
        endpoint = _endpoint(adapter, path)
        if path in seen or endpoint is None or (path not in named and endpoint in kinds):
            continue
        seen.add(path)
        kinds.add(endpoint)
        end, html = session.get(path)
        if end != path:
            waiting.insert(0, end)
        elif html:
            yield path
            links = (urljoin(session.url + path, href) for href in read(html).links)
            waiting += [_path(link) for link in links if link.startswith(f"{session.url}/")]


def _path(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _endpoint(adapter: MapAdapter, path: str) -> str | None:
    try:
        endpoint, _ = adapter.match(urlsplit(path).path, method="GET")
    except HTTPException:
        return None
    return None if endpoint == "static" else endpoint
