"""The municipal plan as a Word document: the same content as the PDF, to go on working with."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from courses.documents.plan_content import (
    LABELS,
    Heading,
    cover_lines,
    date_table,
    elements,
    running_line,
    source_table,
    version_table,
)
from courses.documents.text_blocks import Table
from courses.documents.word import Word


def render_plan_docx(fields: Mapping[str, Any]) -> bytes:
    """Return the DOCX of a plan: the same fields give the same bytes."""
    language = fields["language"]
    labels = LABELS[language]
    word = Word(
        title=f"{fields['title']}: {fields['team']}",
        author=fields["organization"] or fields["team"], language=language,
        dated=date.fromisoformat(fields["issued_on"]),
    )
    word.foot(running_line(fields), labels["page"])
    _cover(word, fields)
    dates = date_table(fields)
    chapters = [(f"{one['number']} {one['title']}", one) for one in fields["chapters"]]
    closing = [*([labels["dates"]] if dates else []), labels["versions"], labels["sources"]]
    word.contents(labels["contents"], [*(title for title, _ in chapters), *closing])
    word.page_break()
    for title, chapter in chapters:
        word.heading(title, 1)
        for one in elements(chapter, language):
            if isinstance(one, Heading):
                word.heading(one.text, one.level)
            elif isinstance(one, Table):
                word.table(one)
            else:
                word.paragraph(one)
    if dates:
        word.heading(labels["dates"], 1)
        word.table(dates)
    word.heading(labels["versions"], 1)
    word.table(version_table(fields))
    word.heading(labels["sources"], 1)
    word.table(source_table(fields))
    if fields["missing"]:
        word.text(labels["missing"].format(titles=", ".join(fields["missing"])))
    return word.bytes()


def _cover(word: Word, fields: Mapping[str, Any]) -> None:
    word.cover(fields["title"], fields["team"])
    if fields["organization"] and fields["organization"] != fields["team"]:
        word.text(fields["organization"])
    for line in cover_lines(fields):
        word.text(line)
    if fields["intro"]:
        word.text(fields["intro"])
    word.page_break()
