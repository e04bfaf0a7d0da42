"""The promised day, its reminders and its moves, over everything that a Swedish year holds."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.calendar import STOCKHOLM, is_working_day
from courses.rules.promises import Reminder, counts, new_promise, reminder, working_days_left
from courses.rules.submissions import ANSWER_WITHIN, promised_on

START = date(2027, 1, 11)


def promise(day, breaks=()):
    return promised_on(day, starts_on=START, breaks=breaks)


@pytest.mark.parametrize("handed_in, answered", [
    (date(2027, 2, 1), date(2027, 2, 15)),  # ten ordinary working days
    (date(2026, 12, 18), date(2027, 1, 8)),  # Christmas, New Year and Epiphany
    (date(2027, 12, 17), date(2028, 1, 4)),  # Christmas Day is a Saturday: only the eves count
    (date(2027, 3, 19), date(2027, 4, 6)),  # Good Friday and Easter Monday
    (date(2027, 4, 30), date(2027, 5, 17)),  # Ascension Day; Labour Day is a Saturday
    (date(2027, 6, 18), date(2027, 7, 5)),  # Midsummer Eve
    (date(2027, 10, 25), date(2027, 11, 8)),  # All Saints' Day and the clock set back
])
def test_ten_working_days(handed_in, answered):
    assert promise(handed_in) == answered


def test_the_clock_set_forward_takes_no_day():
    """Friday 26 March 2027 is Good Friday; on Sunday the 28th an hour is missing."""
    before = datetime(2027, 3, 25, 22, 30, tzinfo=UTC).astimezone(STOCKHOLM)
    after = datetime(2027, 3, 28, 22, 30, tzinfo=UTC).astimezone(STOCKHOLM)

    assert (before.date(), after.date()) == (date(2027, 3, 25), date(2027, 3, 29))
    assert promise(before.date()) == date(2027, 4, 12)
    assert promise(after.date()) == date(2027, 4, 12)  # Easter Monday begins no day earlier


def test_weeks_of_break_do_not_count():
    assert promise(date(2027, 2, 1), breaks=[(5, 5)]) == date(2027, 2, 22)


@given(
    st.dates(date(2026, 1, 1), date(2040, 1, 1)),
    st.lists(st.tuples(st.integers(1, 60), st.integers(0, 6)), max_size=4),
)
def test_a_promise_is_a_day_on_which_people_work_and_it_counts_ten_of_them(day, weeks):
    breaks = [(first, first + more) for first, more in weeks]
    answered = promise(day, breaks)

    assert is_working_day(answered)
    without = [
        (START + timedelta(7 * (first - 1)), START + timedelta(7 * last - 1))
        for first, last in breaks
    ]
    assert working_days_left(answered, day, without=without) == ANSWER_WITHIN
    assert counts(answered, without)


@given(st.dates(date(2026, 1, 1), date(2040, 1, 1)), st.integers(0, 20))
def test_who_hands_in_later_is_not_answered_earlier(day, later):
    assert promise(day) <= promise(day + timedelta(later))


def test_how_many_days_are_left():
    friday = date(2027, 3, 19)
    assert [working_days_left(friday, friday - timedelta(n)) for n in (-1, 0, 1, 4, 7)] == [
        -1, 0, 1, 4, 5,
    ]


def test_the_first_reader_is_reminded_first_and_then_everybody():
    day = date(2027, 4, 6)  # a Tuesday, the weekend before it without a holiday
    told = {n: reminder(day, day - timedelta(n)) for n in range(-1, 8)}

    assert told == {
        -1: None, 0: Reminder.EVERYBODY, 1: Reminder.EVERYBODY, 2: Reminder.FIRST_READER,
        3: Reminder.FIRST_READER, 4: Reminder.FIRST_READER, 5: Reminder.FIRST_READER,
        6: None, 7: None,
    }


def test_no_reminder_counts_days_of_a_break():
    off = [(date(2027, 3, 1), date(2027, 3, 7))]

    assert reminder(date(2027, 3, 8), date(2027, 2, 25), without=off) is Reminder.FIRST_READER
    assert reminder(date(2027, 3, 8), date(2027, 2, 26), without=off) is Reminder.EVERYBODY


def test_a_promise_moves_five_working_days():
    assert new_promise(date(2027, 3, 22)) == date(2027, 3, 31)  # over Easter
    assert new_promise(date(2027, 12, 22)) == date(2027, 12, 30)
