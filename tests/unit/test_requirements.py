"""What a cohort asks for, and the events that it is counted from."""

import pytest

from courses.rules.requirements import (
    completed_items,
    is_met,
    required_by_module,
    required_items,
    requirement_statuses,
)
from courses.vocabulary import CompletionKind

ALL = {"id": "lessons", "kind": "all", "items": ["L1", "L2"], "count": 2}
TWO_OF_THREE = {"id": "work", "kind": "at_least", "items": ["U1", "U2", "L2"], "count": 2}


@pytest.mark.parametrize(
    "completed, met",
    [
        (set(), False),
        ({"L1"}, False),
        ({"L1", "L2"}, False),
        ({"L1", "L2", "U1"}, True),
        ({"U1", "U2", "L1"}, False),
        ({"L1", "L2", "U1", "U2", "X"}, True),
    ],
)
def test_every_line_must_be_met(completed, met):
    assert is_met([ALL, TWO_OF_THREE], completed) is met


def test_who_asks_for_nothing_is_never_met():
    assert not is_met([], {"L1"})


def test_a_line_counts_what_it_needs_and_no_more():
    (work,) = requirement_statuses([TWO_OF_THREE], {"U1", "U2", "L2"})

    assert (work.done, work.needed, work.is_met) == (2, 2, True)


def test_each_required_item_is_named_once_in_order():
    assert required_items([ALL, TWO_OF_THREE]) == ["L1", "L2", "U1", "U2"]
    assert required_by_module([ALL, TWO_OF_THREE], {"M1": ["U1", "L1"], "M2": ["X"]}) == {
        "M1": ["L1", "U1"], "M2": [],
    }


def test_only_what_is_taken_back_is_lost():
    done, waived, undone = CompletionKind.DONE, CompletionKind.WAIVED, CompletionKind.UNDONE

    events = [("L1", done), ("L2", waived), ("L1", undone), ("U1", undone), ("U1", done)]

    assert completed_items(events) == {"L2": 1, "U1": 4}
