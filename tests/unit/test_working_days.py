from datetime import date

import pytest

from courses.rules.working_days import easter, is_working_day, working_days_after


@pytest.mark.parametrize(
    "year,day", [(2026, date(2026, 4, 5)), (2027, date(2027, 3, 28)), (2028, date(2028, 4, 16))]
)
def test_easter(year, day):
    assert easter(year) == day


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 1, 1), date(2027, 1, 6), date(2027, 3, 26), date(2027, 3, 29),
        date(2027, 5, 6), date(2028, 5, 1), date(2028, 6, 6), date(2027, 6, 25),
        date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 2, 6),
    ],
)
def test_days_off(day):
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day,count,expected",
    [
        (date(2027, 3, 1), 10, date(2027, 3, 15)),
        (date(2027, 3, 5), 1, date(2027, 3, 8)),
        (date(2026, 12, 22), 10, date(2027, 1, 11)),
    ],
)
def test_working_days_are_counted_over_weekends_and_holidays(day, count, expected):
    assert working_days_after(day, count) == expected
