"""What an HTML document is made of, as far as the tests ask of one that is printed or saved."""

import re
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input", "wbr", "source", "base"}


class Document(HTMLParser):
    """Collects ids, links, headings and everything that would be fetched."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.refers: list[str] = []
        self.fetched: list[str] = []
        self.tags: set[str] = set()
        self.language = ""
        self.feed(html)
        self.fetched += re.findall(r"url\(([^)]*)\)|@import", html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        if tag == "html":
            self.language = given.get("lang", "")
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given.get("href", ""))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        for name in ("for", "aria-labelledby", "aria-describedby"):
            self.refers += given.get(name, "").split()
        for name in ("src", "srcset", "data", "action", "poster", "xlink:href"):
            if name in given:
                self.fetched.append(given[name])
        if tag != "a" and "href" in given:
            self.fetched.append(given["href"])

    def problems(self) -> list[str]:
        """What is wrong within the document itself."""
        twice = {one for one in self.ids if self.ids.count(one) > 1}
        inward = {link[1:] for link in self.links if link.startswith("#")}
        jumps = [
            (above, below)
            for above, below in zip(self.headings, self.headings[1:], strict=False)
            if below > above + 1
        ]
        return [
            *(f"id twice: {one}" for one in sorted(twice)),
            *(f"leads nowhere: #{one}" for one in sorted((inward | {*self.refers}) - {*self.ids})),
            *(f"heading jumps: {one}" for one in jumps),
            *([] if self.headings.count(1) == 1 and self.headings[0] == 1 else ["not one h1"]),
        ]
