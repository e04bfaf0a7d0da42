"""Figures: every text has its place, every place its text in both languages; somebody looks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from courses.catalog.checks_references import near
from courses.catalog.drafts import CourseDraft, Draft, FigureDraft
from courses.catalog.figures import FIGURE, LINE, SMALL_LINE, WIDTH, Element
from courses.catalog.problems import Problems

NORMAL, STRONG, SMALL = 6.9, 7.3, 5.9
"""How wide a character is, about, in the type of each class."""


def check_figures(draft: CourseDraft, problems: Problems) -> None:
    """Hold each figure's drawing against its texts, and look for figures that nobody shows."""
    used = {name for body in _bodies(draft) for name in FIGURE.findall(body)}
    for figure in draft.figures:
        source = figure.texts.source
        if figure.root is not None:
            _check_keys(figure, figure.root, problems)
            for one in (figure.texts, *figure.texts.translations.values()):
                _check_room(figure, figure.root, one, problems)
        for translation in figure.texts.translations.values():
            _check_translation(figure.texts, translation, problems)
        if figure.id not in used:
            problems.warning(
                source.file,
                source.line("id"),
                f"Figuren «{figure.id}» visas inte i någon lektion.",
                f"Skriv [[figure:{figure.id}]] ensam i ett stycke där den ska stå.",
            )


def _bodies(draft: CourseDraft) -> Iterator[str]:
    lessons = [lesson for module in draft.modules for lesson in module.lessons]
    for one in (*lessons, *draft.pages, *draft.halves):
        for text in (one, *one.translations.values()):
            yield text.source.body


def _placed(root: Element) -> Iterator[tuple[Element, Element, str]]:
    """The places for texts: the element, the <text> around it, and the key."""
    for text in root.walk():
        if text.tag == "text":
            for element in text.walk():
                if element.key is not None:
                    yield element, text, element.key


def _check_keys(figure: FigureDraft, root: Element, problems: Problems) -> None:
    source, texts = figure.texts.source, figure.texts.data["texts"]
    placed = [(element, key) for element, _, key in _placed(root)]
    for element, key in placed:
        if key not in texts:
            problems.error(
                figure.svg,
                element.line,
                f"Bilden visar «{key}», som inte finns i [texts] i {source.file}.",
                near(key, texts) or f'Lägg till {key} = "…" under [texts].',
            )
    for key in texts:
        if key not in {name for _, name in placed}:
            problems.error(
                source.file,
                source.line("texts", key),
                f"Texten «{key}» har ingen plats i bilden.",
                f"Skriv <text …>{{{{{key}}}}}</text> i {figure.svg}, eller ta bort texten.",
            )


def _check_translation(original: Draft, translation: Draft, problems: Problems) -> None:
    source = translation.source
    mine, theirs = translation.data["texts"], original.data["texts"]
    for key in theirs:
        if key not in mine:
            problems.error(
                source.file,
                source.line("texts"),
                f"Texten «{key}» är inte översatt.",
                f'Lägg till {key} = "…" under [texts].',
            )
    for key in mine:
        if key not in theirs:
            problems.error(
                source.file,
                source.line("texts", key),
                f"Texten «{key}» finns inte i {original.source.file}.",
                near(key, theirs) or "Ta bort den, eller skriv den först i originalet.",
            )


def _check_room(figure: FigureDraft, root: Element, texts: Draft, problems: Problems) -> None:
    """A rough measure of each line, for those who cannot see the figure drawn."""
    height = int(root.attributes["viewBox"].split()[3])
    moved = {id(one) for one in _moved(root)}
    for element, text, key in _placed(root):
        written = _lines(texts.data["texts"].get(key, ()))
        # a shifted text cannot be measured without drawing it
        if id(text) in moved or element is not text or "x" not in text.attributes:
            continue
        classes = text.classes
        small = "f-small" in classes
        wide = SMALL if small else STRONG if "f-strong" in classes else NORMAL
        longest = max(map(len, written), default=0) * wide
        x, y = float(text.attributes["x"]), float(text.attributes.get("y", 0))
        anchor = "middle" if "f-mid" in classes else text.attributes.get("text-anchor", "start")
        left = x - longest * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        bottom = y + (len(written) - 1) * (SMALL_LINE if small else LINE)
        source = texts.source
        if left < 0 or left + longest > WIDTH or bottom > height:
            problems.warning(
                source.file,
                source.line("texts", key),
                f"Texten «{key}» får troligen inte plats i figuren "
                f"(från {left:.0f} till {left + longest:.0f} av {WIDTH}).",
                "Dela den på flera rader, korta den eller flytta den i bilden.",
            )


def _moved(root: Element) -> Iterator[Element]:
    for element in root.walk():
        if "transform" in element.attributes:
            yield from element.walk()


def _lines(text: str | Sequence[Any] | Mapping[str, Any]) -> Sequence[Any]:
    return (text,) if isinstance(text, str) else tuple(text)
