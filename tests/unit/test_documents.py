"""Who looks for a decision or for the room of a change finds it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DECISIONS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
ROOMS = re.findall(r"^\|.+`.+$", (ROOT / "README.md").read_text(), re.MULTILINE)
PLACE = re.compile(r"`((?:app|content|courses|docs|migrations|tests|deploy|benchmarks)/[\w./]*)`")


def test_the_list_of_decisions_has_each_of_them_in_order():
    listed = re.findall(r"\]\((\d{4}-.+?\.md)\)", (ROOT / "docs/adr/README.md").read_text())
    assert listed == [one.name for one in DECISIONS]


@pytest.mark.parametrize("page", DECISIONS, ids=lambda one: one.stem)
def test_a_decision_has_a_name_and_says_whether_it_stands(page):
    title, _blank, status = page.read_text().splitlines()[:3]
    assert re.match(r"# \D", title)  # its number is in the name of its file
    assert status.startswith("Status: ")


def test_every_room_that_the_maps_name_is_there():
    places = [place for room in ROOMS for place in PLACE.findall(room)]
    assert len(places) > 50
    assert [place for place in places if not (ROOT / place).exists()] == []
