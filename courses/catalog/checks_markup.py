"""What must hold in any Markdown of a course: headings, links, images, markers."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from courses.catalog.checks_references import near
from courses.catalog.drafts import CourseDraft
from courses.catalog.files import Files
from courses.catalog.frontmatter import Source
from courses.catalog.markdown_course import ADMONITIONS, FACT
from courses.catalog.problems import Problems

SITE_PAGES = ("/stod", "/integritet", "/tillganglighet", "/kontakt", "/om", "/reflektioner")

HEADING = re.compile(r"\s*(#{1,6})(?!#)\s*(.*)")
_LINK = re.compile(r"(!?)\[([^\[\]]*+)\]\(\s*+<?+([^\s)>]{0,2000}+)[^)]{0,2000}+\)")
_REFERENCE = re.compile(r"\s{0,3}\[[^\[\]]+\]:\s*<?(\S+?)>?\s*$")
_AUTOLINK = re.compile(r"<(http[^>\s]*)>")
_HTML = re.compile(r"<(?:/?[a-z][a-z0-9-]*(?=[\s/>]|$)|!)", re.IGNORECASE)
_MARKER = re.compile(r"\[\[([^\[\]]*)\]\]?")
_ALONE = ("exercise:", "figure:")
_ADMONITION = re.compile(r"\s*!!!\s*([\w-]+)")


class Body:
    """One Markdown text of a file, with the line of the file that it begins on."""

    def __init__(self, source: Source, text: str, line: int, problems: Problems) -> None:
        self.source = source
        self.text = text
        self.first = line
        self.problems = problems

    def lines(self) -> Iterator[tuple[int, str]]:
        """The lines with their numbers in the file."""
        return enumerate(self.text.split("\n"), start=self.first)

    def error(self, line: int, message: str, remedy: str) -> None:
        """Note an error on a line of the file."""
        self.problems.error(self.source.file, line, message, remedy)

    def warning(self, line: int, message: str, remedy: str) -> None:
        """Note a warning on a line of the file."""
        self.problems.warning(self.source.file, line, message, remedy)


def body_of(source: Source, problems: Problems) -> Body:
    """The text under the front matter."""
    return Body(source, source.body, source.body_line, problems)


def check_markup(
    body: Body, draft: CourseDraft, files: Files, *, allow_markers: bool = False
) -> None:
    """Headings in order, links that lead somewhere, images with a text, known markers."""
    level = 1
    for number, line in body.lines():
        if heading := HEADING.match(line):
            level = _check_heading(body, number, heading, level)
        if (kind := _ADMONITION.match(line)) and kind[1] not in ADMONITIONS:
            body.error(
                number,
                f"Rutan «!!! {kind[1]}» är okänd.",
                f"Skriv något av: {', '.join(ADMONITIONS)}.",
            )
        if html := _HTML.search(line):
            body.error(
                number,
                f"Texten har HTML, «{html[0]}», som visas som den är skriven.",
                "Ta bort det. Bilder skrivs ![vad bilden visar](images/…), länkar [text](adress).",
            )
        for image, text, target in _LINK.findall(line):
            if image:
                _check_image(body, number, text, target, files)
            else:
                _check_link(body, number, target, draft)
        for target in (*_REFERENCE.findall(line), *_AUTOLINK.findall(line)):
            _check_link(body, number, target, draft)
        for marker in _MARKER.finditer(line):
            if not allow_markers:
                body.error(
                    number,
                    f"Markören «{marker[0]}» går bara att använda i lektioner.",
                    "Ta bort den.",
                )
            elif not FACT.match(marker[0]) and not marker[1].startswith(_ALONE):
                body.error(
                    number,
                    f"Markören «{marker[0]}» är okänd.",
                    "Skriv [[fact:ID]] eller, ensam på en rad, [[exercise:ID]] eller "
                    "[[figure:ID]].",
                )


def _check_heading(body: Body, number: int, heading: re.Match[str], level: int) -> int:
    marks, title = heading.groups()
    if len(marks) == 1:
        body.error(
            number,
            f"Rubriken «# {title}» är på översta nivån, som sidans titel redan har.",
            f"Skriv «## {title}».",
        )
        return 2
    if len(marks) > level + 1:
        body.error(
            number,
            f"Rubriken «{marks} {title}» hoppar över en nivå.",
            f"Skriv «{'#' * (level + 1)} {title}».",
        )
    return len(marks)


def _no_alt(body: Body, number: int) -> None:
    body.error(
        number,
        "Bilden saknar text för den som inte ser den.",
        "Skriv ![vad bilden visar](images/…).",
    )


def _check_image(body: Body, number: int, text: str, target: str, files: Files) -> None:
    if not text.strip():
        _no_alt(body, number)
    if target.startswith(("http:", "https:", "//", "data:")):
        body.error(
            number,
            "Bilden hämtas från en annan webbplats.",
            "Lägg bilden i kursens mapp images/ och länka dit.",
        )
    elif str(PurePosixPath(target)) not in files:
        body.error(
            number,
            f"Bilden «{target}» finns inte i kursens mapp.",
            "Rätta sökvägen, räknat från kursens mapp, eller lägg dit bilden.",
        )


def _check_link(body: Body, number: int, target: str, draft: CourseDraft) -> None:
    scheme, colon, rest = target.partition(":")
    if scheme == "item" and colon:
        known = draft.item_ids
        if rest not in known and not draft.has_unreadable:
            body.error(
                number,
                f"Länken «item:{rest}» leder ingenstans.",
                near(rest, known) or "Rätta id:t eller ta bort länken.",
            )
    elif target.startswith("http:"):
        body.error(number, f"Länken «{target}» är inte https.", "Skriv adressen med https://.")
    elif not (target.startswith(("https://", "mailto:", "tel:", "#")) or target in SITE_PAGES):
        body.error(
            number,
            f"Länken «{target}» går inte att följa.",
            "Länka till en del av kursen med item:ID och till andra webbplatser med https://.",
        )
