"""From which hour on a day is told, and how long before a date."""

from datetime import UTC, date, datetime, timedelta

import pytest

from courses.rules.notices import digest_day, stage


@pytest.mark.parametrize("utc, hour, day", [
    ("2027-03-28T00:59", 2, None),  # 01.59, winter time
    ("2027-03-28T01:00", 2, date(2027, 3, 28)),  # 03.00: there is no two o'clock that night
    ("2027-10-31T00:00", 2, date(2027, 10, 31)),  # 02.00 the first time
    ("2027-10-31T01:00", 2, date(2027, 10, 31)),  # 02.00 again: the same day, asked for once
    ("2027-03-28T04:59", 7, None), ("2027-03-28T05:00", 7, date(2027, 3, 28)),
    ("2027-10-31T05:59", 7, None), ("2027-10-31T06:00", 7, date(2027, 10, 31)),
])
def test_the_hour_is_stockholms_also_when_the_clocks_change(utc, hour, day):
    assert digest_day(datetime.fromisoformat(utc).replace(tzinfo=UTC), hour) == day


def test_a_morning_without_a_server_costs_no_reminder():
    day = date(2027, 2, 12)
    assert [stage(day, day - timedelta(days=left)) for left in (8, 7, 5, 2, 1, 0, -1)] == [
        None, 7, 7, 7, 1, 1, None,
    ]
