"""What an edition of a plan will say: every field, in words, ready to be printed and kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from courses.catalog import PlanLayout, PlanTemplate, Section
from courses.queries.plan_assembly import AssembledChapter, Assembly
from courses.queries.plan_sections import ChapterSections
from courses.queries.plans import IssuedPlan, PlanContext
from courses.rules.answers import filled_rows, is_blank
from courses.rules.calendar import STOCKHOLM
from courses.rules.plans import days_in, printable


def plan_fields(
    context: PlanContext,
    found: Assembly,
    original: Mapping[str, ChapterSections],
    issued: Sequence[IssuedPlan],
    *,
    today: date,
) -> dict[str, Any]:
    """Return everything that stands in the next edition, in the language of the context's
    course; `original` are the sections of each chapter in the language in which choices are
    kept."""
    chapters = [
        _chapter(context.template, one, original[one.chapter.id]) for one in found.chapters
    ]
    in_words = {
        part["id"]: part["value"] for one in chapters for part in one["parts"]
    }
    return {
        "language": context.course.language,
        "title": context.title,
        "team": context.team.name,
        "organization": context.organization.name if context.organization else "",
        "intro": context.template.intro_for(is_regional=context.is_regional),
        "number": issued[0].plan.number + 1 if issued else 1,
        "issued_on": today.isoformat(),
        "earlier": [
            {"number": one.plan.number, "issued_on": one.plan.fields["issued_on"]}
            for one in issued
        ],
        "chapters": chapters,
        "dates": days_in(context.template.dates, in_words),
        "sources": [
            {
                "id": one.assignment_id, "title": one.title, "reference": one.round.reference,
                "on": one.round.submitted_at.astimezone(STOCKHOLM).date().isoformat(),
                "round": one.round.id,
            }
            for one in found.sources
        ],
        "missing": list(found.missing),
    }


def _chapter(
    template: PlanTemplate, one: AssembledChapter, original: ChapterSections
) -> dict[str, Any]:
    return {
        "id": one.chapter.id,
        "number": one.number,
        "title": one.chapter.title,
        "parts": [
            _part(
                section, original.section(section.id) or section, one.answers[section.id],
                template.layout_of(section.id),
            )
            for section in one.shown.sections
            if not is_blank(one.answers.get(section.id, ""))
        ],
    }


def _part(
    section: Section, stored: Section, value: Any, layout: PlanLayout | None
) -> dict[str, Any]:
    if section.kind == "choice":
        value = _in_words(section.options, stored.options, value)
    elif section.kind == "rows":
        words = {
            one.id: (one.options, same.options)
            for one, same in zip(section.fields, stored.fields, strict=False)
        }
        value = [
            {name: _in_words(*words.get(name, ((), ())), text) for name, text in row.items()}
            for row in filled_rows(value)
        ]
    return {
        "id": section.id, "label": section.label, "kind": section.kind,
        "value": printable(value),
        "setting": layout.setting if layout else "table",
        "fields": _fields(section, layout),
    }


def _fields(section: Section, layout: PlanLayout | None) -> list[dict[str, str]]:
    """The fields of its rows that are printed, in their order; without a layout, all."""
    kinds = {one.id: one.kind for one in section.fields}
    if layout is None or not layout.fields:
        return [
            {"id": one.id, "label": one.label, "kind": one.kind, "under": ""}
            for one in section.fields
        ]
    return [
        {"id": one.id, "label": one.head, "kind": kinds[one.id], "under": one.under}
        for one in layout.fields
        if one.id in kinds
    ]


def _in_words(shown: tuple[str, ...], stored: tuple[str, ...], value: str) -> str:
    return shown[stored.index(value)] if value in stored else value
