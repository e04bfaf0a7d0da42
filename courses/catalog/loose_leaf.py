"""Moves a text to a page that holds several: its ids, its headings and where its links lead."""

import re
from collections.abc import Mapping

_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_ID = re.compile(r'(?<=\s)(id|for|aria-labelledby|aria-describedby)="([^"]+)"')
_FRAGMENT = re.compile(r'(?<=\shref=")#([^"]+)(?=")')
_HEADING = re.compile(r"(?<=<)(/?h)([1-6])(?=[\s>])")
_SITE_LINK = re.compile(r'<a\b([^>]*?)\shref="(/[^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)


def moved(
    html: str,
    *,
    name: str,
    down: int = 0,
    links: Mapping[str, str] | None = None,
    cut_others: bool = False,
) -> str:
    """Put `name` before every id and what refers to it; set headings `down` levels further.

    `links` gives addresses of the site that have another address on the page; with
    `cut_others` the rest of them remain as words without a link.
    """
    html = _TAG.sub(lambda tag: _named(tag[0], name), html)
    if down:
        html = _HEADING.sub(lambda tag: f"{tag[1]}{min(int(tag[2]) + down, 6)}", html)
    known = links or {}

    def led(link: re.Match[str]) -> str:
        before, address, after, words = link.groups()
        if address in known:
            return f'<a{before} href="{known[address]}"{after}>{words}</a>'
        return words if cut_others else link[0]

    return _SITE_LINK.sub(led, html)


def _named(tag: str, name: str) -> str:
    tag = _ID.sub(
        lambda found: f'{found[1]}="{" ".join(f"{name}-{one}" for one in found[2].split())}"', tag
    )
    return _FRAGMENT.sub(lambda found: f"#{name}-{found[1]}", tag)
