"""A contribution becomes rows only when nobody has to clean up after it."""

import pytest

from courses.catalog import Field, Section
from courses.rules.joint_writing import rows_in, with_contribution


def table(*options):
    return Section(
        id="t", kind="rows", label="T", hint="", required=True, max_rows=3, fields=(
            Field(id="who", label="Vem"),
            Field(id="at", label="Läge", kind="choice", options=options or ("Med", "Saknas")),
            Field(id="when", label="När", kind="date", required=False),
        ),
    )


def row(who, at, when=""):
    return {"who": who, "at": at, "when": when}


@pytest.mark.parametrize("text, rows", [
    ("Skolan; med", [row("Skolan", "Med")]),
    ("- Skolan;Med;2027-02-01\n\n- Vården; Saknas", [
        row("Skolan", "Med", "2027-02-01"), row("Vården", "Saknas")]),
    ("Skolan\tMed\t", [row("Skolan", "Med")]),
    ("| Skolan | Med |", [row("Skolan", "Med")]),
    ("| Skolan | Med | |", [row("Skolan", "Med")]),
    ("| | Med | 2027-02-01 |", None),
    ("Skolan; Present", [row("Skolan", "Med")]),
    ("Skolan ser elever varje dag", None),
    ("Skolan; kanske", None),
    ("; Med", None),
    ("\tMed\t2027-02-01", None),
    ("Skolan; Med; i vår", None),
    ("Skolan; Med; 2027-02-01; mer", None),
    ("Skolan; Med\nSedan en mening", None),
    (f"{'x' * 501}; Med", None),
    (" \n", None),
])
def test_what_fits(text, rows):
    assert rows_in(table(), text, [table("Present", "Missing")]) == rows


def test_a_cell_that_is_left_empty_keeps_its_place():
    free = Section(
        id="t", kind="rows", label="T", hint="", required=True, max_rows=3, fields=(
            Field(id="who", label="Vem", required=False), Field(id="what", label="Vad"),
        ),
    )

    assert rows_in(free, "| | Ringer |") == [{"who": "", "what": "Ringer"}]


def test_what_does_not_fit_changes_nothing():
    assert with_contribution(table(), [row("Skolan", "Med")], "En mening.") is None
