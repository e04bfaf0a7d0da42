"""Rows of a plan as its template sets them: a table, a list, or running text."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from babel.dates import format_date

from courses.documents.text_blocks import Block, Run, Runs, Table, blocks_of, plain

LINE = 92
"""Signs that go into a line of a table as wide as the page."""
WORD, MOST = 12, 160
"""The longest word that a column is given room for, and signs beyond which it grows no more."""

NO_BREAK = "\N{NO-BREAK SPACE}"

Cells = tuple[tuple[Block, ...], ...]


def day(value: str, language: str) -> str:
    """Return an ISO date in words; whatever is none as it was written."""
    try:
        return format_date(date.fromisoformat(value), "d MMMM y", locale=language)
    except ValueError:
        return value


def short_day(value: str, language: str) -> str:
    """Return an ISO date as it stands in a narrow column, where it is never broken."""
    try:
        words = format_date(date.fromisoformat(value), "d MMM y", locale=language)
    except ValueError:
        return value
    return words.replace(" ", NO_BREAK)


def table_of(caption: str, columns: Sequence[str], rows: Sequence[Cells]) -> Table:
    """Return the table with its columns as wide as what stands in them asks for."""
    texts = [
        [head, *(block.text for row in rows for block in row[place])]
        for place, head in enumerate(columns)
    ]
    words = [
        min(WORD, max(len(word) for text in each for word in text.split(" "))) + 1
        for each in texts
    ]
    wishes = [min(MOST, max(len(text) for text in each)) for each in texts]
    left = max(0, LINE - sum(words))
    widths = tuple(
        round(word + left * wish / sum(wishes)) for word, wish in zip(words, wishes, strict=True)
    )
    return Table(caption=caption, columns=tuple(columns), rows=tuple(rows), widths=widths)


def rows_of(part: Mapping[str, Any], language: str) -> Iterator[Block | Table]:
    """Give the rows of a part as it is set."""
    setting = part.get("setting", "table")
    if setting == "table":
        yield _table(part, language)
        return
    for row in part["value"]:
        filled = [one for one in part["fields"] if row.get(one["id"], "").strip()]
        if filled and setting == "list":
            yield Block(runs=_lines(filled, row, language), depth=1)
        elif filled:
            yield Block(runs=_sentences(filled, row, language))


def _table(part: Mapping[str, Any], language: str) -> Table:
    """The fields side by side, those that stand under another in its cell."""
    columns = [one for one in part["fields"] if not one.get("under")]
    below = {
        column["id"]: [one for one in part["fields"] if one.get("under") == column["id"]]
        for column in columns
    }
    rows = [
        tuple(
            (
                *_cell(column, row.get(column["id"], ""), language),
                *(
                    _led(one, row[one["id"]], language)
                    for one in below[column["id"]]
                    if row.get(one["id"], "").strip()
                ),
            )
            for column in columns
        )
        for row in part["value"]
    ]
    return table_of(part["label"], [one["label"] for one in columns], rows)


def _cell(field: Mapping[str, Any], value: str, language: str) -> tuple[Block, ...]:
    if field["kind"] == "text":
        # a cell has no place for headings: they are bold lines
        return tuple(_unheaded(one) for one in blocks_of(value))
    if not value:
        return ()
    words = short_day(value, language) if field["kind"] == "date" else value.strip()
    return (plain(words),)


def _led(field: Mapping[str, Any], value: str, language: str) -> Block:
    lead = Run(text=f"{field['label']}: ", bold=True)
    return Block(runs=(lead, *_inline(field, value, language)))


def _lines(fields: Sequence[Mapping[str, Any]], row: Mapping[str, str], language: str) -> Runs:
    """The first field in bold, the others below it, each led by its head."""
    first, *rest = fields
    runs = [Run(text=" ".join(_words(first, row[first["id"]], language).split()), bold=True)]
    for one in rest:
        runs += [Run(text=f"\n{one['label']}: "), *_inline(one, row[one["id"]], language)]
    return tuple(runs)


def _sentences(
    fields: Sequence[Mapping[str, Any]], row: Mapping[str, str], language: str
) -> Runs:
    """A paragraph: the first field in bold, then sentences that begin with the heads."""
    first, *rest = fields
    runs = [Run(text=_ended(_words(first, row[first["id"]], language)), bold=True)]
    for one in rest:
        found = _inline(one, row[one["id"]], language)
        last = found[-1]
        ended = Run(text=_ended(last.text), bold=last.bold, italic=last.italic, link=last.link)
        runs += [Run(text=f" {one['label']} "), *found[:-1], ended]
    return tuple(runs)


def _inline(field: Mapping[str, Any], value: str, language: str) -> Runs:
    """What stands in a field as one stretch, its paragraphs and items on lines of their own."""
    if field["kind"] != "text":
        return (Run(text=_words(field, value, language)),)
    runs: list[Run] = []
    for block in blocks_of(value):
        if runs:
            runs.append(Run(text="\n"))
        if block.depth:
            runs.append(Run(text="• " if block.number is None else f"{block.number}. "))
        runs += block.runs
    return tuple(runs) or (Run(text=value),)


def _words(field: Mapping[str, Any], value: str, language: str) -> str:
    return day(value, language) if field["kind"] == "date" else value.strip()


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…", ":", "”")) else f"{text}."


def _unheaded(one: Block) -> Block:
    return Block(runs=(Run(text=one.text, bold=True),)) if one.level else one
