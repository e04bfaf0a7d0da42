"""A plan's fields, as they are kept, in the order and the words in which they are printed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courses.documents.languages import marked
from courses.documents.plan_rows import day, rows_of, short_day, table_of
from courses.documents.text_blocks import Block, Run, Table, blocks_of, plain

#: The words that are the same on every plan in a language.
LABELS = {
    "sv": {
        "contents": "Innehåll",
        "edition": "Upplaga {number}",
        "issued": "Utfärdad {date}",
        "replaces": "Ersätter upplaga {number}, utfärdad {date}.",
        "first": "Planens första upplaga.",
        "empty": "Det här kapitlet är inte skrivet än.",
        "missing": "Det här är inte med, eftersom det inte var godkänt när planen utfärdades: "
        "{titles}.",
        "dates": "Datum och ansvariga funktioner",
        "dates_caption": "Datum att följa upp, i tidsordning",
        "date": "Datum",
        "what": "Vad",
        "who": "Funktion som svarar för det",
        "versions": "Upplagor",
        "versions_caption": "Planens upplagor, den senaste först",
        "version": "Upplaga",
        "issued_head": "Utfärdad",
        "state": "Läge",
        "valid": "gäller",
        "replaced": "ersatt",
        "sources": "Källor",
        "sources_caption": "De godkända texter som planen är gjord av",
        "source": "Gemensam uppgift",
        "reference": "Beteckning",
        "handed_in": "Inskickad",
        "row": "Rad {number}",
        "no_date": "inget datum",
        "page": "Sida {page} av {pages}",
    },
    "en": {
        "contents": "Contents",
        "edition": "Edition {number}",
        "issued": "Issued {date}",
        "replaces": "Replaces edition {number}, issued {date}.",
        "first": "The first edition of the plan.",
        "empty": "This chapter has not been written yet.",
        "missing": "This is not included, as it had not been approved when the plan was issued: "
        "{titles}.",
        "dates": "Dates and responsible functions",
        "dates_caption": "Dates to follow up, in order of time",
        "date": "Date",
        "what": "What",
        "who": "Function that answers for it",
        "versions": "Editions",
        "versions_caption": "The editions of the plan, the latest first",
        "version": "Edition",
        "issued_head": "Issued",
        "state": "State",
        "valid": "in force",
        "replaced": "replaced",
        "sources": "Sources",
        "sources_caption": "The approved texts that the plan is made of",
        "source": "Joint assignment",
        "reference": "Reference",
        "handed_in": "Handed in",
        "row": "Row {number}",
        "no_date": "no date",
        "page": "Page {page} of {pages}",
    },
}


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading within a chapter; the chapter's own is level 1."""

    level: int
    text: str


Element = Heading | Block | Table


def elements(chapter: Mapping[str, Any], language: str) -> Iterator[Element]:
    """Give what stands in a chapter below its heading, with words in the other language marked."""
    for one in _elements(chapter, language):
        yield one if isinstance(one, Heading) else marked(one, language)


def _elements(chapter: Mapping[str, Any], language: str) -> Iterator[Element]:
    parts = chapter["parts"]
    if not parts:
        yield plain(LABELS[language]["empty"])
    for part in parts:
        if part["kind"] in ("short", "choice", "date"):
            value = day(part["value"], language) if part["kind"] == "date" else part["value"]
            yield Block(runs=(Run(text=f"{part['label']}: ", bold=True), Run(text=value)))
            continue
        below = 1
        if part["label"] and not _same(part["label"], chapter["title"]):
            yield Heading(level=2, text=part["label"])
            below = 2
        if part["kind"] == "rows":
            yield from rows_of(part, language)
        else:
            yield from _text(part["value"], below)


def date_table(fields: Mapping[str, Any]) -> Table | None:
    """Return the days to remember with the functions that answer; None without any."""
    language = fields["language"]
    labels = LABELS[language]
    rows = [
        (
            (plain(short_day(one["date"], language)),), (plain(one["what"]),),
            (plain(one["who"]),),
        )
        for one in fields["dates"]
    ]
    if not rows:
        return None
    return table_of(
        labels["dates_caption"], (labels["date"], labels["what"], labels["who"]), rows
    )


def version_table(fields: Mapping[str, Any]) -> Table:
    """Return this edition and those that it replaces."""
    language = fields["language"]
    labels = LABELS[language]
    editions = [{"number": fields["number"], "issued_on": fields["issued_on"]}]
    editions += fields["earlier"]
    return table_of(
        labels["versions_caption"], (labels["version"], labels["issued_head"], labels["state"]),
        [
            (
                (plain(str(one["number"])),),
                (plain(day(one["issued_on"], language)),),
                (plain(labels["replaced" if place else "valid"]),),
            )
            for place, one in enumerate(editions)
        ],
    )


def source_table(fields: Mapping[str, Any]) -> Table:
    """Return the approved texts with references and dates."""
    language = fields["language"]
    labels = LABELS[language]
    return table_of(
        labels["sources_caption"],
        (labels["source"], labels["reference"], labels["handed_in"]),
        [
            tuple(
                (plain(text),)
                for text in (one["title"], one["reference"], day(one["on"], language))
            )
            for one in fields["sources"]
        ],
    )


def cover_lines(fields: Mapping[str, Any]) -> list[str]:
    """Return what stands below the title: whose, which edition, when, what it replaces."""
    language = fields["language"]
    labels = LABELS[language]
    earlier: Sequence[Mapping[str, Any]] = fields["earlier"]
    return [
        labels["edition"].format(number=fields["number"]),
        labels["issued"].format(date=day(fields["issued_on"], language)),
        labels["replaces"].format(
            number=earlier[0]["number"], date=day(earlier[0]["issued_on"], language)
        )
        if earlier
        else labels["first"],
    ]


def _text(value: str, below: int) -> Iterator[Element]:
    for one in blocks_of(value):
        if one.level:
            yield Heading(level=one.level + below, text=one.text)
        else:
            yield one


def _same(label: str, title: str) -> bool:
    return label.casefold().strip() == title.casefold().strip()


def running_line(fields: Mapping[str, Any]) -> str:
    """Return what stands at the foot of each page, so that a loose one finds its way back."""
    edition = LABELS[fields["language"]]["edition"].format(number=fields["number"])
    return f"{fields['title']}, {fields['team']}. {edition}"
