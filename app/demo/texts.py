"""What the invented people have written and what they were answered: `answers/<id>.toml`."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from courses.catalog import Assignment, Field, Section

FOLDER = Path(__file__).parent / "answers"

APPROVED = (
    "Det bär: du skiljer tydligt på att leda processen och att sköta ärenden, och exemplen "
    "är från din egen vardag.\n\nTa med frågan om ersättare till nästa avstämning."
)
APPROVED_JOINT = (
    "Det bär: delarna hänger ihop, och den som inte var med förstår hur ni har kommit fram till "
    "det här.\n\nTa med frågan om ersättare till nästa avstämning."
)


@cache
def _written(assignment_id: str) -> dict[str, Any]:
    file = FOLDER / f"{assignment_id.lower()}.toml"
    return tomllib.loads(file.read_text("utf-8")) if file.exists() else {}


def answers(assignment: Assignment, *, unfinished: bool = False) -> dict[str, Any]:
    """Return somebody's answers to `assignment`; an unfinished draft stops half-way."""
    sections = assignment.sections
    if unfinished:
        sections = sections[: max(len(sections) // 2, 1)]
    written = _written(assignment.id).get("sections", {})
    return {one.id: written.get(one.id) or _answer(one) for one in sections}


def returned(assignment: Assignment) -> tuple[str, str, str]:
    """Return the criterion that is not met yet, what is said of it, and of the whole."""
    said = _written(assignment.id).get("returned")
    if said:
        return said["criterion"], said["comment"], said["overall"]
    first = next(criterion for criterion in assignment.criteria if not criterion.is_gate)
    return first.id, "Vilken källa bygger ni på? Skriv den.", (
        "Ni är nästan framme.\n\nSkriv var uppgiften kommer ifrån, så att en läsare kan följa er."
    )


def _answer(section: Section) -> Any:
    if section.kind == "rows":
        row = {field.id: _cell(field) for field in section.fields}
        return [dict(row) for _ in range(max(section.min_rows, 1))]
    if section.kind == "choice":
        return section.options[0]
    if section.kind == "date":
        return date(2026, 10, 5).isoformat()
    return "Det pratar vi om på nästa teammöte."


def _cell(field: Field) -> str:
    kind = getattr(field, "kind", "short")
    if kind == "choice":
        return field.options[0]
    return date(2026, 10, 5).isoformat() if kind == "date" else "Se vår rutin"
