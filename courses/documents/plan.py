"""The municipal plan as an accessible, archivable PDF (PDF/UA-1 and PDF/A-2a)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from courses.documents.plan_content import (
    LABELS,
    Element,
    Heading,
    cover_lines,
    date_table,
    elements,
    running_line,
    source_table,
    version_table,
)
from courses.documents.text_blocks import Block, Table, plain
from courses.documents.typesetting import UnprintableText, typeset

__all__ = ["UnprintableText", "render_plan"]

NARROW = 5
"""Columns that fit beside each other; a row of a wider table becomes a table of its own."""


WHOLE = 600
"""Signs in a cell up to which its row is kept on one page."""
SHORT = 400
"""Signs in a table up to which all of it is."""


def render_plan(fields: Mapping[str, Any]) -> bytes:
    """Return the PDF of a plan: the same fields give the same bytes.

    Raises UnprintableText when something in it could not be shown.
    """
    return typeset(
        "plan.typ", _document(fields), dated=date.fromisoformat(fields["issued_on"])
    )


def _document(fields: Mapping[str, Any]) -> dict[str, Any]:
    language = fields["language"]
    labels = LABELS[language]
    dates = date_table(fields)
    closing: list[dict[str, Any]] = []
    if dates:
        closing += [_heading(1, labels["dates"]), *_table(dates, labels)]
    closing += [
        _heading(1, labels["versions"]), *_table(version_table(fields), labels),
        _heading(1, labels["sources"]), *_table(source_table(fields), labels),
    ]
    if fields["missing"]:
        closing.append(_paragraph(labels["missing"].format(titles=", ".join(fields["missing"]))))
    return {
        "language": language,
        "labels": labels,
        "document_title": f"{fields['title']}: {fields['team']}",
        "title": fields["title"],
        "team": fields["team"],
        "organization": fields["organization"],
        "author": fields["organization"] or fields["team"],
        "cover": cover_lines(fields),
        "running": running_line(fields),
        "intro": fields["intro"],
        "chapters": [
            {
                "title": f"{chapter['number']} {chapter['title']}",
                "body": _body(elements(chapter, language), labels),
            }
            for chapter in fields["chapters"]
        ],
        "closing": closing,
    }


def _body(found: Iterable[Element], labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """The elements as the template draws them: items that follow each other are one list."""
    body: list[dict[str, Any]] = []
    items: list[Block] = []
    for one in (*found, None):
        if isinstance(one, Block) and one.depth:
            items.append(one)
            continue
        if items:
            body += _lists(items)
            items = []
        if isinstance(one, Heading):
            body.append(_heading(one.level, one.text))
        elif isinstance(one, Block):
            body.append({"kind": "p", "runs": _runs(one)})
        elif isinstance(one, Table):
            body += _table(one, labels)
    return body


def _heading(level: int, text: str) -> dict[str, Any]:
    return {"kind": "h", "level": level, "text": text}


def _paragraph(text: str) -> dict[str, Any]:
    return {"kind": "p", "runs": _runs(plain(text))}


def _runs(block: Block) -> list[dict[str, Any]]:
    return [
        {
            "text": run.text, "bold": run.bold, "italic": run.italic, "link": run.link,
            "language": run.language,
        }
        for run in block.runs
    ]


def _lists(items: list[Block]) -> list[dict[str, Any]]:
    """Items in a row as lists, those that lie deeper inside the item above them."""
    lists: list[dict[str, Any]] = []
    place = 0
    while place < len(items):
        first = items[place]
        end = place + 1
        while end < len(items) and items[end].depth > first.depth:
            end += 1
        is_numbered = first.number is not None
        if not lists or lists[-1]["numbered"] != is_numbered:
            lists.append(
                {"kind": "list", "numbered": is_numbered, "start": first.number or 1, "items": []}
            )
        lists[-1]["items"].append(
            {"runs": _runs(first), "lists": _lists(items[place + 1 : end])}
        )
        place = end
    return lists


def _table(table: Table, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    rows = [[_body(cell, labels) for cell in row] for row in table.rows]
    if len(table.columns) <= NARROW:
        return [
            {
                "kind": "table", "caption": table.caption, "columns": table.columns,
                "whole": sum(_length(cell) for row in table.rows for cell in row) < SHORT,
                "widths": table.widths or [1 for _ in table.columns],
                "rows": [
                    # a short row stays whole on its page; a long one may be longer than that
                    {"cells": row, "breaks": max(map(_length, one)) > WHOLE}
                    for one, row in zip(table.rows, rows, strict=True)
                ],
            }
        ]
    return [
        {
            "kind": "record",
            "title": labels["row"].format(number=number),
            "pairs": [
                {"label": label, "cell": cell}
                for label, cell in zip(table.columns, row, strict=True)
                if cell
            ],
        }
        for number, row in enumerate(rows, start=1)
    ]


def _length(cell: Iterable[Block]) -> int:
    return sum(len(block.text) for block in cell)
