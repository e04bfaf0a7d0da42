"""An assignment as a Word document to write in, which can be read back section by section.

Before each answer stands a line that begins with a mark, `[GU5.vet]`. Marks are plain text: Word,
LibreOffice and Google Docs keep them, which none of them does with anything hidden.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from courses.catalog import Assignment, Section
from courses.documents.plan_rows import day
from courses.documents.text_blocks import Block, Table, blocks_of, plain
from courses.documents.word import Word
from courses.rules.answers import filled_rows
from courses.rules.word_marks import mark

WORDS = {
    "sv": {
        "how": "Skriv under varje rubrik. Låt raderna som börjar med en hakparentes stå kvar: "
        "de säger var texten hör hemma när du laddar in filen igen.",
        "never": "Skriv aldrig om enskilda personer eller fall, varken med namn, utan namn "
        "eller med ändrade uppgifter.",
        "max": "Högst {max} tecken.",
        "optional": "Frivilligt.",
        "choose": "Skriv ett av: {options}.",
        "date": "Skriv datumet som 31 mars 2027.",
        "rows": "En rad i tabellen för varje, högst {max}.",
        "column": "{label}: {options}.",
        "day": "{label}: skriv datumet som 31 mars 2027.",
    },
    "en": {
        "how": "Write below each heading. Leave the lines that begin with a bracket: they say "
        "where the text belongs when you load the file back.",
        "never": "Never write about individuals or cases, neither by name, without a name nor "
        "with details changed.",
        "max": "At most {max} characters.",
        "optional": "Optional.",
        "choose": "Write one of: {options}.",
        "date": "Write the date as 31 March 2027.",
        "rows": "One row of the table for each, at most {max}.",
        "column": "{label}: {options}.",
        "day": "{label}: write the date as 31 March 2027.",
    },
}
SPARE_ROWS = 2
"""Empty rows below what is written."""


def render_assignment_docx(
    assignment: Assignment,
    answers: Mapping[str, Any],
    *,
    author: str,
    language: str,
    dated: date,
) -> bytes:
    """Return the DOCX of an assignment with what has been written so far; choices in `answers`
    are in the words of the document's language."""
    words = WORDS[language]
    word = Word(title=assignment.title, author=author, language=language, dated=dated)
    word.heading(assignment.title, 1)
    for text in (assignment.summary, words["how"], words["never"]):
        word.text(f"{mark(assignment.id)} {text}", style="Quote")
    for section in assignment.sections:
        word.heading(section.label, 2)
        hint = f"{mark(assignment.id, section.id)} {_hint(section, words)}"
        word.text(hint.rstrip(), style="Quote")
        value = answers.get(section.id)
        if section.kind == "rows":
            word.table(_table(section, filled_rows(value), language))
        elif section.kind == "text" and value:
            for one in blocks_of(value):
                _write(word, one)
        else:
            word.text(day(value, language) if section.kind == "date" and value else value or "")
    return word.bytes()


def _write(word: Word, one: Block) -> None:
    if one.level:
        word.heading(one.text, one.level + 2)
    else:
        word.paragraph(one)


def _hint(section: Section, words: Mapping[str, str]) -> str:
    found = [section.hint]
    if section.kind == "choice":
        found.append(words["choose"].format(options=" / ".join(section.options)))
    elif section.kind == "date":
        found.append(words["date"])
    elif section.kind == "rows":
        found.append(words["rows"].format(max=section.max_rows))
        found += [
            words["column"].format(label=one.label, options=" / ".join(one.options))
            for one in section.fields
            if one.kind == "choice"
        ]
        found += [
            words["day"].format(label=one.label) for one in section.fields if one.kind == "date"
        ]
    if section.max_chars:
        found.append(words["max"].format(max=section.max_chars))
    if not section.required:
        found.append(words["optional"])
    return " ".join(one for one in found if one)


def _table(section: Section, rows: Sequence[Mapping[str, str]], language: str) -> Table:
    count = min(max(section.min_rows, len(rows) + SPARE_ROWS), section.max_rows)
    filled = [*rows, *({} for _ in range(count - len(rows)))]
    return Table(
        caption=section.label,
        columns=tuple(one.label for one in section.fields),
        rows=tuple(
            tuple(
                tuple(
                    plain(day(text, language) if one.kind == "date" else text)
                    for text in row.get(one.id, "").split("\n\n")
                    if text.strip()
                )
                for one in section.fields
            )
            for row in filled
        ),
    )
