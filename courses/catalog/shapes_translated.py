"""Which keys the files in another language (`*.en.*`) may hold: texts and ids, nothing else."""

from typing import Any

from courses.catalog.schema import Report, Shape, lines, many, mapping, may, need, table, text
from courses.catalog.shapes import ident, rows
from courses.catalog.shapes_course import phrase, template
from courses.catalog.toml_lines import Path

_TITLE = table({"title": need(text)})


def option(value: Any, at: Path, report: Report) -> Any:
    """An option's text, written bare or as {text = "…"}."""
    if isinstance(value, dict) and set(value) == {"text"}:
        return text(value["text"], at, report)
    return text(value, at, report)


COURSE: Shape = {
    "id": may(ident),
    "title": may(text),
    "summary": may(text),
    "partners": may(many(text)),
    "owner": may(mapping(text)),
    "plan": may(
        table(
            {
                "breaks": may(rows({"title": need(text)})),
                "catch_up": may(rows({"text": need(text)})),
            }
        )
    ),
    "meetings": may(
        mapping(
            table(
                {
                    "title": may(text),
                    "place": may(text),
                    "ready": may(text),
                    "parts": may(rows({"title": need(text), "agenda": may(many(text))})),
                }
            )
        )
    ),
    "milestones": may(mapping(table({"title": may(text), "text": may(text)}))),
    "requirements": may(mapping(_TITLE)),
    "certificate": may(
        table({"title": may(text), "text": may(template), "disclaimer": may(text)})
    ),
    "texts": may(mapping(text)),
    "phrases": may(mapping(many(phrase))),
}

MODULE: Shape = {
    "id": may(ident),
    "title": may(text),
    "summary": may(text),
    "goals": may(many(text, 1)),
    "content_note": may(text),
    "reflections": may(many(text)),
}

LESSON: Shape = {
    "id": may(ident),
    "title": may(text),
    "content_note": may(text),
    "equivalent": may(text),
    "words": may(rows({"term": need(text), "meaning": need(text)})),
    "exercises": may(
        rows(
            {
                "id": need(ident),
                "title": may(text),
                "instructions": may(text),
                "choices": may(many(text, 2)),
                "items": may(
                    rows({"text": need(text), "answer": may(text), "feedback": may(text)})
                ),
            }
        )
    ),
}

CHECK: Shape = {
    "id": may(ident),
    "title": may(text),
    "questions": may(
        rows(
            {
                "id": need(ident),
                "text": may(text),
                "options": may(many(option)),
                "right": may(text),
                "wrong": may(text),
            }
        )
    ),
}

ASSIGNMENT: Shape = {
    "id": may(ident),
    "title": may(text),
    "summary": may(text),
    "regional": may(text),
    "alone": may(text),
    "sections": may(
        rows(
            {
                "id": need(ident),
                "label": may(text),
                "hint": may(text),
                "options": may(many(text)),
                "fields": may(
                    rows({"id": need(ident), "label": need(text), "options": may(many(text))})
                ),
            }
        )
    ),
    "criteria": may(
        rows(
            {
                "id": need(ident),
                "title": may(text),
                "revise": may(text),
                "approved": may(text),
                "excelled": may(text),
            }
        )
    ),
}

FIGURE: Shape = {
    "id": may(ident),
    "title": need(text),
    "alt": need(text),
    "texts": may(mapping(lines), {}),
}

PAGE: Shape = {"id": may(ident), "title": may(text), "summary": may(text)}
