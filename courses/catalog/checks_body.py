"""What must hold in the Markdown itself: headings, links, images, markers, length."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from courses.catalog.building import count_words
from courses.catalog.checks_items import fact_error
from courses.catalog.checks_references import near
from courses.catalog.drafts import CourseDraft, Draft
from courses.catalog.files import Files
from courses.catalog.frontmatter import Source
from courses.catalog.markdown_course import ADMONITIONS, FACT
from courses.catalog.problems import Problems
from courses.catalog.rendering import EXERCISE

WORDS_PER_MINUTE = 130
PART_MINUTES = 8
LESSON_WORDS = (800, 1_500)
TOLERANCE = 0.25
SITE_PAGES = ("/stod", "/integritet", "/tillganglighet", "/kontakt", "/om", "/reflektioner")

_HEADING = re.compile(r"\s*(#{1,6})(?!#)\s*(.*)")
_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\(\s*<?([^\s)>]*)[^)]*\)")
_REFERENCE = re.compile(r"\s{0,3}\[[^\]]+\]:\s*<?(\S+?)>?\s*$")
_AUTOLINK = re.compile(r"<(http[^>\s]*)>")
_RAW_IMAGE = re.compile(r"<img\b(?![^>]*\balt=[\"'][^\"']+)", re.IGNORECASE)
_MARKER = re.compile(r"\[\[([^\[\]]*)\]\]?")
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


def check_texts(draft: CourseDraft, files: Files, problems: Problems) -> None:
    """All texts but lessons' bodies: introductions, briefs, notes and recurring texts."""
    for one in [draft.course, *(module.module for module in draft.modules)]:
        _check_short(one, draft, files, problems)
    for _, item in draft.items:
        _check_short(item, draft, files, problems)
    for half in draft.halves:
        if half.source.body.strip() and half.source.data.keys() & {"sensitive", "minutes"}:
            check_markup(_body_of(half.source, problems), draft, files, allow_markers=True)


def _check_short(item: Draft, draft: CourseDraft, files: Files, problems: Problems) -> None:
    is_lesson = "sensitive" in item.data
    for one in (item, *item.translations.values()):
        if not is_lesson:
            check_markup(_body_of(one.source, problems), draft, files)
        texts: dict[tuple[str, ...], object] = {
            (name,): one.data.get(name) for name in ("content_note", "regional", "alone")
        }
        written = one.data.get("texts")
        if isinstance(written, Mapping):
            texts |= {("texts", name): text for name, text in written.items()}
        for path, text in texts.items():
            if isinstance(text, str) and text:
                line = one.source.line(*path)
                check_markup(Body(one.source, text, line, problems), draft, files)


def check_lesson_texts(
    lesson: Draft, draft: CourseDraft, files: Files, problems: Problems
) -> None:
    """A lesson's body in every language."""
    body = _body_of(lesson.source, problems)
    check_markup(body, draft, files, allow_markers=True)
    _check_facts(body, lesson, draft)
    _check_exercises(body, lesson)
    _check_length(body, lesson)
    for translation in lesson.translations.values():
        if translation.source.body.strip():
            body = _body_of(translation.source, problems)
            check_markup(body, draft, files, allow_markers=True)
            _check_facts(body, lesson, draft)
            _check_exercises(body, lesson)


def _body_of(source: Source, problems: Problems) -> Body:
    return Body(source, source.body, source.body_line, problems)


