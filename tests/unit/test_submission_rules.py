from datetime import date
from itertools import pairwise, product

import pytest

from courses.errors import Reason, Refused
from courses.rules.submissions import (
    MOVES,
    Move,
    is_handed_in,
    may,
    next_state,
    reference,
    work_status,
)
from courses.vocabulary import SubmissionState, WorkWord

S = SubmissionState
STATES = [None, *SubmissionState]
DAY = date(2027, 3, 12)
# written down once more, by hand: move → "from > to"
LEGAL = {
    Move.WRITE: "none>draft draft>draft withdrawn>withdrawn returned>returned "
    "on_hold>on_hold",
    Move.SUBMIT: "none>submitted draft>submitted withdrawn>submitted returned>submitted "
    "on_hold>submitted",
    Move.WITHDRAW: "submitted>withdrawn",
    Move.BEGIN_REVIEW: "submitted>in_review in_review>in_review",
    Move.LEAVE_REVIEW: "in_review>submitted",
    Move.RETURN: "in_review>returned",
    Move.APPROVE: "in_review>approved",
    Move.HOLD: "submitted>on_hold in_review>on_hold returned>on_hold approved>on_hold",
    Move.RELEASE: "on_hold>submitted",
    Move.EXCUSE: "none>excused draft>excused withdrawn>excused returned>excused",
}


def _legal(move):
    return dict(pair.split(">") for pair in LEGAL[move].split())


@pytest.mark.parametrize("state,move", list(product(STATES, Move)))
def test_every_move_from_every_state_goes_where_it_may_or_is_refused(state, move):
    expected = _legal(move).get(state or "none")
    if expected is None:
        assert not may(state, move)
        with pytest.raises(Refused):
            next_state(state, move)
    else:
        assert may(state, move)
        assert next_state(state, move) == expected


@pytest.mark.parametrize(
    "state,move,reason",
    [
        (S.SUBMITTED, Move.SUBMIT, Reason.ALREADY_SUBMITTED),
        (S.IN_REVIEW, Move.WRITE, Reason.ALREADY_SUBMITTED),
        (S.APPROVED, Move.SUBMIT, Reason.ALREADY_APPROVED),
        (S.ON_HOLD, Move.EXCUSE, Reason.WORK_ON_HOLD),
        (S.EXCUSED, Move.WRITE, Reason.WORK_EXCUSED),
        (S.IN_REVIEW, Move.WITHDRAW, Reason.REVIEW_HAS_BEGUN),
        (None, Move.WITHDRAW, Reason.NOTHING_TO_WITHDRAW),
        (S.RETURNED, Move.WITHDRAW, Reason.NOTHING_TO_WITHDRAW),
        (S.WITHDRAWN, Move.APPROVE, Reason.NEW_ROUND),
    ],
)
def test_a_refusal_says_why(state, move, reason):
    with pytest.raises(Refused) as refused:
        next_state(state, move)
    assert refused.value.reason is reason


def test_no_walk_hands_in_twice_without_a_return_or_a_withdrawal_between():
    """All walks of up to seven moves by participant and trainer, from nothing."""
    moves = [m for m in Move if m not in (Move.HOLD, Move.RELEASE, Move.EXCUSE)]
    walks = [(None, ())]
    seen = set()
    for _step in range(7):
        nxt = {}
        for state, trail in walks:
            for move in moves:
                if may(state, move):
                    marks = (*trail, move) if move in (
                        Move.SUBMIT, Move.WITHDRAW, Move.RETURN, Move.APPROVE
                    ) else trail
                    nxt[(MOVES[move][state], marks)] = None
        walks = list(nxt)
        seen.update(trail for _, trail in walks)
    for trail in seen:
        for first, second in pairwise(trail):
            assert (first, second) != (Move.SUBMIT, Move.SUBMIT)
            assert first is not Move.APPROVE, "nothing follows an approval"
            assert (first, second) not in {
                (Move.RETURN, Move.WITHDRAW), (Move.WITHDRAW, Move.RETURN),
                (Move.RETURN, Move.APPROVE), (Move.WITHDRAW, Move.APPROVE),
            }


@pytest.mark.parametrize(
    "state,has_draft,word",
    [
        (None, False, WorkWord.NOT_STARTED),
        (None, True, WorkWord.DRAFT),
        (S.DRAFT, False, WorkWord.NOT_STARTED),  # a later date was given, nothing is written
        (S.DRAFT, True, WorkWord.DRAFT),
        (S.SUBMITTED, True, WorkWord.SUBMITTED),
        (S.IN_REVIEW, True, WorkWord.SUBMITTED),
        (S.RETURNED, True, WorkWord.REVISE),
        (S.APPROVED, True, WorkWord.APPROVED),
        (S.WITHDRAWN, True, WorkWord.WITHDRAWN),
        (S.EXCUSED, False, WorkWord.EXCUSED),
        (S.ON_HOLD, True, WorkWord.ON_HOLD),
    ],
)
def test_the_word_for_every_state(state, has_draft, word):
    status = work_status(state, has_draft=has_draft, due_on=None, today=DAY)

    assert status.word is word
    assert not status.is_late


@pytest.mark.parametrize("state", STATES)
def test_late_from_the_day_after_while_it_is_still_to_be_handed_in(state):
    def late(today):
        return work_status(state, has_draft=False, due_on=DAY, today=today).is_late

    assert not late(DAY)
    assert late(date(2027, 3, 13)) is (state in {None, S.DRAFT, S.RETURNED, S.WITHDRAWN})


def test_the_next_joint_assignment_waits_for_a_hand_in_not_for_an_approval():
    assert {s for s in STATES if not is_handed_in(s)} == {None, S.DRAFT, S.WITHDRAWN}


@pytest.mark.parametrize(
    "team,expected",
    [
        ("Sorsele", "U1-SOR-0042 v2"),
        ("Åsele", "U1-ÅSE-0042 v2"),
        ("A 1 b c", "U1-ABC-0042 v2"),
        (None, "U1-REG-0042 v2"),
        ("12", "U1-REG-0042 v2"),
    ],
)
def test_a_reference_that_can_be_read_out(team, expected):
    assert reference("U1", team, 42, 2) == expected
