"""What has been published, going back, conflicts, and the pointer that public pages follow."""


import pytest
from sqlalchemy import func, select

from app import create_app, db
from app.editions import current_course
from app.worker import Worker
from courses.catalog import ContentError, EditionStore
from courses.errors import Outrun, Reason, Refused
from courses.models import (
    AuditEvent,
    Enrollment,
    Publication,
)
from courses.services.editions import keep_files, publish
from courses.services.rebuild import rebuild_progress
from courses.vocabulary import Decision
from tests.factories import (
    make_user,
)
from tests.looking_at_progress import NOW, completed, everything_about, finish, reads
from tests.small_course import COURSE, PLAN, changed, files_of, without

# ---- history, going back, conflicts


def test_the_history_says_what_was_published_when_by_whom_and_who_reads_it(
    press, app, session, cohort
):
    with db.transaction(app) as own:
        editor = make_user(own, name="Reine Redaktör")
    press.publish(changed(PLAN, "L1"), Decision.NEW_COHORTS, by=editor.id)
    press.publish(PLAN, by=editor.id)
    history = press.history()

    assert [(line.number, line.is_current, line.cohorts) for line in history.lines] == [
        (2, False, ()), (1, True, (cohort.name,)),
    ]
    assert history.seen == 3
    assert [one.by for one in history.current.occasions] == [None, "Reine Redaktör"]
    assert press.course.digest == history.current.digest


def test_going_back_takes_back_nothing(press, session, cohort, anna):
    before = everything_about(session, anna)
    session.rollback()
    press.publish(without(changed(PLAN, "L1"), "L3", "L4", "G1"))
    press.publish(PLAN)

    assert reads(session, cohort) == 1
    assert completed(session, anna) == {row[1] for row in before[0]}
    assert list(rebuild_progress(session, press.course_of)) == []


def test_an_edition_from_before_the_checks_grew_stricter_can_be_gone_back_to(
    press, app, session, monkeypatch
):
    press.publish(changed(PLAN, "L1"))
    monkeypatch.setattr("courses.services.editions.examine", None)
    digest = press.history().lines[1].digest
    with db.transaction(app) as own:
        publish(own, press.store, digest, seen=2, decisions={}, by=None, now=NOW)

    assert press.course.digest == digest


def test_whoever_looked_at_something_else_is_told_and_changes_nothing(press, session, cohort):
    seen = press.told(changed(PLAN, "L2")).seen
    press.publish(changed(PLAN, "L1"))
    with pytest.raises(Refused) as refused:
        press.publish(changed(PLAN, "L2"), seen=seen)

    assert refused.value.reason is Reason.PUBLISHED_MEANWHILE
    assert refused.value.params == {"number": 2}
    assert (len(press.history().lines), reads(session, cohort)) == (2, 2)


def test_the_same_once_more_is_nothing_new(press, session, cohort):
    published = press.publish(PLAN)

    assert (published.number, published.edition.number, published.cohorts) == (1, 1, {})
    assert session.scalar(
        select(func.count(Publication.id)).where(Publication.course_id == COURSE)
    ) == 1


def test_what_has_errors_is_not_published(press):
    broken = files_of(PLAN) | {"m1/module.md": b"+++\n+++\n"}
    with pytest.raises(ContentError, match=r"m1/module\.md"):
        keep_files(press.store, broken, today=NOW.date())


def test_an_id_never_comes_back_as_something_else(press):
    plan = without(PLAN, "L2")
    press.publish(plan)  # L2 is in the first edition only
    files = files_of(plan)
    check = files["m1/check.toml"].replace(b'id = "K1-1"', b'id = "L2"')
    loaded = keep_files(press.store, files | {"m1/check.toml": check}, today=NOW.date())

    assert [problem.file for problem in press.told_of(loaded).reused] == ["m1/check.toml"]
    with pytest.raises(ContentError, match="L2"):
        press.publish_kept(loaded.digest)
    assert len(press.history().lines) == 2


def test_publishing_leaves_a_trace(press, session, cohort):
    press.publish(changed(PLAN, "L1"), by=None)

    (row,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "edition:publish"))
    assert row.details == {"publication": 2, "cohorts": {str(cohort.id): "keep"}}
    (row,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "cohort:edition"))
    assert (row.object_id, row.details["asks_again"]) == (cohort.id, False)


# ---- the pointer


def test_another_process_follows_without_a_restart(press, config):
    other = EditionStore(config.data_dir / "editions")
    before = other.current(COURSE)
    press.publish(changed(PLAN, "L1"))

    assert other.current(COURSE) == press.history().current.digest != before


def test_a_transaction_that_fails_points_to_nothing_new(press, app):
    before = press.store.current(COURSE)
    loaded = press.keep(changed(PLAN, "L1"))
    with app.extensions["database"].session(writes=True) as own:
        publish(own, press.store, loaded.digest, seen=1, decisions={}, by=None, now=NOW)
        own.rollback()

    assert press.store.current(COURSE) == before


def test_a_pointer_that_was_not_set_is_set_by_the_worker(press, app, monkeypatch):
    def die(*_args):
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(EditionStore, "set_current", die)
        press.publish(changed(PLAN, "L1"))
    assert press.store.current(COURSE) == press.history().lines[1].digest

    Worker(app).drain()
    assert press.store.current(COURSE) == press.history().lines[0].digest


def test_a_pointer_that_was_not_set_is_set_by_the_next_start(press, config):
    press.publish(changed(PLAN, "L1"))
    press.store.set_current(COURSE, press.history().lines[1].digest)
    app = create_app(config)
    app.extensions["database"].engine.dispose()

    assert press.store.current(COURSE) == press.history().lines[0].digest


def test_of_two_pointers_set_at_once_the_later_publication_stands(press, monkeypatch):
    set_current, late = EditionStore.set_current, []

    def slowly(store, course_id, digest):
        if not late:  # whoever published first is held up, and the second one is through
            late.append(digest)
            press.publish(changed(PLAN, "L2"))
        set_current(store, course_id, digest)

    monkeypatch.setattr(EditionStore, "set_current", slowly)
    press.publish(changed(PLAN, "L1"))

    history = press.history()
    assert [line.digest for line in history.lines][1] == late[0]
    assert press.store.current(COURSE) == history.lines[0].digest


def test_a_request_shows_one_edition_however_often_it_asks(press, app):
    with app.test_request_context():
        before = current_course(COURSE).digest
        press.publish(changed(PLAN, "L1"))
        assert current_course(COURSE).digest == before
    with app.test_request_context():
        assert current_course(COURSE).digest == press.history().current.digest != before


# ---- meanwhile


def test_who_derives_from_an_edition_that_the_cohort_has_left_tries_again(
    press, app, session, cohort, anna
):
    old = press.course
    press.publish(changed(PLAN, "L1"))

    with pytest.raises(Outrun), db.transaction(app) as own:
        finish(own, old, own.get_one(Enrollment, anna.id), "G1")
    assert "G1" not in completed(session, anna)
