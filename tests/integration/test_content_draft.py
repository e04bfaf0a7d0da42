"""The draft of a course: shared by its editors, who lose nothing to each other."""

import pytest
from sqlalchemy import func, select

from app import clock
from courses.catalog import fingerprint, lay_over
from courses.errors import Reason, Refused, Stale
from courses.models import AuditEvent, ContentChange
from courses.queries.content import changes_in, contents_of
from courses.services.content import (
    discard_all,
    discard_file,
    remove_file,
    replace_all,
    save_file,
)
from tests.factories import make_user

BASE = {"course.toml": b"id\n", "a/module.md": b"ett\n", "a/lessons/1.md": b"text\n"}
LESSON = "a/lessons/1.md"
COURSE = "kurs"


@pytest.fixture
def editor(session):
    return make_user(session, name="Reine")


@pytest.fixture
def desk(session, editor):
    """Runs a service as the editor."""

    def run(service, *arguments, by=editor, **more):
        return service(session, COURSE, *arguments, by=by.id, now=clock.now(), **more)

    return run


def draft(session):
    return lay_over(BASE, contents_of(session, COURSE))


def test_a_saved_text_stands_in_the_draft_and_nowhere_else(session, desk):
    desk(save_file, BASE, LESSON, b"ny\n", based_on=fingerprint(b"text\n"))

    assert draft(session) == BASE | {LESSON: b"ny\n"}
    (change,) = changes_in(session, COURSE)
    assert (change.path, change.by) == (LESSON, "Reine")
    assert change.base_digest == fingerprint(b"text\n")
    assert contents_of(session, "en annan kurs") == {}


def test_a_text_that_becomes_as_published_again_is_no_change(session, desk):
    desk(save_file, BASE, LESSON, b"ny\n", based_on=fingerprint(b"text\n"))
    desk(save_file, BASE, LESSON, b"text\n", based_on=fingerprint(b"ny\n"))

    assert changes_in(session, COURSE) == ()


def test_somebody_who_began_on_an_older_text_is_told_and_changes_nothing(session, desk):
    other = make_user(session, name="Annan")
    desk(save_file, BASE, LESSON, b"hans\n", based_on=fingerprint(b"text\n"), by=other)

    with pytest.raises(Stale) as stale:
        desk(save_file, BASE, LESSON, b"min\n", based_on=fingerprint(b"text\n"))

    assert (stale.value.mine, stale.value.theirs, stale.value.by) == (
        b"min\n", b"hans\n", "Annan",
    )
    assert draft(session)[LESSON] == b"hans\n"


def test_the_same_text_twice_is_no_conflict(session, desk):
    for _ in range(2):
        desk(save_file, BASE, LESSON, b"min\n", based_on=fingerprint(b"text\n"))

    assert draft(session)[LESSON] == b"min\n"


def test_what_was_published_while_somebody_wrote_is_met_as_a_conflict(desk):
    newer = BASE | {LESSON: b"publicerat\n"}

    with pytest.raises(Stale) as stale:
        desk(save_file, newer, LESSON, b"min\n", based_on=fingerprint(b"text\n"))

    assert stale.value.theirs == b"publicerat\n"
    assert stale.value.by is None


def test_a_change_tells_that_its_file_was_published_anew_until_somebody_saw_it(session, desk):
    newer = BASE | {LESSON: b"publicerat\n"}
    desk(save_file, BASE, LESSON, b"a\n", based_on=fingerprint(b"text\n"))

    desk(save_file, newer, LESSON, b"b\n", based_on=fingerprint(b"a\n"), sees_published=False)
    assert changes_in(session, COURSE)[0].base_digest == fingerprint(b"text\n")

    desk(save_file, newer, LESSON, b"c\n", based_on=fingerprint(b"b\n"))
    assert changes_in(session, COURSE)[0].base_digest == fingerprint(b"publicerat\n")


def test_a_new_file_has_a_place_and_a_name_of_its_own(session, desk):
    desk(save_file, BASE, "a/lessons/2.md", b"ny\n", based_on="")

    assert draft(session)["a/lessons/2.md"] == b"ny\n"
    for path, reason in (
        ("../2.md", Reason.PATH_NOT_ALLOWED), (LESSON, Reason.PATH_TAKEN),
        ("a/lessons/2.md", Reason.PATH_TAKEN),
    ):
        with pytest.raises(Refused) as refused:
            desk(save_file, BASE, path, b"en annan\n", based_on="")
        assert refused.value.reason is reason


def test_a_text_that_no_form_can_carry_is_refused(desk):
    with pytest.raises(Refused) as refused:
        desk(save_file, BASE, LESSON, b"#" * 300_001, based_on=fingerprint(b"text\n"))

    assert refused.value.reason is Reason.FILE_TOO_LONG


def test_a_file_can_be_left_out_and_come_back(session, desk):
    for _ in range(2):
        desk(remove_file, BASE, LESSON)
        assert LESSON not in draft(session)

    for _ in range(2):
        desk(discard_file, LESSON)
        assert draft(session) == BASE


def test_a_new_file_that_is_left_out_leaves_no_trace_in_the_draft(session, desk):
    desk(save_file, BASE, "a/ny.md", b"x\n", based_on="")
    desk(remove_file, BASE, "a/ny.md")

    assert changes_in(session, COURSE) == ()


def test_the_course_itself_cannot_be_left_out(desk):
    with pytest.raises(Refused) as refused:
        desk(remove_file, BASE, "course.toml")

    assert refused.value.reason is Reason.FILE_NEEDED


def test_a_whole_folder_takes_the_place_of_whatever_the_draft_was(session, desk):
    desk(save_file, BASE, "a/ny.md", b"x\n", based_on="")
    folder = {"course.toml": b"id\n", LESSON: b"annan\n", "b/bild.png": b"\x00\xff"}

    desk(replace_all, BASE, folder)

    assert draft(session) == folder
    assert {one.path for one in changes_in(session, COURSE)} == {
        "a/module.md", LESSON, "b/bild.png",
    }


def test_the_whole_draft_can_go(session, desk):
    desk(save_file, BASE, LESSON, b"ny\n", based_on=fingerprint(b"text\n"))
    desk(remove_file, BASE, "a/module.md")

    assert desk(discard_all) == 2
    assert draft(session) == BASE
    assert desk(discard_all) == 0


def test_every_change_leaves_a_trace_without_its_text(session, desk, editor):
    desk(save_file, BASE, LESSON, b"hemligt\n", based_on=fingerprint(b"text\n"))
    desk(remove_file, BASE, LESSON)
    desk(discard_file, LESSON)
    desk(replace_all, BASE, {"course.toml": b"x\n"})
    desk(discard_all)
    session.flush()

    rows = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [row.action for row in rows] == [
        "content:save", "content:remove", "content:discard", "content:replace",
        "content:discard_all",
    ]
    assert all(row.actor_id == editor.id for row in rows)
    assert "hemligt" not in str([row.details for row in rows])
    assert session.scalar(select(func.count(ContentChange.id))) == 0
