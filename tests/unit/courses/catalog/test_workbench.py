"""A draft is read as far as it can be read: one broken file hides nothing but itself."""

from datetime import date

import pytest

from courses.catalog import EntryKind, Severity, lay_over, open_draft, site_address
from courses.catalog.files import as_written, is_text_path, read_folder
from tests.unit.courses.catalog import PROVKURS
from tests.unit.courses.catalog.test_broken_courses import CASES

BASE = read_folder(PROVKURS)
LESSON = "01-start/lessons/1-broar.md"


def opened(changes):
    """The draft in which these files are as given (None: left out)."""
    return open_draft(
        BASE, lay_over(BASE, changes), today=date(2026, 12, 1), addresses=site_address
    )


def lessons(found):
    course = found.in_language("sv")
    return {one.id for module in course.modules for one in module.lessons}


def test_an_unchanged_draft_is_the_edition():
    found = opened({})

    assert found.changed == {}
    assert found.stand_ins == ()
    assert lessons(found) == {"P1.1", "P1.2"}


def test_changes_are_told_by_kind():
    found = opened({LESSON: BASE[LESSON] + b"Mer.\n", "support.toml": None, "ny.md": b"x"})

    assert found.changed == {
        LESSON: "changed", "ny.md": "added", "support.toml": "removed",
    }


ENDLESS_BRACKETS = b"+++\nid = " + b"[\n" * 2_000 + b"]\n" * 2_000 + b"+++\n"
ENDLESS_NUMBER = b"+++\nid = " + b"9" * 5_000 + b"\n+++\n"


@pytest.mark.parametrize(
    "text",
    [b"", b"+++\n", b"\xff", b"+++\nid = \n+++\n", ENDLESS_BRACKETS, ENDLESS_NUMBER],
    ids=["empty", "a mark", "not UTF-8", "not TOML", "endless brackets", "endless number"],
)
def test_a_broken_lesson_is_listed_and_the_other_one_is_shown(text):
    found = opened({LESSON: text})

    assert lessons(found) == {"P1.2"}
    assert found.problems_in([LESSON])
    assert LESSON in found.entries
    assert found.entries[LESSON].kind is EntryKind.LESSON


@pytest.mark.parametrize(
    "frame", ["course.toml", "facts.toml", "support.toml", "01-start/module.md"]
)
@pytest.mark.parametrize("text", [b"\xff", b"id = ", b"+++\nid = \n+++\n"])
def test_a_broken_frame_is_shown_as_it_was_published(frame, text):
    found = opened({frame: text})

    assert found.stand_ins == (frame,)
    assert lessons(found) == {"P1.1", "P1.2"}
    assert found.in_language("sv").facts
    assert any(one.severity is Severity.ERROR for one in found.problems_in([frame]))


def test_a_frame_with_a_small_fault_is_shown_as_it_is():
    text = BASE["01-start/module.md"].replace(b"Start: broar", b"[Broar](item:X9)", 1)

    assert opened({"01-start/module.md": text}).stand_ins == ()


def test_a_draft_without_anything_to_build_on_still_opens():
    found = open_draft({}, {"course.toml": b"id"}, today=None, addresses=site_address)

    assert found.course is None
    assert found.errors
    assert found.entries["course.toml"].title == "course.toml"


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_whatever_an_author_gets_wrong_the_rest_can_be_read(case):
    text = BASE[case.file].decode().replace(case.old, case.new, 1)

    found = opened({case.file: text.encode()})

    assert found.problems
    for language in ("sv", "en"):
        course = found.in_language(language)
        for module in course.modules:
            assert module.intro_html is not None
            for lesson in module.lessons:
                assert lesson.blocks is not None
            for assignment in module.assignments:
                assert assignment.brief_html is not None


def test_entries_hold_their_translations_and_come_in_the_order_of_the_module():
    found = opened({})
    folder = next(one for one in found.folders if one.path == "01-start")

    assert [one.id for one in folder.of(EntryKind.LESSON)] == ["P1.1", "P1.2"]
    lesson = found.by_id["P1.1"]
    assert lesson.paths == (LESSON, LESSON.replace(".md", ".en.md"))
    assert found.entries[LESSON.replace(".md", ".en.md")] is lesson
    assert folder.module.path == "01-start/module.md"


@pytest.mark.parametrize("path", [
    "course.toml", "01-start/lessons/2-ny.md", "01-start/lessons/2-ny.en.md", "pages/chef.md",
    "01-start/figures/bro.svg",
])
def test_places_for_texts(path):
    assert is_text_path(path)


@pytest.mark.parametrize("path", [
    "../a.md", "/a.md", "a.txt", "a", ".a.md", "_a.md", "a/b/c/d.md", "A.md", "a b.md", "a\n.md",
    "a//b.md", "a\\b.md", "é.md", "a.png", "a.md\n",
])
def test_places_where_no_text_can_be(path):
    assert not is_text_path(path)


def test_what_a_browser_sends_becomes_a_plain_file():
    assert as_written("ett\r\ntvå\r\n\r\n") == "ett\ntvå\n".encode()
    assert as_written("") == b"\n"
