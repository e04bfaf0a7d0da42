"""What must hold in a lesson's text: facts cited and listed, exercises placed, length."""

from collections.abc import Iterator, Mapping

from courses.catalog.checks_items import fact_error
from courses.catalog.checks_markup import HEADING, Body, body_of, check_markup
from courses.catalog.checks_places import check_exercises, check_shown_figures
from courses.catalog.drafts import CourseDraft, Draft
from courses.catalog.files import Files
from courses.catalog.markdown_course import FACT
from courses.catalog.pieces import count_words
from courses.catalog.problems import Problems

WORDS_PER_MINUTE = 130
PART_MINUTES = 8
LESSON_WORDS = (800, 1_500)
TOLERANCE = 0.25
SHORT = ("content_note", "equivalent", "regional", "alone")
"""Markdown among the keys."""


def check_texts(draft: CourseDraft, files: Files, problems: Problems) -> None:
    """All texts but lessons' bodies: introductions, briefs, notes and recurring texts."""
    for one in [draft.course, *(module.module for module in draft.modules)]:
        _check_short(one, draft, files, problems)
    for _, item in draft.items:
        _check_short(item, draft, files, problems)
    for half in draft.halves:
        if half.source.body.strip() and half.source.data.keys() & {"sensitive", "minutes"}:
            check_markup(body_of(half.source, problems), draft, files, allow_markers=True)


def _check_short(item: Draft, draft: CourseDraft, files: Files, problems: Problems) -> None:
    is_lesson = "sensitive" in item.data
    for one in (item, *item.translations.values()):
        if not is_lesson:
            check_markup(body_of(one.source, problems), draft, files)
        texts: dict[tuple[str, ...], object] = {
            (name,): one.data.get(name) for name in SHORT
        }
        written = one.data.get("texts")
        if isinstance(written, Mapping):
            texts |= {("texts", name): text for name, text in written.items()}
        for path, text in texts.items():
            if isinstance(text, str) and text:
                line = one.source.text_line(*path)
                check_markup(Body(one.source, text, line, problems), draft, files)


def check_lesson_texts(
    lesson: Draft, draft: CourseDraft, files: Files, problems: Problems
) -> None:
    """A lesson's body in every language."""
    body = body_of(lesson.source, problems)
    check_markup(body, draft, files, allow_markers=True)
    check_facts(body, lesson, draft)
    check_exercises(body, lesson)
    check_shown_figures(body, lesson, draft)
    _check_length(body, lesson)
    for translation in lesson.translations.values():
        if translation.source.body.strip():
            body = body_of(translation.source, problems)
            check_markup(body, draft, files, allow_markers=True)
            check_facts(body, lesson, draft)
            check_exercises(body, lesson)
            check_shown_figures(body, lesson, draft)


def check_facts(body: Body, lesson: Draft, draft: CourseDraft) -> None:
    """Facts that are cited are listed, exist and are verified; what is listed is cited."""
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
        heading = HEADING.match(line)
        if heading and len(heading[1]) == 2:
            yield start, title, "\n".join(text)
            start, title, text = number, heading[2], []
        else:
            text.append(line)
    yield start, title, "\n".join(text)
