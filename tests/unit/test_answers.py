from dataclasses import dataclass

import pytest

from courses.rules.answers import Lack, merged, passages, shortfalls, tidy


@dataclass(frozen=True)
class Part:
    kind: str
    id: str = "del"
    required: bool = True
    max_chars: int | None = None
    options: tuple[str, ...] = ()
    fields: tuple = ()
    min_rows: int = 0
    max_rows: int = 0


@dataclass(frozen=True)
class Column:
    id: str
    kind: str = "short"
    required: bool = True
    label: str = "Rubrik"


A, MAYBE_B = Column("a"), Column("b", required=False)
ROW = {"a": "x", "b": ""}
NO_ROW = {"a": " ", "b": ""}


@pytest.mark.parametrize(
    "part,value,lack",
    [
        (Part("text"), "Något", None),
        (Part("text"), " \n ", Lack.EMPTY),
        (Part("text"), None, Lack.EMPTY),
        (Part("text", required=False), "", None),
        (Part("short", max_chars=5), "sex st", Lack.TOO_LONG),
        (Part("short", max_chars=5), "fem s", None),
        (Part("text", required=False, max_chars=5), "sex st", Lack.TOO_LONG),
        (Part("date"), "2027-02-09", None),
        (Part("date"), "9 februari", Lack.NOT_A_DATE),
        (Part("date"), "2027-02-30", Lack.NOT_A_DATE),
        (Part("rows", min_rows=2), [ROW, ROW], None),
        (Part("rows", min_rows=2), [ROW, NO_ROW], Lack.TOO_FEW_ROWS),
        (Part("rows", min_rows=2), [NO_ROW], Lack.EMPTY),
        (Part("rows", required=False, min_rows=2), [ROW], None),
        (Part("rows", fields=(A,)), [{"a": "x" * 500, "b": ""}], None),
        (Part("rows", fields=(A,)), [{"a": "x" * 501, "b": ""}], Lack.TOO_LONG),
        (Part("rows", fields=(Column("a", "text"),)), [{"a": "x" * 501}], None),
        (Part("rows", fields=(Column("a", "text"),)), [{"a": "x" * 2_001}], Lack.TOO_LONG),
        (Part("rows", fields=(A, MAYBE_B)), [ROW], None),
        (Part("rows", fields=(A, Column("b"))), [ROW], Lack.EMPTY),
        (Part("rows", fields=(A, Column("b", "date"))), [{"a": "x", "b": "i maj"}],
         Lack.NOT_A_DATE),
        (Part("rows", fields=(A, Column("b", "date"))), [{"a": "x", "b": "2027-05-01"}], None),
    ],
)
def test_what_a_section_lacks(part, value, lack):
    found = shortfalls([part], {} if value is None else {"del": value})

    assert [one.lack for one in found] == ([lack] if lack else [])


def test_each_field_of_a_row_is_told_apart():
    part = Part("rows", fields=(A, Column("b"), Column("c", "date")), min_rows=3)
    rows = [NO_ROW, {"a": "x", "b": "y", "c": "i maj"}, {"a": "", "b": "y", "c": "2027-05-01"}]

    found = shortfalls([part], {"del": rows})

    assert [(one.lack, one.row, one.field_id) for one in found] == [
        (Lack.TOO_FEW_ROWS, None, None), (Lack.NOT_A_DATE, 0, "c"), (Lack.EMPTY, 1, "a"),
    ]


def test_what_was_chosen_in_a_row_was_not_written_freely():
    part = Part("rows", fields=(A, Column("b", "choice"), Column("c", "date")))

    found = passages([part], {"del": [{"a": "x", "b": "43 år", "c": "2027-05-01"}]})

    assert list(found) == [("del", "x")]


def test_what_was_written_freely_is_read_row_by_row():
    parts = [Part("text", "t"), Part("rows", "r"), Part("choice", "c"), Part("date", "d")]
    answers = {"t": "Text", "r": [{"a": "43 år", "b": "Norsjö"}, NO_ROW], "c": "Sten", "d": "x"}

    assert list(passages(parts, answers)) == [("t", "Text"), ("r", "43 år, Norsjö")]


def test_line_ends_are_of_one_kind():
    assert tidy("a\r\nb\rc\0 \r\n") == "a\nb\nc"


PARTS = [Part("text", "t"), Part("short", "s"), Part("rows", "r"), Part("choice", "c")]


@pytest.mark.parametrize(
    "theirs,mine,both",
    [
        ({"t": "A"}, {"t": "B"}, {"t": "A\n\nB"}),
        ({"t": "A"}, {"t": "A"}, {"t": "A"}),
        ({"t": "A"}, {}, {"t": "A"}),
        ({}, {"t": "B"}, {"t": "B"}),
        ({"s": "A"}, {"s": "B"}, {"s": "A / B"}),
        ({"c": "Sten"}, {"c": "Trä"}, {"c": "Trä"}),
        ({"r": [ROW]}, {"r": [ROW, {"a": "y", "b": ""}]}, {"r": [ROW, {"a": "y", "b": ""}]}),
    ],
)
def test_two_texts_become_one_without_losing_either(theirs, mine, both):
    assert merged(PARTS, theirs, mine) == both
