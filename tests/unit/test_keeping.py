"""What a cohort asks for in an edition that came while it was under way."""

import pytest

from courses.rules.edition_changes import Outline, OutlineItem, compare
from courses.rules.keeping import asks_for_anything, kept_requirements
from courses.rules.next_step import ItemKind
from courses.rules.publishing import asked_again, default_decision
from courses.rules.requirements import (
    Asked,
    asked_by_module,
    finished_by_doing,
    is_met,
    requirement_statuses,
    still_needed,
)
from courses.vocabulary import CompletionKind, Decision

ALL = {"id": "lessons", "kind": "all", "items": ["L1", "L2"], "count": 2}
TWO = {"id": "work", "kind": "at_least", "items": ["U1", "U2", "U3"], "count": 2}
MODULES = {"M1": ["L1", "U1"], "M2": ["L2", "U2", "U3"]}


def kept(*lines, after, before=MODULES, beside=()):
    return kept_requirements(lines, before, after, beside=beside)


def test_what_nothing_happens_to_is_as_it_was():
    after = {"M2": ["U3", "L2", "U2", "L9"], "M1": ["U1", "L1"]}

    assert kept(ALL, TWO, after=after) == [ALL, TWO]


def test_what_has_gone_is_asked_for_no_more():
    assert kept(ALL, after={"M1": ["L1"], "M2": ["U2"]}) == [
        {"id": "lessons", "kind": "all", "items": ["L1"], "count": 1, "modules": {"L2": "M2"}}
    ]


def test_what_lies_beside_the_modules_stays_while_the_edition_has_it():
    there = {"id": "there", "kind": "at_least", "items": ["T1.1", "T1.2", "T2.1"], "count": 3}

    assert kept(ALL, there, after=MODULES, beside=["T1.1", "T1.2", "T2.1", "web"]) == [ALL, there]
    assert kept(there, after=MODULES, beside=["T1.1", "T1.2"]) == [
        there | {"items": ["T1.1", "T1.2"], "count": 2, "also": ["T2.1"]}
    ]


def test_of_some_that_were_enough_the_gone_ones_still_count_and_no_more_is_asked_than_there_is():
    (line,) = kept(TWO, after={"M1": ["U1"], "M2": ["X"]})

    assert (line["items"], line["also"], line["count"]) == (["U1"], ["U2", "U3"], 1)
    assert is_met([line], {"U2", "U3"})
    assert is_met([line], {"U1"})
    assert not is_met([line], set())


def test_a_line_of_which_nothing_is_left_is_not_shown_and_meets_nobody_alone():
    lines = kept(ALL, after={"M9": ["X"]})

    assert requirement_statuses(lines, {"L1"}) == []
    assert not is_met(lines, {"L1", "L2"})
    assert not asks_for_anything(lines)
    assert asks_for_anything([*lines, TWO])


def test_what_moves_counts_where_it_did():
    after = {"M1": ["U1"], "M2": ["L1", "L2", "U2", "U3"]}
    lines = kept(ALL, after=after)

    assert lines[0]["modules"] == {"L1": "M1"}
    assert asked_by_module(lines, after) == {
        "M1": Asked(items=("L1",)), "M2": Asked(items=("L2",)),
    }
    home_again = kept_requirements(lines, after, MODULES)
    assert home_again == [ALL]


def test_a_module_that_has_lost_everything_stays_finished_for_who_had_it():
    after = {"M1": ["L1", "U1"], "M2": ["X"]}
    lines = kept(ALL, after=after)
    asked = asked_by_module(lines, after)["M2"]

    assert asked == Asked(past=("L2",))
    assert asked.is_finished({"L2"})
    assert asked.counted({"L2"}) == ("L2",)
    assert not asked.is_finished({"L1", "X"})
    assert asked.counted({"L1", "X"}) == ()


def test_a_module_that_asks_for_nothing_is_finished_by_nobody():
    assert not Asked().is_finished({"L1"})


@pytest.mark.parametrize(
    "completed, needed",
    [
        (set(), ["L1", "L2", "U1", "U2", "U3"]),
        ({"L1", "U1"}, ["L2", "U2", "U3"]),
        ({"L1", "L2", "U1", "U2"}, []),
    ],
)
def test_what_somebody_lacks(completed, needed):
    assert still_needed([ALL, TWO], completed) == needed


def test_what_somebody_was_excused_from_was_not_finished_by_doing():
    done, waived, undone = CompletionKind.DONE, CompletionKind.WAIVED, CompletionKind.UNDONE
    events = [
        ("L1", done), ("L2", waived), ("L3", done), ("L3", waived), ("L4", waived),
        ("L4", undone), ("L4", done), ("L5", done), ("L5", undone),
    ]

    assert finished_by_doing(events) == {"L1", "L4"}


# ---- what differs


def outline(requirements=(ALL,), modules=MODULES, **digests):
    kinds = {"L": ItemKind.LESSON, "U": ItemKind.ASSIGNMENT, "K": ItemKind.CHECK}
    return Outline(
        digest="", modules={key: key for key in modules},
        items={
            item: OutlineItem(
                id=item, kind=kinds[item[0]], module_id=module, title=item, slug=item,
                digest=digests.get(item, ""),
            )
            for module, items in modules.items() for item in items
        },
        requirements=tuple(requirements),
    )


def ids(items):
    return [item.id for item in items]


def test_editions_are_compared_by_id():
    after = {"M1": ["L1", "U1", "U3"], "M3": ["L9"], "M2": ["L2"]}
    found = compare(outline(), outline(modules=after, L2="new"))

    assert (ids(found.added), ids(found.removed)) == (["L9"], ["U2"])
    assert (ids(found.changed), ids(found.moved), ids(found.renamed)) == (["L2"], ["U3"], [])
    assert (found.modules_added, found.modules_removed) == (("M3",), ())
    assert found.requirements == ()


def test_lines_are_compared_by_id():
    other = ALL | {"items": ["L2", "L3"]}
    found = compare(outline([ALL]), outline([other, TWO])).requirements

    assert [(one.id, one.items_added, one.items_removed) for one in found] == [
        ("lessons", ("L3",), ("L1",)), ("work", ("U1", "U2", "U3"), ()),
    ]


def test_only_lessons_and_checks_that_are_asked_for_are_asked_again():
    changes = compare(outline(), outline(L1="new", L2="new", U1="new"))

    assert asked_again(changes, [ALL | {"items": ["L1"]}, TWO]) == {"L1"}


def test_a_cohort_follows_unless_it_was_left_behind():
    assert default_decision(reads_published=True) is Decision.KEEP
    assert default_decision(reads_published=False) is Decision.NEW_COHORTS
