"""Participants' and trainers' Markdown to HTML. Never trusted.

Written by hand, in one pass over the text, because the usual renderers take quadratic time or
worse on texts made to hurt (100,000 brackets); nh3 then lets nothing else through.
"""

import re
from collections.abc import Iterator
from html import escape

import nh3

LIMIT = 100_000
_TAGS = {"h3", "h4", "h5", "h6", "p", "br", "ul", "ol", "li", "strong", "em", "a"}
_SCHEMES = {"http", "https", "mailto"}
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*)")
_ITEM = re.compile(r"([ \t]*)(?:([-*+])|(\d{1,9})[.)])[ \t]+(\S.*)")
_DEEPEST = 5
# No part of the pattern can match the same characters in two ways: the time stays linear.
_TOKEN = re.compile(
    r"(\*\*|\*|\[[^\[\]]{1,500}\]\((?:https?://|mailto:)[^()\s<>]{1,1000}\)"
    r"|https?://[^\s<>\"*()\[\]]{1,1000})"
)
_LINK = re.compile(r"\[([^\[\]]*)\]\((.*)\)", re.DOTALL)


def render_user_text(text: str, *, top: int = 3) -> str:
    """Render headings (from h3 down), lists, bold, emphasis and links; all else is plain text.
    Texts above 100 kB come out as plain paragraphs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if len(text) > LIMIT:
        html = "".join(_plain_paragraphs(text))
    else:
        html = "\n".join(_blocks(text.split("\n"), top))
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener noreferrer",
    )


def _plain_paragraphs(text: str) -> Iterator[str]:
    for block in re.split(r"\n{2,}", text):
        if block.strip():
            lines = escape(block.strip(), quote=False).replace("\n", "<br>\n")
            yield f"<p>{lines}</p>\n"


def _blocks(lines: list[str], top: int) -> Iterator[str]:
    """Yield a block of HTML for each heading, list and paragraph."""
    levels = [len(match[1]) for line in lines if (match := _HEADING.fullmatch(line))]
    highest, level = min(levels, default=1), top - 1
    place = 0
    while place < len(lines):
        line = lines[place]
        if not line.strip():
            place += 1
        elif heading := _HEADING.fullmatch(line):
            # No level is skipped, whatever the writer did: the page's outline stays whole.
            level = min(top + len(heading[1]) - highest, level + 1, 6)
            yield f"<h{level}>{_inline(_without_end_marks(heading[2]))}</h{level}>"
            place += 1
        else:
            starts = _ITEM.fullmatch(line) is not None
            end = place + 1
            while end < len(lines) and _continues(lines, end, starts):
                end += 1
            block = lines[place:end]
            yield _list(block) if starts else f"<p>{_inline_lines(block)}</p>"
            place = end


def _continues(lines: list[str], place: int, in_list: bool) -> bool:
    line = lines[place]
    if not line.strip():  # one empty line between two items does not end a list
        return in_list and place + 1 < len(lines) and _ITEM.fullmatch(lines[place + 1]) is not None
    if _HEADING.fullmatch(line):
        return False
    return in_list or _ITEM.fullmatch(line) is None


def _without_end_marks(title: str) -> str:
    bare = title.rstrip().rstrip("#")
    return bare.rstrip() if bare.endswith((" ", "\t")) else title.rstrip()


def _list(lines: list[str]) -> str:
    """Build a list; more indentation than the item above opens a list inside it."""
    out: list[str] = []
    open_lists: list[tuple[int, str]] = []
    for line in lines:
        item = _ITEM.fullmatch(line)
        if item is None:
            if line.strip():
                out.append(f"<br>{_inline(line.strip())}")
            continue
        indent = len(item[1].expandtabs(4))
        tag = "ul" if item[2] else "ol"
        while len(open_lists) > 1 and indent < open_lists[-1][0]:
            out.append(f"</li></{open_lists.pop()[1]}>")
        deeper = not open_lists or indent >= open_lists[-1][0] + 2
        if not deeper and open_lists[-1][1] != tag:  # another kind of list begins here
            out.append(f"</li></{open_lists.pop()[1]}>\n" if len(open_lists) == 1 else "")
            deeper = not open_lists
        if deeper and len(open_lists) < _DEEPEST:
            start = f' start="{int(item[3])}"' if item[3] and int(item[3]) != 1 else ""
            out.append(f"<{tag}{start}><li>")
            open_lists.append((indent, tag))
        else:
            out.append("</li><li>")
        out.append(_inline(item[4].rstrip()))
    out.extend(f"</li></{tag}>" for _, tag in reversed(open_lists))
    return "".join(out)


def _inline_lines(lines: list[str]) -> str:
    return _inline("\n".join(line.strip() for line in lines)).replace("\n", "<br>\n")


def _inline(text: str) -> str:
    """Bold, emphasis and links. A mark without its partner stays as it was written."""
    out: list[str] = []
    opened: dict[str, int] = {}
    tokens = _TOKEN.split(text)
    for place, token in enumerate(tokens):
        if token in ("**", "*") and place % 2:
            before, after = tokens[place - 1][-1:], tokens[place + 1][:1]
            if token in opened and not before.isspace():
                _close(out, opened, token)
            elif token not in opened and after and not after.isspace():
                opened[token] = len(out)
                out.append(token)
            else:
                out.append(token)
        elif place % 2:
            out.append(_anchor(token))
        else:
            out.append(escape(token, quote=False))
    return "".join(out)


def _close(out: list[str], opened: dict[str, int], mark: str) -> None:
    tag = "strong" if mark == "**" else "em"
    start = opened.pop(mark)
    out[start] = f"<{tag}>"
    out.append(f"</{tag}>")
    for other in [one for one, position in opened.items() if position > start]:
        del opened[other]


def _anchor(token: str) -> str:
    link = _LINK.fullmatch(token)
    if link:
        return f'<a href="{escape(link[2])}">{escape(link[1], quote=False)}</a>'
    address = token.rstrip(".,;:!?'")
    rest = escape(token[len(address) :], quote=False)
    return f'<a href="{escape(address)}">{escape(address, quote=False)}</a>{rest}'
