"""The buttons of the comment bank. They belong to the form of an answer and save its draft."""

from typing import Any

from flask import flash
from werkzeug.datastructures import MultiDict

from app import clock, db, reasons
from courses.catalog import Assignment, Course
from courses.errors import Refused
from courses.queries.comment_bank import kept_comments
from courses.services.comment_bank import forget_comment, keep_comment

Fields = MultiDict[str, str]


def beside(assignment: Assignment, user_id: int, course: Course) -> dict[str, Any]:
    """Return what the form shows of it: one's own comments, and the course's phrases."""
    criteria = [one.id for one in assignment.criteria]
    return {
        "bank": kept_comments(db.session(), user_id=user_id, criteria=criteria),
        "phrases": course.phrases,
    }


def with_phrase(fields: Fields) -> Fields:
    """Return what was typed, with the comment of the pressed button after it."""
    criterion, _colon, text = fields.get("add", "").partition(":")
    if not text:
        return fields
    name = f"comment-{criterion}"
    filled = fields.copy()
    filled[name] = f"{fields.get(name, '').rstrip()}\n\n{text}".strip()
    return filled


def pressed(fields: Fields, user_id: int) -> str:
    """Keep or forget a comment if that was asked for, and return where on the page it was."""
    if criterion := fields.get("add", "").partition(":")[0]:
        return f"comment-{criterion}"
    try:
        if criterion := fields.get("keep", ""):
            text = fields.get(f"comment-{criterion}", "").replace("\r\n", "\n")
            keep_comment(
                db.session(), user_id=user_id, criterion_id=criterion, text=text,
                now=clock.now(),
            )
            return f"comment-{criterion}"
    except Refused as refused:
        flash(reasons.sentence(refused))
    if number := fields.get("forget", 0, type=int):
        forget_comment(db.session(), user_id=user_id, comment_id=number)
    return ""
