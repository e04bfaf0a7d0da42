"""What an earlier answer still says of a new version, and which rows have changed."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.row_diff import row_diff
from courses.rules.second_round import Since, earlier_answers

ROLE = SimpleNamespace(id="roll", sections=("roll", "grans"), is_gate=False)
WHOLE = SimpleNamespace(id="helhet", sections=(), is_gate=False)
GATE = SimpleNamespace(id="sekretess", sections=("roll",), is_gate=True)
MET = {"roll": "approved", "helhet": "excelled", "sekretess": "approved"}


def answers(levels=MET, *, changed=(), reworded=(), files_differ=False, comments=None):
    return earlier_answers(
        [ROLE, WHOLE, GATE], levels, comments or {}, changed=changed, reworded=reworded,
        files_differ=files_differ,
    )


def test_what_was_met_stands_while_nothing_has_changed_but_for_secrecy():
    found = answers()

    assert {name: one.stands for name, one in found.items()} == {
        "roll": True, "helhet": True, "sekretess": False,
    }


@pytest.mark.parametrize("change,since", [
    ({"changed": ["grans"]}, Since.TEXT),
    ({"files_differ": True}, Since.FILES),
    ({"reworded": ["roll"]}, Since.WORDING),
    ({"changed": ["annat"]}, Since.NOTHING),
])
def test_what_it_is_about_decides_whether_it_stands(change, since):
    found = answers(**change)["roll"]

    assert (found.since, found.stands) == (since, since is Since.NOTHING)


def test_a_criterion_about_the_whole_text_falls_with_any_section():
    assert answers(changed=["annat"])["helhet"].since is Since.TEXT


def test_what_was_not_met_never_stands_by_itself():
    found = answers({"roll": "revise"}, comments={"roll": "Vem?"})

    assert list(found) == ["roll"]
    assert (found["roll"].stands, found["roll"].comment) == (False, "Vem?")


def changes(old, new):
    return [
        (row.change, "".join(piece.text for piece in row.cells["a"].pieces))
        for row in row_diff(old, new, ["a", "b"])
    ]


def test_a_row_that_was_changed_stands_as_one():
    old = [{"a": "Skolan", "b": "varje månad"}, {"a": "Polisen", "b": "i mars"}]
    new = [{"a": "Skolan", "b": "varje vecka"}, {"a": "Polisen", "b": "i mars"}]

    first, second = row_diff(old, new, ["a", "b"])

    assert (first.change, second.change) == ("changed", "same")
    assert [(one.change, one.text) for one in first.cells["b"].pieces] == [
        ("same", "varje "), ("removed", "månad"), ("added", "vecka"),
    ]


def test_a_row_put_in_before_the_others_is_the_only_new_one():
    old = [{"a": "Skolan", "b": ""}]

    assert changes(old, [{"a": "Polisen", "b": ""}, *old]) == [
        ("added", "Polisen"), ("same", "Skolan"),
    ]


def test_a_row_that_says_something_else_is_gone_and_another_is_new():
    assert changes([{"a": "Skolan", "b": ""}], [{"a": "Polisen i Norr", "b": ""}]) == [
        ("removed", "Skolan"), ("added", "Polisen i Norr"),
    ]


rows = st.lists(
    st.fixed_dictionaries({"a": st.text("ab ", max_size=5), "b": st.text("cd ", max_size=5)}),
    max_size=6,
)


@given(rows, rows)
def test_both_lists_of_rows_can_be_read_out_of_it(old, new):
    found = row_diff(old, new, ["a", "b"])

    def read(dropped):
        kept = [row for row in found if row.change != dropped]
        hidden = "removed" if dropped == "removed" else "added"
        return [
            {name: " ".join(p.text for p in cell.pieces if p.change != hidden).split()
             for name, cell in row.cells.items()}
            for row in kept
        ]

    assert read("removed") == [{k: v.split() for k, v in row.items()} for row in new]
    assert read("added") == [{k: v.split() for k, v in row.items()} for row in old]
