"""What of a survey's answers may be shown, and when one is open."""

from collections import defaultdict
from datetime import date
from itertools import combinations, pairwise
from types import SimpleNamespace

import pytest

from courses.rules.survey_results import Shares, protected_shares
from courses.rules.surveys import Period, beginning_of_week, survey_period, week_of

STEPS = 3
CELLS = STEPS + 2
"""The steps, the answer beside them, and leaving it out."""


def ways(total, cells):
    """Every way in which `total` people can fall into `cells` cells."""
    for bars in combinations(range(total + cells - 1), cells - 1):
        ends = (-1, *bars, total + cells - 1)
        yield tuple(b - a - 1 for a, b in pairwise(ends))


def median(cells):
    values = [step for step, count in enumerate(cells[:STEPS], 1) for _ in range(count)]
    return values[(len(values) - 1) // 2] if len(values) >= 5 else None


def test_nothing_of_four():
    assert protected_shares([4, 0, 0, 0], 4, steps=STEPS) is None


def test_of_five_only_the_middle():
    assert protected_shares([0, 2, 3, 0], 5, steps=STEPS) == Shares(
        cells=(None,) * 4, blank=None, median=3
    )


def test_large_cells_stand_and_a_small_one_takes_another_with_it():
    assert protected_shares([6, 7, 12, 0], 25, steps=STEPS) == Shares(
        cells=(6, 7, 12, 0), blank=0, median=2
    )
    assert protected_shares([2, 7, 8, 8], 25, steps=STEPS).cells == (None, None, 8, 8)


@pytest.mark.parametrize("answered", [*range(5, 13), 17])
def test_no_count_from_one_to_four_can_be_worked_out(answered):
    """Whoever knows all that is shown can think of another way in which it came about."""
    every = list(ways(answered, CELLS))
    shown = {protected_shares(one[:-1], answered, steps=STEPS) for one in every}
    by_median = defaultdict(list)
    for one in every:
        by_median[median(one)].append(one)
    assert shown
    for shares in shown:
        cells = (*shares.cells, shares.blank)
        assert not [one for one in cells if one is not None and 0 < one < 5]
        hidden = [n for n, one in enumerate(cells) if one is None]
        fitting = [
            one
            for one in (every if shares.median is None else by_median[shares.median])
            if all(cell in (None, one[n]) for n, cell in enumerate(cells))
            and (answered < 10 or all(one[n] for n in hidden))  # else an empty one is shown
        ]
        for n in hidden:
            assert {one[n] for one in fitting} == {0} or len({one[n] for one in fitting}) > 1


def test_when_a_survey_is_open():
    starts_on, ends_on = date(2027, 9, 20), date(2028, 10, 31)

    def period(**when):
        survey = SimpleNamespace(**{"week": None, "months_after": None} | when)
        return survey_period(survey, starts_on, ends_on, [(42, 46)])

    assert period() is None
    assert period(week=1) == Period(opens_on=starts_on, closes_on=ends_on)
    assert period(week=43).opens_on == date(2028, 8, 7)  # after the break
    assert period(months_after=6) == Period(
        opens_on=date(2029, 4, 28), closes_on=date(2029, 7, 21)
    )
    assert [period(week=1).is_open(day) for day in (date(2027, 9, 19), starts_on, ends_on)] == [
        False, True, True,
    ]


def test_a_day_is_kept_as_its_week():
    assert week_of(date(2026, 11, 22)) == date(2026, 11, 16)
    assert beginning_of_week(date(2026, 11, 22)).isoformat() == "2026-11-16T00:00:00+01:00"
