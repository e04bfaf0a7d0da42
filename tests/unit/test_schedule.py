from datetime import date

import pytest

from courses.rules.alphabet import alphabetical
from courses.rules.schedule import MeetingWeek, is_lunch_to_lunch, schedule, working_week

MONDAY = date(2026, 9, 14)


def plan(**changes):
    parts = {"opens": {}, "due": {}, "meetings": {}, "breaks": []}
    return schedule(MONDAY, **parts | changes)


def test_modules_open_on_mondays_and_work_is_due_on_fridays():
    dates = plan(opens={"M1": 1, "M2": 3}, due={"U1": 5})
    assert dates.opens == {"M1": MONDAY, "M2": date(2026, 9, 28)}
    assert dates.due == {"U1": date(2026, 10, 16)}
    assert dates.ends_on == date(2026, 11, 13)


def test_what_falls_in_a_break_comes_after_it():
    dates = plan(opens={"M2": 4}, due={"U1": 5}, breaks=[(4, 4), (5, 6)])
    assert dates.opens["M2"] == date(2026, 10, 26)  # week 7: the breaks follow on each other
    assert working_week(3, [(4, 6)]) == 3


def meeting(week, half_days, days=1, **changes):
    planned = {"T": MeetingWeek(week=week, half_days=half_days, days=days)}
    return plan(meetings=planned, **changes).meetings["T"]


@pytest.mark.parametrize(
    ("half_days", "days", "begins", "ends"),
    [
        (1, 1, "Wed 09:00", "Wed 12:00"),
        (2, 1, "Wed 09:00", "Wed 16:00"),
        (2, 2, "Wed 12:00", "Thu 12:00"),
        (3, 2, "Wed 09:00", "Thu 12:00"),
        (4, 2, "Wed 09:00", "Thu 16:00"),
    ],
)
def test_a_meeting_lies_over_its_days(half_days, days, begins, ends):
    planned = meeting(2, half_days, days)
    assert f"{planned.starts_at:%a %H:%M}" == begins
    assert f"{planned.ends_at:%a %H:%M}" == ends
    assert is_lunch_to_lunch(planned.starts_at, planned.ends_at) == (half_days == days == 2)


@pytest.mark.parametrize(
    ("week", "days", "first"),
    [
        (17, 1, date(2027, 1, 7)),  # Epiphany is on the Wednesday
        (17, 2, date(2027, 1, 7)),
        (34, 1, date(2027, 5, 5)),
        (34, 2, date(2027, 5, 10)),  # Ascension Day on the Thursday: the Friday is too short
    ],
)
def test_a_holiday_on_either_day_moves_the_whole_meeting(week, days, first):
    planned = meeting(week, 2, days)
    assert planned.starts_at.date() == first
    assert (planned.ends_at.date() - first).days == days - 1


def test_a_meeting_is_moved_past_a_break_too():
    assert meeting(2, 2, 2, breaks=[(2, 3)]).starts_at.date() == date(2026, 10, 7)
    moved = meeting(34, 2, 2, breaks=[(35, 36)])  # from Ascension Day into the break
    assert moved.starts_at.date() == date(2027, 5, 24)


def test_the_clock_keeps_its_hour_when_summer_time_ends():
    meetings = plan(meetings={
        "A": MeetingWeek(week=1, half_days=2), "B": MeetingWeek(week=8, half_days=2)
    }).meetings
    assert {m.starts_at.hour for m in meetings.values()} == {9}
    assert meetings["A"].starts_at.utcoffset() != meetings["B"].starts_at.utcoffset()


def test_the_first_day_is_a_monday():
    with pytest.raises(ValueError, match="no Monday"):
        schedule(date(2026, 9, 15), opens={}, due={}, meetings={}, breaks=[])


def test_swedish_letters_come_last():
    names = ["Öckerö", "Åsele", "Ängelholm", "Sorsele", "Malå", "malung", "Éka"]
    assert sorted(names, key=alphabetical) == [
        "Éka", "malung", "Malå", "Sorsele", "Åsele", "Ängelholm", "Öckerö"
    ]


def test_work_is_not_due_on_a_holiday():
    assert plan(due={"U1": 15}).due["U1"] == date(2026, 12, 28)  # week 15 ends on Christmas Day
