"""Which keys the files of a module may hold, and what each must be."""

from typing import Any

from courses.catalog.schema import (
    Check,
    Report,
    Shape,
    check_table,
    flag,
    lines,
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
    "equivalent": may(text, ""),
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

_FIELD_BASE: dict[str, Any] = {
    "id": need(ident),
    "label": need(text),
    "kind": may(one_of("short", "text", "choice", "date"), "short"),
    "required": may(flag, True),
}


def row_field(value: Any, at: Path, report: Report) -> Any:
    """A field of a row; only a choice has options."""
    is_choice = isinstance(value, dict) and value.get("kind") == "choice"
    options = {"options": need(many(text, 2))} if is_choice else {}
    return table({**_FIELD_BASE, **options})(value, at, report)


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
        "fields": need(many(row_field, 1)),
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
    "assessment": need(one_of("rubric", "checklist", "self")),
    "readers": may(number(1), 1),
    "regional": may(text, ""),
    "alone": may(text, ""),
    "sections": may(many(section), ()),
    "criteria": may(
        rows(
            {
                "id": need(ident),
                "title": need(text),
                "sections": may(many(ident), ()),
                "revise": need(text),
                "approved": need(text),
                "excelled": may(text, ""),
            }
        ),
        (),
    ),
}

FIGURE: Shape = {
    "id": need(slug),
    "title": need(text),
    "alt": need(text),
    "texts": may(mapping(lines), {}),
}

PAGE: Shape = {
    "id": need(ident),
    "slug": need(slug),
    "title": need(text),
    "summary": need(text),
    "facts": may(many(ident), ()),
}
