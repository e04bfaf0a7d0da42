"""What is shown between the paragraphs of a text: exercises and figures."""

import re
from collections.abc import Iterable, Iterator

from courses.catalog.checks_markup import Body
from courses.catalog.checks_references import near
from courses.catalog.drafts import CourseDraft, Draft
from courses.catalog.figures import FIGURE
from courses.catalog.rendering import EXERCISE


def check_exercises(body: Body, lesson: Draft) -> None:
    """Every exercise of the lesson stands in its text, once and by itself."""
    known = [exercise["id"] for exercise in lesson.data.get("exercises", ())]
    placed = set(_placed(body, "exercise", EXERCISE))
    _known(body, "exercise", known, f"Övningen «{{}}» finns inte i {lesson.source.file}.")
    for at, exercise in enumerate(known):
        if exercise not in placed:
            is_original = body.source is lesson.source
            body.error(
                body.source.line("exercises", at, "id") if is_original else body.first,
                f"Övningen «{exercise}» visas aldrig i texten.",
                f"Skriv [[exercise:{exercise}]] på en egen rad där den ska stå.",
            )


def check_shown_figures(body: Body, original: Draft, draft: CourseDraft) -> None:
    """Every figure in the text exists, once and by itself; a translation shows the same."""
    known = [figure.id for figure in draft.figures]
    placed = set(_placed(body, "figure", FIGURE))
    if not draft.has_unreadable:
        half = (str(one.source.data.get("id")) for one in draft.halves)
        _known(body, "figure", [*known, *half], "Figuren «{}» finns inte i kursen.")
    if body.source is not original.source:
        for name in FIGURE.findall(original.source.body):
            if name not in placed:
                body.warning(
                    body.first,
                    f"Figuren «{name}» visas i originalet men inte i översättningen.",
                    f"Skriv [[figure:{name}]] ensam i ett stycke där den ska stå.",
                )


def _markers(body: Body, kind: str) -> Iterator[tuple[int, str, re.Match[str], list[str]]]:
    lines = list(body.lines())
    for place, (number, line) in enumerate(lines):
        for marker in re.finditer(rf"\[\[{kind}:([^\[\]]*)\]\]", line):
            around = [lines[at][1] for at in (place - 1, place + 1) if 0 <= at < len(lines)]
            yield number, line, marker, around


def _placed(body: Body, kind: str, alone: re.Pattern[str]) -> Iterator[str]:
    seen: set[str] = set()
    word = "Övningen" if kind == "exercise" else "Figuren"
    for number, line, marker, around in _markers(body, kind):
        if not alone.match(line) or any(other.strip() for other in around):
            body.error(
                number,
                f"Markören «{marker[0]}» står inte ensam.",
                "Skriv den i början av en egen rad, med en tom rad före och efter.",
            )
        if marker[1] in seen:
            body.error(
                number, f"{word} «{marker[1]}» står två gånger.", "Ta bort den ena markören."
            )
        seen.add(marker[1])
        yield marker[1]


def _known(body: Body, kind: str, known: Iterable[str], message: str) -> None:
    for number, _, marker, _ in _markers(body, kind):
        if marker[1] not in known:
            body.error(
                number,
                message.format(marker[1]),
                near(marker[1], known) or "Rätta id:t eller ta bort markören.",
            )
