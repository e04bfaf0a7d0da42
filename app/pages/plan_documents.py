"""An edition of a team's plan, made ready: its fields, a mark of them, and both its files."""

import json
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from flask_babel import gettext as _

from app import editions
from courses.documents.plan import UnprintableText, render_plan
from courses.documents.plan_docx import render_plan_docx
from courses.queries.plan_assembly import (
    AssembledChapter,
    Assembly,
    reworded,
    sections_in,
)
from courses.queries.plan_contents import plan_fields
from courses.queries.plan_sections import ChapterSections
from courses.queries.plans import IssuedPlan, PlanContext


def original_of(context: PlanContext, one: AssembledChapter) -> ChapterSections:
    """Return a chapter's sections in the language in which choices are kept."""
    return sections_in(editions.store().get(context.course.digest).course(), one)


def fields_of(
    context: PlanContext, found: Assembly, issued: Sequence[IssuedPlan], language: str
) -> dict[str, Any]:
    """Return what the next edition says, with the headings in `language`."""
    course = editions.store().get(context.course.digest).course(language)
    worded = replace(context, course=course, template=course.plan_template)
    original = {one.chapter.id: original_of(context, one) for one in found.chapters}
    return plan_fields(
        worded, reworded(found, course), original, issued, today=context.today
    )


def mark_of(fields: dict[str, Any]) -> str:
    """Return what tells this content from any other: what was read is what is issued."""
    kept = {name: value for name, value in fields.items() if name != "issued_on"}
    return sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:24]


def files_of(fields: dict[str, Any]) -> tuple[bytes, bytes]:
    """Return the PDF and the Word document; UnprintableText when a character cannot be shown."""
    return render_plan(fields), render_plan_docx(fields)


def unprintable(error: UnprintableText, fields: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what to say of characters that cannot be printed, chapter by chapter."""
    signs = str(error)
    return [
        (
            _("Tecknet %(signs)s går inte att skriva ut. Ta bort det i kapitlet ”%(title)s”.",
              signs=" ".join(dict.fromkeys(here)), title=one["title"]),
            f"kapitel-{one['id']}",
        )
        for one in fields["chapters"]
        if (here := [sign for sign in signs if sign in json.dumps(one, ensure_ascii=False)])
    ] or [(_("Något tecken i planen går inte att skriva ut: %(signs)s", signs=signs), "plan")]
