"""Stopping a text, the way the page does it."""

from datetime import date

from courses.rules.secrecy import Passage
from courses.services.secrecy import press_stop
from tests.reviewing import NOON

WORDS = "Kvinnan i den gula stugan vid Storsjön berättade om sin man."
"""A passage in which somebody could be recognized; invented."""


def stop_round(session, submission, course, *, by, number=1, passages=None, **fields):
    """Stop a round of the submission; the caller commits. Without passages, all of its first
    section."""
    assignment = course.items[submission.assignment_id]
    section = assignment.sections[0].id
    defaults = {"message": "", "now": NOON, "today": date(2026, 11, 9)}
    return press_stop(
        session, submission, number=number,
        passages=passages or [Passage(section=section, text=WORDS)], course=course,
        assignment=assignment, actor_id=by.id, **defaults | fields,
    )
