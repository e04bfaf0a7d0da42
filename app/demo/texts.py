"""What the invented people have written and what they were answered: `answers/<id>.toml`."""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from courses.catalog import Assignment, Field, Section

FOLDER = Path(__file__).parent / "answers"
WRITTEN_FOR = date(2026, 9, 7)
"""The Monday on which the cohort began that the files' dates belong to."""


@cache
def _written(assignment_id: str) -> dict[str, Any]:
    file = FOLDER / f"{assignment_id.lower()}.toml"
    return tomllib.loads(file.read_text("utf-8")) if file.exists() else {}


def answers(
    assignment: Assignment,
    starts_on: date,
    *,
    unfinished: bool = False,
    returned: bool = False,
    regional: bool = False,
) -> dict[str, Any]:
    """Return somebody's answers to `assignment`, in a cohort that began on `starts_on`. An
    unfinished draft stops half-way, a first round that was returned lacks something, and a
    regional team writes of its own authorities."""
    sections = assignment.sections
    if unfinished:
        sections = sections[: max(len(sections) // 2, 1)]
    file = _written(assignment.id)
    written = dict(file.get("sections", {}))
    for part, is_wanted in (("regional", regional), ("returned", returned)):
        if is_wanted:
            written |= file.get(part, {}).get("sections", {})
    later = starts_on - WRITTEN_FOR
    given = {
        # what may be left out is left out, unless the file says something
        one.id: _moved(one, written[one.id], later) if one.id in written else _answer(one)
        for one in sections
        if one.id in written or one.required
    }
    return {key: value.strip() if isinstance(value, str) else value
            for key, value in given.items()}


def returned(assignment: Assignment) -> tuple[str, str, str]:
    """Return the criterion that is not met yet, what is said of it, and of the whole."""
    said = _written(assignment.id).get("returned")
    if said:
        return said["criterion"], said["comment"], said["overall"].strip()
    first = next(criterion for criterion in assignment.criteria if not criterion.is_gate)
    return first.id, "Vilken källa bygger ni på? Skriv den.", (
        "Ni är nästan framme.\n\nSkriv var uppgiften kommer ifrån, så att en läsare kan följa er."
    )


def approved(assignment: Assignment) -> str:
    """Return what is said of the whole when it is approved."""
    said = _written(assignment.id).get("approved", {}).get("overall", "").strip()
    return said or (
        "Det bär: delarna hänger ihop, och den som inte var med förstår hur det har gått till."
        "\n\nTa med frågan om ersättare till nästa avstämning."
    )


def _moved(section: Section, value: Any, later: timedelta) -> Any:
    """The answer with its dates moved as much as the cohort's beginning."""
    if section.kind == "date":
        return _later(value, later)
    if section.kind != "rows":
        return value
    dates = {field.id for field in section.fields if field.kind == "date"}
    return [
        {name: _later(text, later) if name in dates else text for name, text in row.items()}
        for row in value
    ]


def _later(day: str, later: timedelta) -> str:
    return (date.fromisoformat(day) + later).isoformat()


def _answer(section: Section) -> Any:
    if section.kind == "rows":
        row = {field.id: _cell(field) for field in section.fields}
        return [dict(row) for _ in range(max(section.min_rows, 1))]
    if section.kind == "choice":
        return section.options[0]
    if section.kind == "date":
        return WRITTEN_FOR.isoformat()
    return "Det pratar vi om på nästa teammöte."


def _cell(field: Field) -> str:
    if field.kind == "choice":
        return field.options[0]
    return WRITTEN_FOR.isoformat() if field.kind == "date" else "Se vår rutin"
