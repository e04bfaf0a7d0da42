"""What others wrote beside a text, as somebody reads it who may not read what was stopped.

The rows themselves are frozen, or belong to whoever wrote them: the reader gets others that are
in no session, so that nothing masked is ever stored.
"""

from dataclasses import replace
from typing import TypeVar

from sqlalchemy import inspect

from courses.models import Base, Review, SubmissionRound
from courses.queries.team_facts import TeamFacts
from courses.rules.masking import Mask

Row = TypeVar("Row", bound=Base)


def copy_under(mask: Mask, row: Row, *names: str) -> Row:
    """Return the row, or when words are hidden in these columns a copy of it without them."""
    values = {name: getattr(row, name) for name in names}
    masked = {name: mask.over(value) for name, value in values.items()}
    if masked == values:
        return row
    state = inspect(row)
    kept = {
        one.key: getattr(row, one.key)
        for one in state.mapper.column_attrs
        if one.key not in state.unloaded
    }
    return type(row)(**kept | masked)


def said_under(mask: Mask, review: Review | None) -> Review | None:
    """Return an answer without what is hidden from the reader."""
    return review and copy_under(mask, review, "comments", "overall", "reason")


def round_under(mask: Mask, one: SubmissionRound) -> SubmissionRound:
    """Return a round without what is hidden in why somebody else registered it."""
    return copy_under(mask, one, "registered_reason")


def facts_under(mask: Mask, facts: TeamFacts, reader_id: int = 0) -> TeamFacts:
    """Return what a team says of its work without what is hidden from the reader, who may have
    the place `reader_id`; what they have said themselves stands as it is."""
    if not mask:
        return facts
    return replace(
        facts,
        said=[
            one if one.enrollment_id == reader_id else replace(one, line=mask.over(one.line))
            for one in facts.said
        ],
        lines=[
            one if one.enrollment_id == reader_id else replace(one, line=mask.over(one.line))
            for one in facts.lines
        ],
        waived={
            key: replace(one, reason=mask.over(one.reason)) for key, one in facts.waived.items()
        },
    )
