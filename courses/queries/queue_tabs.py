"""The tabs of a trainer's queue, and how many lie in each."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, String, and_, func, literal, select, type_coerce, union_all
from sqlalchemy.orm import Session

from courses.identity import Identity
from courses.models import Submission
from courses.queries.questions import waiting_questions
from courses.queries.queue_narrowing import WAITING, Narrowing, is_claimed, narrowed, waits
from courses.rules.reviews import OPEN
from courses.vocabulary import SubmissionState

QUESTIONS = "questions"
"""Among the counts, beside the states: what waits in threads."""
CLAIMED = "claimed"
"""Among the counts, beside the states: what a trainer has now."""


class Tab(StrEnum):
    WAITING = "waiting"
    """Nobody has it yet."""
    ONGOING = "ongoing"
    """A trainer has it now."""
    RETURNED = "returned"
    DONE = "done"


IN_ORDER = (Tab.WAITING, Tab.ONGOING)
"""Sorted by whose turn it is; the others by when they were handed in."""


def in_tab(tab: Tab, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a hand-in lies in `tab`."""
    return {
        Tab.WAITING: waits(now),
        Tab.ONGOING: and_(WAITING, is_claimed(now)),
        Tab.RETURNED: Submission.state == SubmissionState.RETURNED,
        Tab.DONE: Submission.state == SubmissionState.APPROVED,
    }[tab]


def tab_counts(
    session: Session, identity: Identity, narrowing: Narrowing, now: datetime
) -> tuple[dict[Tab, int], int]:
    """Return how many lie in each tab, and in how many threads a question waits.

    What is claimed is counted by itself, in an index that holds nothing else: the thousands that
    nobody has are then counted without one of them being looked at.
    """
    rows = session.execute(
        union_all(
            select(type_coerce(Submission.state, String), func.count())
            .where(*narrowed(identity, narrowing))
            .group_by(Submission.state),
            select(literal(CLAIMED), func.count())
            .select_from(Submission)
            .where(
                *narrowed(identity, narrowing, by_cohort=False), in_tab(Tab.ONGOING, now)
            ),
            select(literal(QUESTIONS), waiting_questions(identity)),
        )
    )
    found: dict[str, int] = {row[0]: row[1] for row in rows}
    return {
        Tab.WAITING: sum(found.get(state, 0) for state in OPEN) - found[CLAIMED],
        Tab.ONGOING: found[CLAIMED],
        Tab.RETURNED: found.get(SubmissionState.RETURNED, 0),
        Tab.DONE: found.get(SubmissionState.APPROVED, 0),
    }, found[QUESTIONS]
