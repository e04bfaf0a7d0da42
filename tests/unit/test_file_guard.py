"""Of a file are kept the kinds and the places, never the passages."""

from courses.rules.file_guard import MANY, Placed, places_in
from courses.rules.identity_guard import FindingKind as K


def test_it_says_on_which_line_with_text():
    text = "Rubrik\n\nVi arbetar så.\nRing 070-123 45 67.\n\n850709-9805"

    assert places_in(text) == [Placed(None, 3, K.PHONE), Placed(None, 4, K.PERSONAL_NUMBER)]


def test_it_counts_lines_from_the_top_of_the_page():
    text = "Ett\nTvå\f\nTre\nAnna Lindberg\fFyra"

    assert places_in(text) == [Placed(2, 2, K.NAME)]


def test_what_it_keeps_holds_nothing_of_the_text():
    kept = repr(places_in("Anna Lindberg, 850709-9805, En kvinna i byn"))

    assert "Anna" not in kept
    assert "850709" not in kept


def test_help_lines_are_known():
    assert places_in("Ring 0980-319 200.", known=["0980-319 200"]) == []


def test_of_many_places_those_that_block_are_kept():
    text = "Ring 070-123 45 67.\n" * (MANY + 50) + "850709-9805"

    kept = places_in(text)

    assert len(kept) == MANY
    assert kept[-1].blocks


def test_a_table_of_a_sheet_is_read_as_one():
    assert [one.kind for one in places_in("Skola\tAnmälningar\nNorra\t3\nSödra\t14")] == [
        K.SMALL_NUMBER
    ]
