from itertools import product

import pytest

from courses.rules.small_cells import (
    SMALL_CELL_MIN,
    Shown,
    may_show_percent,
    protected,
    protected_size,
    published,
)


@pytest.mark.parametrize("size", range(1, SMALL_CELL_MIN))
def test_a_group_of_fewer_than_five_says_nothing(size):
    for count in range(size + 1):
        figure = protected(count, size)
        assert (figure.shown, figure.count, figure.size) == (Shown.HIDDEN, None, None)


@pytest.mark.parametrize(
    ("count", "size", "shown"),
    [
        (1, 20, Shown.FEW), (4, 20, Shown.FEW), (5, 20, Shown.EXACT), (15, 20, Shown.EXACT),
        (16, 20, Shown.NEARLY_ALL), (19, 20, Shown.NEARLY_ALL), (20, 20, Shown.EXACT),
        (0, 20, Shown.EXACT), (0, 9, Shown.HIDDEN), (9, 9, Shown.HIDDEN), (0, 10, Shown.EXACT),
        (10, 10, Shown.EXACT), (5, 9, Shown.NEARLY_ALL),
    ],
)
def test_counts_near_the_ends_are_ranges(count, size, shown):
    assert protected(count, size).shown is shown


def test_a_count_is_carried_along_only_when_it_is_exact():
    for size in range(60):
        for count in range(size + 1):
            figure = protected(count, size)
            assert (figure.count is not None) == (figure.shown is Shown.EXACT)


def test_an_impossible_count_is_an_error():
    with pytest.raises(ValueError, match="6 of 5"):
        protected(6, 5)


def test_one_small_group_leaves_only_the_total():
    table = published({"A": (6, 12), "B": (2, 3)})
    assert table.rows is None
    assert (table.total.count, table.total.size) == (8, 15)


def test_a_range_in_a_table_leaves_out_the_total():
    table = published({"A": (6, 12), "B": (3, 12)})
    assert table.rows["B"].shown is Shown.FEW
    assert table.total is None


def test_no_subtraction_gives_a_hidden_cell_away():
    for a, b in product(range(13), range(8)):
        table = published({"A": (a, 12), "B": (b, 7)})
        hidden = [f for f in table.rows.values() if f.count is None]
        assert not (hidden and table.total)


def test_what_remains_after_those_one_knows_is_protected_too():
    assert protected_size(4) is None
    assert protected_size(12, known=9) is None
    assert protected_size(12, known=12) == 12
    assert protected_size(12, known=7) == 12


def test_percent_from_twenty():
    assert not may_show_percent(19)
    assert may_show_percent(20)
