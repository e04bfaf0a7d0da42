"""Which keys course.toml, facts.toml and support.toml may hold."""

from string import Formatter
from typing import Any

from courses.catalog.schema import (
    Report,
    Shape,
    amount,
    day,
    many,
    mapping,
    may,
    need,
    number,
    one_of,
    table,
    text,
)
from courses.catalog.shapes import https, ident, language, rows
from courses.catalog.toml_lines import Path

LONGEST_PHRASE = 200


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


def one_or_two(value: Any, at: Path, report: Report) -> Any:
    """How many days a meeting lies over."""
    if value in (1, 2) and type(value) is int:
        return value
    report.wrong(
        at,
        "En träff är en eller två dagar.",
        "Skriv days = 2 om träffen går över två dagar. Annars kan raden tas bort.",
    )
    return 1


def phrase(value: Any, at: Path, report: Report) -> Any:
    """The beginning of a comment: a line, not a paragraph."""
    clean = text(value, at, report)
    if len(clean) > LONGEST_PHRASE or "\n" in clean:
        report.wrong(
            at,
            f"Frasen är längre än {LONGEST_PHRASE} tecken eller mer än en rad.",
            "Skriv en mening som utbildaren fortsätter på.",
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
    "pages": may(many(text), ()),
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
                "catch_up": may(
                    rows(
                        {
                            "until_week": need(number(1)),
                            "items": need(many(ident, 1)),
                            "extra_weeks": may(number(), 0),
                            "text": need(text),
                        }
                    ),
                    (),
                ),
            }
        ),
        {"opens": {}, "due": {}, "breaks": (), "catch_up": ()},
    ),
    "meetings": may(
        rows(
            {
                "id": need(ident),
                "title": need(text),
                "week": need(number(1)),
                "half_days": need(number()),
                "days": may(one_or_two, 1),
                "hours": need(amount),
                "place": need(text),
                "form": may(one_of("on_site", "online"), "on_site"),
                "ready": may(text, ""),
                "parts": may(
                    rows(
                        {
                            "title": need(text),
                            "hours": need(amount),
                            "agenda": need(many(text, 1)),
                        }
                    ),
                    (),
                ),
            }
        ),
        (),
    ),
    "milestones": may(
        rows(
            {
                "id": need(ident),
                "title": need(text),
                "kind": need(one_of("attested", "noted")),
                "text": need(text),
                "link": may(https, ""),
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
    "phrases": may(
        table(
            {
                "strength": may(many(phrase), ()),
                "question": may(many(phrase), ()),
                "next_step": may(many(phrase), ()),
            }
        ),
        {"strength": (), "question": (), "next_step": ()},
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
