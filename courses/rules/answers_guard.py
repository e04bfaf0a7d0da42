"""What the guard finds in the answers to an assignment, section by section."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courses.rules.answers import SectionLike, filled_rows, passages
from courses.rules.guard_tables import counts_people
from courses.rules.identity_guard import (
    Finding,
    FindingKind,
    find,
    find_in_table,
    find_numbers,
)

AROUND = 40
"""Signs shown on either side of what was found."""


@dataclass(frozen=True, kw_only=True)
class Located:
    """Something that the guard found, with the section and the words around it."""

    section_id: str
    finding: Finding
    before: str
    after: str


def findings_in(
    sections: Iterable[SectionLike], answers: Mapping[str, Any], *, known: Collection[str]
) -> list[Located]:
    """Return what may point out a person, in the order of the answers. The check page and the
    hand-in both ask here, so that what is let through is what was shown."""
    sections = list(sections)
    found = [
        _located(section_id, text, one)
        for section_id, text in passages(sections, answers)
        for one in find(text, known=known)
    ]
    for section in sections:
        if section.kind == "rows":
            table = _as_table(section, filled_rows(answers.get(section.id)))
            text = "\n".join("\t".join(row) for row in table)
            found += [_located(section.id, text, one) for one in find_in_table(text)]
    return found


def numbers_in(
    sections: Iterable[SectionLike], answers: Mapping[str, Any]
) -> list[Located]:
    """Return the personal identity numbers, the part of `findings_in` that blocks."""
    return [
        _located(section_id, text, one)
        for section_id, text in passages(sections, answers)
        for one in find_numbers(text)
    ]


def counted(found: Iterable[FindingKind]) -> dict[str, int]:
    """Return how many there are of each kind: all that may be kept of what was found."""
    return dict(Counter(one.value for one in found))


def _as_table(section: SectionLike, rows: Sequence[Mapping[str, str]]) -> list[list[str]]:
    """The columns that count people, under their labels, with a side that says which row."""
    columns = [one for one in section.fields if counts_people(one.label)]
    if not columns or not section.fields:
        return []
    side = section.fields[0]
    return [
        ["", *(one.label for one in columns)],
        *(
            [_line(row.get(side.id, "")), *(_line(row.get(one.id, "")) for one in columns)]
            for row in rows
        ),
    ]


def _line(text: str) -> str:
    return " ".join(text.split())


def _located(section_id: str, text: str, one: Finding) -> Located:
    """With the words of the same line before and after, and dots where there are more."""
    before = text[: one.start].rpartition("\n")[2].replace("\t", " · ")
    after = text[one.end :].partition("\n")[0].replace("\t", " · ")
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + " …"
    return Located(section_id=section_id, finding=one, before=before, after=after)
