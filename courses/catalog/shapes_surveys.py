"""Which keys surveys.toml and readiness.toml may hold."""

from courses.catalog.schema import Shape, many, may, need, number, one_of, text
from courses.catalog.shapes import ident, rows

SURVEYS: Shape = {
    "scales": may(
        rows(
            {
                "id": need(ident),
                "lowest": need(text),
                "highest": need(text),
                "steps": may(number(2), 5),
                "outside": may(text, ""),
            }
        ),
        (),
    ),
    "groups": need(
        rows(
            {
                "id": need(ident),
                "title": need(text),
                "intro": may(text, ""),
                "scale": may(ident, None),
                "questions": need(
                    rows(
                        {
                            "id": need(ident),
                            "text": need(text),
                            "kind": may(one_of("scale", "text", "choice"), "scale"),
                            "options": may(many(text, 2), ()),
                            "max": may(number(1), None),
                            "modules": may(many(ident), ()),
                            "looks_back_on": may(ident, None),
                        },
                        1,
                    )
                ),
            },
            1,
        )
    ),
    "surveys": need(
        rows(
            {
                "id": need(ident),
                "title": need(text),
                "intro": may(text, ""),
                "when": need(one_of("before", "after", "later", "meeting")),
                "week": may(number(1), None),
                "months_after": may(number(1), None),
                "groups": need(many(ident, 1)),
            },
            1,
        )
    ),
}

READINESS: Shape = {
    "title": need(text),
    "intro": need(text),
    "evidence": need(text),
    "levels": need(many(text, 2)),
    "weeks": may(many(number(1)), ()),
    "months_after": may(many(number(1)), ()),
    "points": need(
        rows({"id": need(ident), "text": need(text), "modules": may(many(ident), ())}, 1)
    ),
}

SURVEYS_TRANSLATED: Shape = {
    "scales": may(
        rows(
            {
                "id": need(ident),
                "lowest": need(text),
                "highest": need(text),
                "outside": may(text),
            }
        )
    ),
    "groups": may(
        rows(
            {
                "id": need(ident),
                "title": may(text),
                "intro": may(text),
                "questions": may(
                    rows({"id": need(ident), "text": may(text), "options": may(many(text))})
                ),
            }
        )
    ),
    "surveys": may(rows({"id": need(ident), "title": may(text), "intro": may(text)})),
}

READINESS_TRANSLATED: Shape = {
    "title": may(text),
    "intro": may(text),
    "evidence": may(text),
    "levels": may(many(text)),
    "points": may(rows({"id": need(ident), "text": need(text)})),
}
