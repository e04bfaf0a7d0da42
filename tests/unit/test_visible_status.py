from datetime import date, timedelta

import pytest

from courses.rules.visible_status import OPEN_STATES, VisibleStatus, visible_status
from courses.vocabulary import SubmissionState

TODAY = date(2027, 3, 10)
BEFORE = TODAY - timedelta(days=1)


def see(state=None, *, is_done=False, has_draft=False, due_on=None):
    return visible_status(
        state, is_done=is_done, has_draft=has_draft, due_on=due_on, today=TODAY
    )


@pytest.mark.parametrize("state", list(SubmissionState))
def test_every_state_has_a_word_and_returned_looks_like_any_work_going_on(state):
    assert see(state).status in list(VisibleStatus)
    assert see(SubmissionState.RETURNED) == see(has_draft=True)


@pytest.mark.parametrize("has_draft", [True, False])
def test_a_later_date_says_nothing_of_the_work(has_draft):
    assert see(SubmissionState.DRAFT, has_draft=has_draft) == see(has_draft=has_draft)


def test_a_secrecy_stop_looks_like_something_handed_in():
    assert see(SubmissionState.ON_HOLD, due_on=BEFORE) == see(
        SubmissionState.SUBMITTED, due_on=BEFORE
    )


def test_nothing_written_is_not_started_and_a_draft_is_ongoing():
    assert see().status is VisibleStatus.NOT_STARTED
    assert see(has_draft=True).status is VisibleStatus.ONGOING


def test_late_is_said_the_day_after_the_date_and_not_on_it():
    assert not see(due_on=TODAY).is_late
    assert see(due_on=BEFORE).is_late


@pytest.mark.parametrize("state", list(SubmissionState))
def test_only_what_waits_for_its_author_can_be_late(state):
    assert see(state, due_on=BEFORE).is_late == (state in OPEN_STATES)


def test_what_counts_as_done_is_done_whatever_its_state():
    assert see(SubmissionState.RETURNED, is_done=True, due_on=BEFORE) == see(
        SubmissionState.APPROVED
    )
