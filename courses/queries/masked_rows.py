"""What others wrote beside a text, as somebody reads it who may not read what was stopped.

The rows themselves are frozen, or belong to whoever wrote them: the reader gets others that are
in no session, so that nothing masked is ever stored.
"""

from dataclasses import replace
from typing import TypeVar

from sqlalchemy import inspect

from courses.models import Base, Review
from courses.queries.team_facts import TeamFacts
from courses.rules.masking import Mask

Row = TypeVar("Row", bound=Base)


def copy_under(mask: Mask, row: Row, *names: str) -> Row:
    """Return the row, or when words are hidden in these columns a copy of it without them."""
    values = {name: getattr(row, name) for name in names}
    masked = {name: mask.over(value) for name, value in values.items()}
    if masked == values:
        return row
    kept = {one.key: getattr(row, one.key) for one in inspect(row).mapper.column_attrs}
    return type(row)(**kept | masked)


def said_under(mask: Mask, review: Review | None) -> Review | None:
    """Return an answer without what is hidden from the reader."""
    return review and copy_under(mask, review, "comments", "overall", "reason")


def facts_under(mask: Mask, facts: TeamFacts, reader_id: int) -> TeamFacts:
    """Return what a team says of its work without what is hidden from the reader, who has the
    place `reader_id`; what they have said themselves stands as it is."""
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
