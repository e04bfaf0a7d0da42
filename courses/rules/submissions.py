"""Where a piece of work stands, what may happen to it next, and what people are told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from courses.errors import Reason, Refused
from courses.rules.calendar import week_days, working_days_after
from courses.rules.opening import is_late
from courses.vocabulary import SubmissionState, WorkWord

S = SubmissionState
ANSWER_WITHIN = 10
"""Working days that a trainer has."""


class Move(StrEnum):
    """What somebody does to a submission."""

    WRITE = "write"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    BEGIN_REVIEW = "begin_review"
    LEAVE_REVIEW = "leave_review"
    """A claim ran out or was given back before an answer."""
    RETURN = "return"
    APPROVE = "approve"
    HOLD = "hold"
    """Secrecy stop."""
    RELEASE = "release"
    EXCUSE = "excuse"


# move → state it may start from → state it ends in; None is no submission row yet
MOVES: dict[Move, dict[SubmissionState | None, SubmissionState]] = {
    Move.WRITE: {
        None: S.DRAFT, S.DRAFT: S.DRAFT, S.WITHDRAWN: S.WITHDRAWN, S.RETURNED: S.RETURNED,
        S.ON_HOLD: S.ON_HOLD,
    },
    Move.SUBMIT: {
        None: S.SUBMITTED, S.DRAFT: S.SUBMITTED, S.WITHDRAWN: S.SUBMITTED,
        S.RETURNED: S.SUBMITTED, S.ON_HOLD: S.SUBMITTED,
    },
    Move.WITHDRAW: {S.SUBMITTED: S.WITHDRAWN},
    Move.BEGIN_REVIEW: {S.SUBMITTED: S.IN_REVIEW, S.IN_REVIEW: S.IN_REVIEW},
    Move.LEAVE_REVIEW: {S.IN_REVIEW: S.SUBMITTED},
    Move.RETURN: {S.IN_REVIEW: S.RETURNED},
    Move.APPROVE: {S.IN_REVIEW: S.APPROVED},
    Move.HOLD: {
        S.SUBMITTED: S.ON_HOLD, S.IN_REVIEW: S.ON_HOLD, S.RETURNED: S.ON_HOLD,
        S.APPROVED: S.ON_HOLD,
    },
    Move.RELEASE: {S.ON_HOLD: S.SUBMITTED},
    Move.EXCUSE: {
        None: S.EXCUSED, S.DRAFT: S.EXCUSED, S.WITHDRAWN: S.EXCUSED, S.RETURNED: S.EXCUSED,
    },
}
_WHY: dict[SubmissionState | None, Reason] = {
    S.SUBMITTED: Reason.ALREADY_SUBMITTED,
    S.IN_REVIEW: Reason.ALREADY_SUBMITTED,
    S.APPROVED: Reason.ALREADY_APPROVED,
    S.ON_HOLD: Reason.WORK_ON_HOLD,
    S.EXCUSED: Reason.WORK_EXCUSED,
}
_HANDED_IN = {S.SUBMITTED, S.IN_REVIEW, S.RETURNED, S.APPROVED, S.ON_HOLD, S.EXCUSED}
_OPEN_WORDS = {WorkWord.NOT_STARTED, WorkWord.DRAFT, WorkWord.WITHDRAWN, WorkWord.REVISE}
_WORDS = {
    None: WorkWord.NOT_STARTED,
    S.DRAFT: WorkWord.NOT_STARTED,  # a later date was given; whether they write is asked apart
    S.SUBMITTED: WorkWord.SUBMITTED,
    S.IN_REVIEW: WorkWord.SUBMITTED,
    S.RETURNED: WorkWord.REVISE,
    S.APPROVED: WorkWord.APPROVED,
    S.WITHDRAWN: WorkWord.WITHDRAWN,
    S.EXCUSED: WorkWord.EXCUSED,
    S.ON_HOLD: WorkWord.ON_HOLD,
}


@dataclass(frozen=True, kw_only=True)
class WorkStatus:
    """Where somebody's work on one assignment stands, in the words they see.

    What a coordinator sees of it is `visible_status`."""

    word: WorkWord
    is_late: bool
    due_on: date | None

    @property
    def is_open(self) -> bool:
        """Whether it lies on the participant's table: to write, or to write more."""
        return self.word in _OPEN_WORDS


def work_status(
    state: SubmissionState | None, *, has_draft: bool, due_on: date | None, today: date
) -> WorkStatus:
    """Return the participant's status. `due_on` is the submission's own date, else the
    cohort's; it is late from the day after, while it is still to be handed in."""
    word = _WORDS[state]
    if word is WorkWord.NOT_STARTED and has_draft:
        word = WorkWord.DRAFT
    passed = word in _OPEN_WORDS and is_late(due_on, today)
    return WorkStatus(word=word, is_late=passed, due_on=due_on)


def next_state(state: SubmissionState | None, move: Move) -> SubmissionState:
    """Return the state after `move`, or refuse it. No submission row yet is None."""
    if (after := MOVES[move].get(state)) is not None:
        return after
    if move is Move.WITHDRAW:
        begun = state in (S.IN_REVIEW, S.ON_HOLD)
        raise Refused(Reason.REVIEW_HAS_BEGUN if begun else Reason.NOTHING_TO_WITHDRAW)
    if move in (Move.WRITE, Move.SUBMIT, Move.EXCUSE):
        raise Refused(_WHY[state])
    raise Refused(Reason.NEW_ROUND)


def after_excuse(
    state: SubmissionState, *, rounds: int, is_answered: bool
) -> SubmissionState:
    """Return where work stands that need not be done and now is asked for after all: where it
    stood. What is not excused stays as it is."""
    if state is not S.EXCUSED:
        return state
    if not rounds:
        return S.DRAFT
    return S.RETURNED if is_answered else S.WITHDRAWN


def may(state: SubmissionState | None, move: Move) -> bool:
    """Whether `move` is possible from `state`."""
    return state in MOVES[move]


def is_handed_in(state: SubmissionState | None) -> bool:
    """Whether what comes after it may be handed in: it need not be approved."""
    return state in _HANDED_IN


def reference(assignment_id: str, team_name: str | None, submission_id: int, number: int) -> str:
    """Return what people call a hand-in: `U1-SOR-0042 v2`. Without a team: REG."""
    letters = "".join(sign for sign in team_name or "" if sign.isalpha())[:3].upper()
    return f"{assignment_id}-{letters or 'REG'}-{submission_id:04d} v{number}"


def promised_on(
    handed_in_on: date, *, starts_on: date, breaks: Iterable[tuple[int, int]]
) -> date:
    """Return when the answer is due. `breaks` are weeks of the cohort, which do not count."""
    return working_days_after(
        handed_in_on, ANSWER_WITHIN, without=week_days(starts_on, breaks)
    )
