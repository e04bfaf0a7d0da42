"""What may be asked about an assignment, and what a later date must be like."""

from collections.abc import Iterable
from datetime import date

from courses.errors import Reason
from courses.rules.calendar import week_days
from courses.rules.submissions import Move, may
from courses.vocabulary import SubmissionState

LONGEST_MESSAGE = 5_000
LONGEST_LINE = 500


def is_still_to_hand_in(state: SubmissionState | None) -> bool:
    """Whether more time means anything: it has not been handed in, or is to be again."""
    return may(state, Move.SUBMIT)


def wrong_with_date(
    day: date,
    *,
    now_due: date | None,
    starts_on: date,
    ends_on: date,
    breaks: Iterable[tuple[int, int]],
    today: date,
) -> Reason | None:
    """Return why `day` cannot be the new last day; None when it can. `breaks` are weeks of the
    cohort, which begins on `starts_on`."""
    if day < today:
        return Reason.DUE_IN_THE_PAST
    if day > ends_on:
        return Reason.DATE_AFTER_COHORT
    if any(first <= day <= last for first, last in week_days(starts_on, breaks)):
        return Reason.DATE_IN_BREAK
    if now_due is not None and day <= now_due:
        return Reason.DATE_NOT_LATER
    return None


def reading_reference(round_reference: str, number: int) -> str:
    """Return what people call a copy sent for reading: `U3-SOR-0042 U1`, beside the hand-ins
    `U3-SOR-0042 v1` of the same work."""
    return f"{round_reference.rpartition(' ')[0]} U{number}"
