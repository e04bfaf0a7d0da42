"""Which keys plan.toml may hold."""

import re
from typing import Any

from courses.catalog.schema import Report, Shape, many, may, need, one_of, table, text
from courses.catalog.shapes import ident, rows
from courses.catalog.toml_lines import Path

_PART = re.compile(r"[A-Za-z][A-Za-z0-9]*\.[A-Za-z0-9][A-Za-z0-9-]*")


def part(value: Any, at: Path, report: Report) -> Any:
    """A section of an assignment: GU5.vet."""
    clean = text(value, at, report)
    if not _PART.fullmatch(clean or "GU0.x"):
        report.wrong(
            at,
            f"«{clean}» är ingen del av en uppgift.",
            "Skriv uppgiftens id, en punkt och delens id, till exempel GU5.vet.",
        )
    return clean


PLAN: Shape = {
    "title": need(text),
    "regional_title": may(text, ""),
    "intro": may(text, ""),
    "regional_intro": may(text, ""),
    "chapters": need(
        rows(
            {
                "id": need(ident),
                "title": need(text),
                "hint": may(text, ""),
                "parts": need(many(part, 1)),
                "until": may(many(part), ()),
                "regional": may(many(part), ()),
            },
            1,
        )
    ),
    "layout": may(
        rows(
            {
                "id": need(part),
                "heading": may(text, ""),
                "setting": may(one_of("table", "list", "text"), "table"),
                "fields": may(
                    rows({"id": need(ident), "head": need(text), "under": may(ident, "")}), ()
                ),
            }
        ),
        (),
    ),
    "dates": may(
        rows(
            {
                "part": need(part),
                "date": need(ident),
                "what": need(ident),
                "who": may(ident, ""),
                "lead": may(text, ""),
            }
        ),
        (),
    ),
    "law": may(
        table(
            {
                "title": need(text),
                "note": need(text),
                "points": need(
                    rows(
                        {
                            "id": need(ident),
                            "text": need(text),
                            "facts": need(many(ident, 1)),
                            "chapters": need(many(ident, 1)),
                        },
                        1,
                    )
                ),
            }
        ),
        None,
    ),
}

PLAN_TRANSLATED: Shape = {
    "title": may(text),
    "regional_title": may(text),
    "intro": may(text),
    "regional_intro": may(text),
    "chapters": may(rows({"id": need(ident), "title": may(text), "hint": may(text)})),
    "layout": may(
        rows(
            {
                "id": need(part),
                "heading": may(text),
                "fields": may(rows({"id": need(ident), "head": may(text)})),
            }
        )
    ),
    "dates": may(rows({"lead": may(text)})),
    "law": may(
        table(
            {
                "title": may(text),
                "note": may(text),
                "points": may(rows({"id": need(ident), "text": need(text)})),
            }
        )
    ),
}
