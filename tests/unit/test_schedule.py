from datetime import date

import pytest

from courses.rules.alphabet import alphabetical
from courses.rules.schedule import schedule, working_week

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


def test_a_meeting_of_four_half_days_takes_two_days():
    meeting = plan(meetings={"T1": (2, 4)}).meetings["T1"]
    assert f"{meeting.starts_at:%a %H:%M}" == "Wed 09:00"
    assert f"{meeting.ends_at:%a %H:%M}" == "Thu 16:00"
    assert f"{plan(meetings={'T': (2, 1)}).meetings['T'].ends_at:%a %H:%M}" == "Wed 12:00"


def test_the_clock_keeps_its_hour_when_summer_time_ends():
    meetings = plan(meetings={"A": (1, 2), "B": (8, 2)}).meetings
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
