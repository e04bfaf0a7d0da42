"""What stands instead of words that somebody may not read, and what they may save over it."""

import pytest

from courses.errors import Reason, Refused
from courses.rules.masking import UNMASKED, Mask, mask_over
from courses.rules.secrecy import Passage

LONG = Passage(section="lage", text="Hon bor vid sjön.")
SHORT = Passage(section="lage", text="Vid sjön.")
FILE = Passage(file="bild.png", sha256="0" * 64)
MASK = Mask((LONG,))


def test_texts_rows_and_mappings_are_masked_and_nothing_else():
    value = {"a": "Ja. hon  bor\nvid sjön.", "b": [{"c": LONG.text, "d": 1}], "e": None}

    assert MASK.over(value) == {
        "a": "Ja. [stoppat]", "b": [{"c": "[stoppat]", "d": 1}], "e": None,
    }
    assert UNMASKED.over(value) is value


def test_who_knows_a_passage_reads_it():
    assert mask_over([("GU1", LONG)], [LONG], "GU1") == UNMASKED
    assert mask_over([("GU1", LONG), ("GU1", LONG)], [], "GU1") == MASK


def test_a_short_passage_is_hidden_in_its_own_assignment_a_file_everywhere():
    hidden = [("GU1", SHORT), ("GU1", FILE)]

    assert mask_over(hidden, [], "GU1").passages == (SHORT, FILE)
    assert mask_over(hidden, [], "GU2").passages == (FILE,)
    assert mask_over(hidden, []).files == {FILE.sha256}


@pytest.mark.parametrize("sent", ["Ja. [stoppat]", " Ja.\r\n[stoppat] "])
def test_what_was_not_changed_leaves_what_stands(sent):
    assert MASK.kept(sent, f"Ja. {LONG.text}") == f"Ja. {LONG.text}"


def test_rows_that_were_not_changed_stay_too():
    stands = [{"a": LONG.text, "b": ""}]

    assert MASK.kept([{"a": "[stoppat]"}], stands) is stands


@pytest.mark.parametrize("mask", [MASK, UNMASKED])
def test_the_mark_is_never_saved_over_words(mask):
    with pytest.raises(Refused) as refused:
        mask.kept("Nej. [stoppat]", f"Ja. {LONG.text}")
    assert refused.value.reason is Reason.STILL_MASKED


def test_a_text_without_the_mark_takes_its_place():
    assert MASK.kept("Något nytt.", f"Ja. {LONG.text}") == "Något nytt."
    assert MASK.kept("", f"Ja. {LONG.text}") == ""


def test_where_nothing_is_hidden_every_text_is_kept_as_it_is():
    assert UNMASKED.kept("Ja.\n\nNej.", "Ja. Nej.") == "Ja.\n\nNej."
    assert MASK.kept("Där står [stoppat].", "Där står [stoppat]") == "Där står [stoppat]."


def test_a_plan_is_kept_part_by_part():
    stands = {"a": LONG.text, "b": "Ja."}

    assert MASK.kept_answers({"a": "[stoppat]", "b": "Nej."}, stands) == {
        "a": LONG.text, "b": "Nej.",
    }
