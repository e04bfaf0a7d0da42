"""A form changes one value of a file that an author wrote by hand; nothing else moves."""

import tomllib

import pytest

from courses.catalog.writing_back import change_fact, change_help_line
from courses.errors import NotFound, Reason, Refused

LINES = '''# Kontrolleras två gånger om året.
[[lines]]
id = "en"   # den första
number = '020-1'
hours = """
Dygnet
runt"""

[[lines]]
id = "tva"
number = "020-2"
hours_en = "Day and night"
'''.encode()


def test_only_the_value_is_another():
    new = change_help_line(LINES, "tva", {"number": "020-3", "hours_en": "Day and night"})

    assert new == LINES.replace(b'"020-2"', b'"020-3"')


def test_a_value_that_is_as_it_was_leaves_the_file_alone():
    assert change_help_line(LINES, "en", {"number": "020-1", "hours_en": ""}) == LINES


def test_a_key_that_was_left_out_is_written_and_one_that_is_emptied_goes():
    new = change_help_line(LINES, "tva", {"checked": "2026-12-01", "hours_en": ""}).decode()

    assert 'checked = "2026-12-01"' in new
    assert "hours_en" not in new
    assert "# den första" in new


def test_quotes_and_line_breaks_cannot_break_out():
    new = change_help_line(LINES, "tva", {"number": '"\nid = "x"'})

    assert tomllib.loads(new.decode())["lines"][1]["number"] == '"\nid = "x"'
    assert change_help_line(new, "tva", {"number": "020-2"}) == LINES


def test_facts_the_same_way():
    raw = b'[[facts]]\nid = "A1"\nreview_by = "2026-01-01"\n'

    assert change_fact(raw, "A1", {"review_by": "2028-01-01"}) == raw.replace(b"2026", b"2028")


@pytest.mark.parametrize("raw", [b"[[lines]", b"\xff"])
def test_a_file_that_cannot_be_read_is_for_the_text_box(raw):
    with pytest.raises(Refused) as refused:
        change_help_line(raw, "en", {"number": "1"})
    assert refused.value.reason is Reason.FILE_UNREADABLE


@pytest.mark.parametrize("raw", [LINES, b"", b'lines = "nej"'])
def test_a_row_that_is_not_there(raw):
    with pytest.raises(NotFound):
        change_help_line(raw, "tre", {"number": "1"})
