from datetime import UTC, date, datetime

import pytest

from courses.rules.calendar import (
    days_between,
    easter,
    holidays,
    is_working_day,
    week_days,
    working_days_after,
)


@pytest.mark.parametrize("day", [
    date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25),
    date(2049, 4, 18), date(2285, 3, 22),
])
def test_easter_falls_where_the_almanac_has_it(day):
    assert easter(day.year) == day


@pytest.mark.parametrize("day", [
    date(2027, 1, 1), date(2027, 1, 6), date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 6),
    date(2027, 6, 25), date(2027, 12, 24), date(2027, 12, 31), date(2026, 10, 31),
    date(2028, 6, 6), date(2027, 5, 1), date(2027, 8, 8),
])
def test_nobody_works_on_holidays_and_weekends(day):
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2027, 1, 5), date(2027, 6, 24), date(2027, 5, 17)])
def test_other_days_are_for_work(day):
    assert is_working_day(day)


def test_a_year_has_thirteen_holidays_and_three_eves():
    assert len(holidays(2027)) == 16


def test_working_days_pass_over_christmas():
    assert working_days_after(date(2026, 12, 22), 3) == date(2026, 12, 29)


def test_working_days_pass_over_a_break():
    off = [(date(2027, 3, 1), date(2027, 3, 7))]

    assert working_days_after(date(2027, 2, 25), 2, without=off) == date(2027, 3, 8)


def test_weeks_count_from_the_monday_of_the_first():
    assert week_days(date(2026, 9, 16), [(1, 1), (3, 4)]) == [
        (date(2026, 9, 14), date(2026, 9, 20)), (date(2026, 9, 28), date(2026, 10, 11)),
    ]


def test_days_are_those_of_stockholm():
    evening = datetime(2027, 1, 10, 22, 59, tzinfo=UTC)

    assert days_between(evening, datetime(2027, 1, 10, 23, 1, tzinfo=UTC)) == 1
