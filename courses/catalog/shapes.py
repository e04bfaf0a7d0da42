"""Which keys each file of a course may hold (content/README.md describes them to authors)."""

from string import Formatter
from typing import Any

from courses.catalog.schema import (
    Check,
    Report,
    Shape,
    amount,
    check_table,
    day,
    flag,
    many,
    mapping,
    matching,
    may,
    need,
    number,
    one_of,
    table,
    text,
)
from courses.catalog.toml_lines import Path

ident = matching(r"[A-Za-z0-9][A-Za-z0-9._-]*", "bokstäver a–z, siffror, punkt och bindestreck")
slug = matching(r"[a-z0-9]+(-[a-z0-9]+)*", "små bokstäver a–z, siffror och bindestreck")
https = matching(r"https://\S+", "en adress som börjar med https://")
language = matching(r"[a-z]{2}", "en språkkod på två bokstäver, till exempel sv")


def rows(shape: Shape, minimum: int = 0) -> Check:
    """An array of tables."""
    return many(table(shape), minimum)


def template(value: Any, at: Path, report: Report) -> Any:
    """A text with places to fill in, such as {hours}."""
    clean = text(value, at, report)
    try:
        list(Formatter().parse(clean))
    except ValueError:
        report.wrong(
            at,
            "Texten har en klammer som inte avslutas.",
            "Skriv platser att fylla i som {start}, med en klammer på var sida.",
        )
    return clean


COURSE: Shape = {
    "id": need(ident),
    "title": need(text),
    "languages": need(many(language, 1)),
    "summary": need(text),
    "modules": need(many(text, 1)),
    "owner": need(
        table(
            {
                "name": need(text),
                "email": need(text),
                "phone": need(text),
                "data_protection_officer": need(text),
            }
        )
    ),
    "partners": may(many(text), ()),
    "hand_in": may(table({"first": need(many(ident))}), {"first": ()}),
    "plan": may(
        table(
            {
                "opens": may(mapping(number(1)), {}),
                "due": may(mapping(number(1)), {}),
                "breaks": may(
                    rows(
                        {
                            "title": need(text),
                            "from_week": need(number(1)),
                            "to_week": need(number(1)),
                        }
                    ),
                    (),
                ),
            }
        ),
        {"opens": {}, "due": {}, "breaks": ()},
    ),
    "meetings": may(
        rows(
            {
                "id": need(ident),
                "title": need(text),
                "week": need(number(1)),
                "half_days": need(number()),
                "hours": need(amount),
                "place": need(text),
            }
        ),
        (),
    ),
    "requirements": need(
        rows(
            {
                "id": need(ident),
                "title": need(text),
                "kind": need(one_of("all", "at_least")),
                "items": need(many(ident, 1)),
                "count": may(number(1), None),
            },
            1,
        )
    ),
    "certificate": need(
        table({"title": need(text), "text": need(template), "disclaimer": need(text)})
    ),
    "texts": need(mapping(text, "attestation", "secrecy", "concern")),
}

MODULE: Shape = {
    "id": need(ident),
    "slug": need(slug),
    "title": need(text),
    "summary": need(text),
    "goals": need(many(text, 1)),
    "lessons": need(many(ident, 1)),
    "assignments": need(many(ident)),
    "content_note": may(text, ""),
    "reflections": need(many(text)),
}

LESSON: Shape = {
    "id": need(ident),
    "slug": need(slug),
    "title": need(text),
    "minutes": need(
        table(
            {
                "reading": need(number(1)),
                "exercise": may(number(), 0),
                "talk": may(number(), 0),
            }
        )
    ),
    "facts": need(many(ident)),
    "sensitive": need(flag),
    "content_note": may(text, ""),
    "requires_exercise": may(ident, None),
    "words": may(rows({"term": need(text), "meaning": need(text)}), ()),
    "exercises": may(
        rows(
            {
                "id": need(ident),
                "kind": need(one_of("judge", "sort")),
                "title": need(text),
                "instructions": need(text),
                "choices": need(many(text, 2)),
                "items": need(
                    rows(
                        {
                            "text": need(text),
                            "answer": may(text, None),
                            "feedback": may(text, ""),
                        },
                        1,
                    )
                ),
            }
        ),
        (),
    ),
}

CHECK: Shape = {
    "id": need(ident),
    "title": need(text),
    "pass": need(number(1)),
    "questions": need(
        rows(
            {
                "id": need(ident),
                "text": need(text),
                "options": need(
                    rows({"text": need(text), "right": may(flag, False)}, 2),
                ),
                "right": need(text),
                "wrong": need(text),
                "facts": may(many(ident), ()),
                "lesson": may(ident, None),
            }
        )
    ),
}

_SECTION_BASE: dict[str, Any] = {
    "id": need(ident),
    "label": need(text),
    "hint": may(text, ""),
    "required": may(flag, True),
}
SECTIONS: dict[str, Shape] = {
    "text": {**_SECTION_BASE, "max": need(number(1))},
    "short": {**_SECTION_BASE, "max": need(number(1))},
    "choice": {**_SECTION_BASE, "options": need(many(text, 2))},
    "date": _SECTION_BASE,
    "rows": {
        **_SECTION_BASE,
        "fields": need(rows({"id": need(ident), "label": need(text)}, 1)),
        "min": may(number(), 0),
        "max": need(number(1)),
    },
}


def section(value: Any, at: Path, report: Report) -> Any:
    """A section of an assignment: which keys it has depends on its kind."""
    kind_key = need(one_of(*SECTIONS))
    if not isinstance(value, dict):
        return table({})(value, at, report)
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in SECTIONS:
        only = {name: value[name] for name in ("kind",) if name in value}
        return check_table(only, {"kind": kind_key}, at, report)
    return check_table(value, {"kind": kind_key, **SECTIONS[kind]}, at, report)


ASSIGNMENT: Shape = {
    "id": need(ident),
    "slug": need(slug),
    "kind": need(one_of("individual", "joint")),
    "title": need(text),
    "summary": need(text),
    "minutes": need(number(1)),
    "assessment": need(one_of("rubric", "checklist")),
    "regional": may(text, ""),
    "alone": may(text, ""),
    "sections": need(many(section, 1)),
    "criteria": need(
        rows(
            {
                "id": need(ident),
                "title": need(text),
                "sections": may(many(ident), ()),
                "revise": need(text),
                "approved": need(text),
                "excelled": may(text, ""),
            },
            1,
        )
    ),
}

FACTS: Shape = {
    "facts": may(
        rows(
            {
                "id": need(ident),
                "claim": need(text),
                "source": need(text),
                "url": may(https, ""),
                "as_of": need(day),
                "status": need(one_of("verified", "unverified")),
                "review_by": need(day),
            }
        ),
        (),
    )
}

SUPPORT: Shape = {
    "lines": may(
        rows(
            {
                "id": need(ident),
                "name": need(text),
                "number": need(text),
                "who": need(text),
                "hours": need(text),
                "url": may(https, ""),
                "source": need(text),
                "checked": need(day),
                "who_en": may(text, ""),
                "hours_en": may(text, ""),
            }
        ),
        (),
    )
}
