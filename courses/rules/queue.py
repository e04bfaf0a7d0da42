"""In which order what waits is answered."""

from datetime import date
from enum import IntEnum

from courses.vocabulary import SubmissionState


class Turn(IntEnum):
    """What comes back is read before what is new: its authors wait for the second time."""

    AGAIN = 0
    NEW = 1


QueueKey = tuple[int, date, int]


def queue_key(turn: int, promised_on: date, submission_id: int) -> QueueKey:
    """Return what the queue is sorted by: what comes back first, then the oldest promise, then
    the lower number. No two hand-ins have the same key, so a page begins where the last ended."""
    return (turn, promised_on, submission_id)


def turn_of(before: SubmissionState | None, turn: int | None) -> Turn:
    """Return whose turn a hand-in is when the work stood at `before`. What was sent back or
    stopped comes again; who takes a text back and hands it in anew keeps the turn it had."""
    if before in (SubmissionState.RETURNED, SubmissionState.ON_HOLD):
        return Turn.AGAIN
    if before is SubmissionState.WITHDRAWN and turn is not None:
        return Turn(turn)
    return Turn.NEW