def check_markup(
    body: Body, draft: CourseDraft, files: Files, *, allow_markers: bool = False
) -> None:
    """Headings in order, links that lead somewhere, images with a text, known markers."""
    level = 1
    for number, line in body.lines():
        if heading := _HEADING.match(line):
            level = _check_heading(body, number, heading, level)
        if (kind := _ADMONITION.match(line)) and kind[1] not in ADMONITIONS:
            body.error(
                number,
                f"Rutan «!!! {kind[1]}» är okänd.",
                f"Skriv något av: {', '.join(ADMONITIONS)}.",
            )
        if _RAW_IMAGE.search(line):
            _no_alt(body, number)
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
            elif not (FACT.match(marker[0]) or marker[1].startswith("exercise:")):
                body.error(
                    number,
                    f"Markören «{marker[0]}» är okänd.",
                    "Skriv [[fact:ID]] eller, ensam på en rad, [[exercise:ID]].",
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
        if rest not in draft.ids and not draft.has_unreadable:
            body.error(
                number,
                f"Länken «item:{rest}» leder ingenstans.",
                near(rest, draft.ids) or "Rätta id:t eller ta bort länken.",
            )
    elif target.startswith("http:"):
        body.error(number, f"Länken «{target}» är inte https.", "Skriv adressen med https://.")
    elif not (target.startswith(("https://", "mailto:", "tel:", "#")) or target in SITE_PAGES):
        body.error(
            number,
            f"Länken «{target}» går inte att följa.",
            "Länka till en del av kursen med item:ID och till andra webbplatser med https://.",
        )


def _check_facts(body: Body, lesson: Draft, draft: CourseDraft) -> None:
    listed = lesson.data["facts"]
    cited: set[str] = set()
    for number, line in body.lines():
        for fact in FACT.findall(line):
            cited.add(fact)
            if fact not in listed:
                body.error(
                    number,
                    f"Fakta «{fact}» står i texten men inte i facts i {lesson.source.file}.",
                    f"Lägg till «{fact}» i listan facts.",
                )
            if said := fact_error(fact, draft):
                body.error(number, *said)
    for fact in listed:
        if fact in cited:
            continue
        is_original = body.source is lesson.source
        if is_original and (said := fact_error(fact, draft)):
            body.error(body.source.line("facts", value=fact), *said)
        body.error(
            body.source.line("facts", value=fact) if is_original else body.first,
            f"Fakta «{fact}» står i facts men används inte i texten.",
            f"Skriv [[fact:{fact}]] efter påståendet"
            + (", eller ta bort det ur listan." if is_original else " också här."),
        )


def _check_exercises(body: Body, lesson: Draft) -> None:
    known = [exercise["id"] for exercise in lesson.data["exercises"]]
    placed: set[str] = set()
    lines = list(body.lines())
    for place, (number, line) in enumerate(lines):
        for marker in re.finditer(r"\[\[exercise:([^\[\]]*)\]\]", line):
            around = [lines[at][1] for at in (place - 1, place + 1) if 0 <= at < len(lines)]
            if not EXERCISE.match(line) or any(other.strip() for other in around):
                body.error(
                    number,
                    f"Markören «{marker[0]}» står inte ensam.",
                    "Skriv den i början av en egen rad, med en tom rad före och efter.",
                )
            if marker[1] not in known:
                body.error(
                    number,
                    f"Övningen «{marker[1]}» finns inte i {lesson.source.file}.",
                    near(marker[1], known) or "Rätta id:t eller ta bort markören.",
                )
            if marker[1] in placed:
                body.error(
                    number, f"Övningen «{marker[1]}» står två gånger.", "Ta bort den ena markören."
                )
            placed.add(marker[1])
    for at, exercise in enumerate(known):
        if exercise not in placed:
            is_original = body.source is lesson.source
            body.error(
                body.source.line("exercises", at, "id") if is_original else body.first,
                f"Övningen «{exercise}» visas aldrig i texten.",
                f"Skriv [[exercise:{exercise}]] på en egen rad där den ska stå.",
            )


def _check_length(body: Body, lesson: Draft) -> None:
    words = count_words(body.text)
    reading = lesson.data["minutes"]["reading"]
    takes = words / WORDS_PER_MINUTE
    if abs(takes - reading) > TOLERANCE * reading and max(1, round(takes)) != reading:
        body.warning(
            body.source.line("minutes", "reading"),
            f"Lästiden anges till {reading} min men texten tar omkring {max(1, round(takes))}.",
            f"Sätt reading = {max(1, round(takes))} ({words} ord, 130 i minuten).",
        )
    if not LESSON_WORDS[0] <= words <= LESSON_WORDS[1]:
        body.warning(
            body.first,
            f"Lektionen har {words} ord.",
            f"En lektion är {LESSON_WORDS[0]}–{LESSON_WORDS[1]} ord. Dela eller bygg ut den.",
        )
    for line, title, text in _parts(body):
        length = count_words(text)
        if length > PART_MINUTES * WORDS_PER_MINUTE:
            body.warning(
                line,
                f"Delen «{title}» har {length} ord, mer än {PART_MINUTES} minuters läsning.",
                "Dela den med en ny rubrik på nivå ##.",
            )


def _parts(body: Body) -> Iterator[tuple[int, str, str]]:
    start, title = body.first, "(före första rubriken)"
    text: list[str] = []
    for number, line in body.lines():
        heading = _HEADING.match(line)
        if heading and len(heading[1]) == 2:
            yield start, title, "\n".join(text)
            start, title, text = number, heading[2], []
        else:
            text.append(line)
    yield start, title, "\n".join(text)
