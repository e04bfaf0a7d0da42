"""What is written as a personal number and is none is asked about, and stops nothing."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from courses.rules.identity_guard import FindingKind, find

DAYS = st.dates(date(1900, 1, 1), date(2019, 12, 31))
LAST = st.integers(0, 9999).map("{:04}".format)
KINDS = (FindingKind.PERSONAL_NUMBER, FindingKind.MISTYPED_NUMBER)


@given(DAYS, LAST, st.booleans(), st.booleans(), st.sampled_from("-+–"))
def test_a_day_and_four_digits_are_never_let_through_unasked(
    day, last, is_long, is_coordination, sign
):
    written = f"{day.month:02}{day.day + 60 * is_coordination:02}{sign}{last}"
    number = f"{day.year if is_long else '1985'}"[0 if is_long else 2:] + written
    if day.month == 2 and day.day == 29 and not is_long:
        return

    found = find(f"Det gällde {number} den gången.")

    assert [(one.text, one.kind in KINDS) for one in found] == [(number, True)]


@given(DAYS, st.integers(0, 999))
def test_one_of_ten_check_digits_stops_and_nine_are_asked_about(day, three):
    kinds = [
        find(f"Det gällde {day:%Y%m%d}-{three:03}{digit}.")[0].kind for digit in range(10)
    ]

    assert sorted(kinds) == sorted([KINDS[0]] + [KINDS[1]] * 9)


@given(st.integers(0, 99), st.integers(13, 99), st.integers(0, 99), LAST)
def test_what_holds_no_day_is_something_else(year, month, day, last):
    """As the numbers of organizations, whose third digit is at least 2."""
    found = find(f"Numret är {year:02}{month:02}{day:02}-{last}.")

    assert [one for one in found if one.kind in KINDS] == []


@given(st.dates(date(2020, 1, 1), date(2039, 12, 31)), st.times())
def test_a_meeting_is_no_birth(day, time):
    found = find(f"Vi ses {day:%Y%m%d}-{time:%H%M}.")

    assert [one for one in found if one.kind is FindingKind.MISTYPED_NUMBER] == []


@given(st.dates(date(2020, 1, 1), date(2039, 12, 31)), st.dates(date(2020, 1, 1)))
def test_a_period_is_no_birth(first, last):
    found = find(f"Vi räknade {first:%Y%m%d}-{last:%m%d} och {first:%Y%m%d}-{last:%Y%m%d}.")

    assert [one for one in found if one.kind is FindingKind.MISTYPED_NUMBER] == []


@given(DAYS, LAST, st.sampled_from(["dnr ", "Diarienummer: ", "ärendenr ", "tfn ", "ring "]))
def test_what_the_words_before_call_something_else_is_not_asked_about(day, last, words):
    found = find(f"Se {words}{day:%y%m%d}-{last} i listan.")

    assert [one for one in found if one.kind is FindingKind.MISTYPED_NUMBER] == []
