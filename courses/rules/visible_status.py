"""What a coordinator sees of an assignment: four words, and whether it is late."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from courses.rules.opening import is_late
from courses.vocabulary import SubmissionState


class VisibleStatus(StrEnum):
    """The only words about an assignment that leave its author, team and trainers."""

    NOT_STARTED = "not_started"
    ONGOING = "ongoing"
    SUBMITTED = "submitted"
    DONE = "done"


# A work sent back, a stopped one and a withdrawn one look like any other that is not done.
_WORDS = {
    SubmissionState.DRAFT: VisibleStatus.ONGOING,
    SubmissionState.RETURNED: VisibleStatus.ONGOING,
    SubmissionState.WITHDRAWN: VisibleStatus.ONGOING,
    SubmissionState.SUBMITTED: VisibleStatus.SUBMITTED,
    SubmissionState.IN_REVIEW: VisibleStatus.SUBMITTED,
    SubmissionState.ON_HOLD: VisibleStatus.SUBMITTED,
    SubmissionState.APPROVED: VisibleStatus.DONE,
    SubmissionState.EXCUSED: VisibleStatus.DONE,
}
OPEN_STATES = tuple(s for s, word in _WORDS.items() if word is VisibleStatus.ONGOING)
"""States in which a passed date makes the work late."""


@dataclass(frozen=True, kw_only=True)
class Visible:
    """A word and, after the date, that it is late."""

    status: VisibleStatus
    is_late: bool


def visible_status(
    state: SubmissionState | None,
    *,
    is_done: bool,
    has_draft: bool,
    due_on: date | None,
    today: date,
) -> Visible:
    """Return what a coordinator may know of an assignment. It is late the day after its date,
    as long as it is neither handed in nor done."""
    if is_done:
        status = VisibleStatus.DONE
    elif state not in (None, SubmissionState.DRAFT):  # a later date says nothing of the work
        status = _WORDS[state]
    else:
        status = VisibleStatus.ONGOING if has_draft else VisibleStatus.NOT_STARTED
    waits_for_author = status in (VisibleStatus.NOT_STARTED, VisibleStatus.ONGOING)
    return Visible(status=status, is_late=waits_for_author and is_late(due_on, today))
