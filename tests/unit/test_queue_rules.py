"""Whose turn it is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.queue import Turn, queue_key, turn_of
from courses.vocabulary import SubmissionState as S

CHRISTMAS = date(2026, 12, 23)
EASTER = date(2027, 3, 25)


def key_of(one):
    return queue_key(*one)


def test_what_comes_back_is_first_then_the_oldest_promise_then_the_lower_number():
    waiting = [
        (Turn.NEW, EASTER, 4), (Turn.AGAIN, EASTER, 9), (Turn.NEW, CHRISTMAS, 8),
        (Turn.AGAIN, CHRISTMAS, 10), (Turn.NEW, CHRISTMAS, 7),
    ]

    assert sorted(waiting, key=key_of) == [
        (Turn.AGAIN, CHRISTMAS, 10), (Turn.AGAIN, EASTER, 9), (Turn.NEW, CHRISTMAS, 7),
        (Turn.NEW, CHRISTMAS, 8), (Turn.NEW, EASTER, 4),
    ]


@given(st.data(), st.lists(
    st.tuples(st.sampled_from(Turn), st.dates(), st.integers(1, 10_000)),
    unique_by=lambda one: one[2],
))
def test_the_order_does_not_depend_on_who_was_found_first(data, waiting):
    found = data.draw(st.permutations(waiting))

    assert sorted(found, key=key_of) == sorted(waiting, key=key_of)


@pytest.mark.parametrize("before, turn, after", [
    (None, None, Turn.NEW),
    (S.DRAFT, Turn.NEW, Turn.NEW),
    (S.RETURNED, Turn.NEW, Turn.AGAIN),
    (S.ON_HOLD, Turn.NEW, Turn.AGAIN),
    (S.WITHDRAWN, Turn.NEW, Turn.NEW),  # taking back wins nobody a better place
    (S.WITHDRAWN, Turn.AGAIN, Turn.AGAIN),
])
def test_whose_turn_a_hand_in_is(before, turn, after):
    assert turn_of(before, turn) is after
