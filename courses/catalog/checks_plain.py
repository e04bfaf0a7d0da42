"""Advice about plain language. It stops nothing: the author decides."""

from courses.catalog.checks_markup import Body, body_of
from courses.catalog.drafts import CourseDraft, Draft
from courses.catalog.plain_language import link_texts, lix, sentences
from courses.catalog.problems import Problems

MAX_LIX = 50
MAX_WORDS = 40
SHORT_TEXT = 100
"""Words; the index of a shorter text says nothing."""
SAY_NOTHING = {
    "klicka här", "här", "läs mer", "läs mer här", "länk", "denna länk",
    "click here", "here", "read more", "read more here", "link", "this link",
}  # fmt: skip


def check_plain_language(draft: CourseDraft, problems: Problems) -> None:
    """Look through the running texts: lessons, introductions, briefs and pages."""
    modules = [module.module for module in draft.modules]
    items = [item for _, item in draft.items]
    for one in (*modules, *items, *draft.pages):
        _check(one, draft.language, problems)
        for language, translation in one.translations.items():
            _check(translation, language, problems)


def _check(draft: Draft, language: str, problems: Problems) -> None:
    body = body_of(draft.source, problems)
    if not body.text.strip():
        return
    found = list(sentences(body.lines()))
    measure = lix(found)
    is_long = sum(len(one.words) for one in found) >= SHORT_TEXT
    if language == "sv" and is_long and measure > MAX_LIX:
        body.warning(
            body.first,
            f"Texten har LIX {measure:.0f}, som myndighetstext.",
            f"Korta meningar och byt långa ord mot korta, till under {MAX_LIX}.",
        )
    for one in found:
        if len(one.words) > MAX_WORDS:
            body.warning(
                one.line,
                f"Meningen «{_beginning(one.text)}» har {len(one.words)} ord.",
                f"Dela den. En mening läses lättare med högst {MAX_WORDS} ord.",
            )
    _check_links(body)


def _check_links(body: Body) -> None:
    for number, line in body.lines():
        for text in link_texts(line):
            if text in SAY_NOTHING:
                body.warning(
                    number,
                    f"Länken «{text}» säger inte vart den leder.",
                    "Skriv vad som finns där: den som lyssnar hör bara länkens text.",
                )


def _beginning(text: str) -> str:
    return " ".join(text.split()[:5]) + " …"
