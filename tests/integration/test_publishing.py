"""An edition is published: what it means for cohorts, dates, work and certificates."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from app import clock, create_app, db
from app.editions import current_course
from app.worker import Worker
from courses.catalog import ContentError, EditionStore
from courses.errors import Outrun, Reason, Refused
from courses.models import (
    AuditEvent,
    Cohort,
    CohortDeadline,
    CohortModule,
    Completion,
    CompletionEvent,
    Edition,
    Enrollment,
    Job,
    ModuleProgress,
    Publication,
    Submission,
)
from courses.rules.certificates import JOB as CERTIFICATE
from courses.services.editions import keep_files, publish
from courses.services.progress import derive, record_completion
from courses.services.rebuild import rebuild_progress
from courses.vocabulary import CompletionKind, Decision, EnrollmentState, SubmissionState
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_submission,
    make_team,
    make_user,
)
from tests.press import Press
from tests.small_course import COURSE, PLAN, Line, Part, Step, changed, files_of, without

NOW = clock.now()


@pytest.fixture
def config(config, tmp_path):
    """A data folder of its own: these tests publish."""
    return replace(config, data_dir=tmp_path / "data")


@pytest.fixture
def press(app):
    press = Press(app)
    press.publish(PLAN)
    return press


@pytest.fixture
def cohort(press, app):
    with db.transaction(app) as session:
        return make_cohort(session, press.course, opens={"M2": date(2026, 10, 5)})


@pytest.fixture
def anna(app, press, cohort):
    """Somebody who has finished everything but the joint assignment."""
    with db.transaction(app) as session:
        anna = make_enrollment(session, cohort, user=make_user(session, name="Anna"))
        finish(session, press.course, anna, "L1", "L2", "K1", "U1", "L3", "L4")
        return anna


def finish(session, course, enrollment, *items, kind=CompletionKind.DONE):
    for item_id in items:
        record_completion(
            session, enrollment=enrollment, item_id=item_id, course=course, actor_id=None,
            now=NOW, kind=kind,
        )


def completed(session, enrollment):
    session.rollback()
    return set(
        session.scalars(
            select(Completion.item_id).where(Completion.enrollment_id == enrollment.id)
        )
    )


def reads(session, cohort):
    session.rollback()  # look at what is there now
    edition_id = session.get_one(Cohort, cohort.id).edition_id
    return session.get_one(Edition, edition_id).number


def opens(session, cohort):
    rows = select(CohortModule.module_id, CohortModule.opens_on).where(
        CohortModule.cohort_id == cohort.id
    )
    return dict(session.execute(rows).all())


# ---- what cohorts read


def test_a_cohort_follows_what_is_published_and_asks_for_what_it_asked_for(
    press, session, cohort
):
    press.publish(replace(PLAN, lines=(Line("allt", tuple(PLAN.ids)),)))

    assert reads(session, cohort) == 2
    kept = session.get_one(Cohort, cohort.id).requirement_set
    assert [line["id"] for line in kept] == ["lektioner", "uppgifter"]


def test_a_cohort_that_was_left_behind_stays_until_somebody_says_otherwise(
    press, session, cohort
):
    press.publish(changed(PLAN, "L1"), Decision.NEW_COHORTS)
    assert press.told(changed(PLAN, "L2")).cohorts[0].default is Decision.NEW_COHORTS
    press.publish(changed(PLAN, "L2"))
    assert reads(session, cohort) == 1

    press.publish(changed(PLAN, "L2"), decisions={cohort.id: Decision.KEEP})
    assert reads(session, cohort) == 3


def test_each_cohort_gets_its_own_decision(press, app, session, cohort):
    with db.transaction(app) as own:
        other = make_cohort(own, press.course)
    published = press.publish(
        changed(PLAN, "L1"),
        decisions={cohort.id: Decision.NEW_COHORTS, other.id: Decision.ASK_AGAIN},
    )

    assert published.cohorts == {
        cohort.id: Decision.NEW_COHORTS, other.id: Decision.ASK_AGAIN
    }
    assert (reads(session, cohort), reads(session, other)) == (1, 2)


def test_a_cohort_that_has_not_opened_copies_the_requirements_when_it_opens(
    press, app, session
):
    with db.transaction(app) as own:
        cohort = make_cohort(own, press.course, opened_at=None)
    press.publish(replace(PLAN, lines=(Line("allt", ("L1", "L2")),)))

    asks = session.get_one(Cohort, cohort.id).requirement_set
    assert [line["items"] for line in asks] == [["L1", "L2"]]


def test_a_cohort_that_has_ended_reads_a_corrected_text_and_is_asked_nothing(
    press, app, session
):
    with db.transaction(app) as own:
        cohort = make_cohort(own, press.course, ends_on=date(2026, 1, 31))
    plan = with_third_module(changed(PLAN, "L1"))
    assert Decision.ASK_AGAIN not in press.told(plan).cohorts[0].by_decision
    with pytest.raises(Refused) as refused:
        press.publish(plan, Decision.ASK_AGAIN)
    assert refused.value.reason is Reason.COHORT_HAS_ENDED

    press.publish(plan)
    assert reads(session, cohort) == 2
    assert session.get_one(Cohort, cohort.id).ends_on == date(2026, 1, 31)
    assert "M3" not in opens(session, cohort)


def test_a_cohort_is_never_left_with_nothing_to_ask_for(press, session, cohort):
    other = without(PLAN, *PLAN.ids)
    other = replace(
        other, steps=(Step("M9", (Part("L9"),)),), lines=(Line("ny", ("L9",)),)
    )
    with pytest.raises(Refused) as refused:
        press.publish(other)

    assert refused.value.reason is Reason.NOTHING_LEFT_TO_ASK
    assert refused.value.params == {"cohort": cohort.name}
    assert (reads(session, cohort), len(press.history().lines)) == (1, 1)
    press.publish(other, Decision.ASK_AGAIN)
    assert reads(session, cohort) == 2


# ---- what people have


def test_a_lesson_that_goes_stays_finished(press, session, cohort, anna):
    press.publish(without(PLAN, "L3"))

    assert "L3" in completed(session, anna)
    assert "L3" in session.scalars(
        select(CompletionEvent.item_id).where(CompletionEvent.enrollment_id == anna.id)
    ).all()
    assert list(rebuild_progress(session, press.course_of)) == []


def test_moving_and_renaming_files_changes_nothing(press, session, cohort, anna):
    before = everything_about(session, anna)
    steps = tuple(replace(step, folder=f"{n}-annat") for n, step in enumerate(PLAN.steps))
    plan = replace(PLAN, steps=steps).with_parts(
        lambda part: replace(part, file=f"x-{part.id.lower()}")
    )
    told = press.told(plan)
    assert told.changes.changed == told.changes.added == told.changes.removed == ()
    press.publish(plan, Decision.ASK_AGAIN)

    assert reads(session, cohort) == 2
    assert everything_about(session, anna) == before


def test_whoever_was_excused_is_not_asked_again_and_whoever_has_left_is_not_either(
    press, app, session, cohort, anna
):
    with db.transaction(app) as own:
        bo, cia = (make_enrollment(own, cohort) for _ in range(2))
        finish(own, press.course, bo, "L1", kind=CompletionKind.WAIVED)
        finish(own, press.course, cia, "L1")
        cia.state = EnrollmentState.ENDED
    plan = changed(PLAN, "L1")
    meaning = press.told(plan).cohorts[0].by_decision[Decision.ASK_AGAIN]
    assert [one.name for one in meaning.asked_again] == ["Anna"]

    press.publish(plan, Decision.ASK_AGAIN, by=anna.user_id)

    assert "L1" not in completed(session, anna)
    assert "L1" in completed(session, bo) & completed(session, cia)
    (undone,) = session.scalars(
        select(CompletionEvent).where(CompletionEvent.kind == CompletionKind.UNDONE)
    )
    assert (undone.enrollment_id, undone.actor_id) == (anna.id, anna.user_id)
    assert undone.reason == "changed in edition 2"
    assert undone.content_digest == press.course.items["L1"].digest


def test_what_was_handed_in_or_approved_stands_when_everybody_is_asked_again(
    press, app, session, cohort, anna
):
    with db.transaction(app) as own:
        made = make_submission(
            own, cohort, anna, press.course.items["U1"], SubmissionState.APPROVED
        )
    press.publish(changed(PLAN, "U1", "G1"), Decision.ASK_AGAIN)

    assert "U1" in completed(session, anna)
    assert session.get_one(Submission, made.id).state is SubmissionState.APPROVED


def test_whoever_does_it_again_has_done_it_when_they_did(press, app, session, cohort, anna):
    press.publish(changed(PLAN, "L1"), Decision.ASK_AGAIN)
    later = datetime(2026, 12, 24, 12, 0, tzinfo=UTC)
    with db.transaction(app) as own:
        record_completion(
            own, enrollment=own.get_one(Enrollment, anna.id), item_id="L1",
            course=press.course, actor_id=None, now=later,
        )

    assert session.get_one(Completion, (anna.id, "L1")).at == later
    assert list(rebuild_progress(session, press.course_of)) == []


def test_whoever_has_enough_after_an_edition_gets_the_certificate_by_itself(
    press, app, session, cohort, anna
):
    with db.transaction(app) as own:
        own.get_one(Cohort, cohort.id).issues_automatically = True
        bo = make_enrollment(own, cohort)
        finish(own, press.course, bo, "L1", "L2", "K1", "U1", "L4")  # all but L3
        derive(own, [bo], press.course)
    press.publish(without(PLAN, "L3"))

    jobs = session.scalars(select(Job).where(Job.kind == CERTIFICATE)).all()
    assert [job.payload["enrollment_id"] for job in jobs] == [bo.id]  # Anna had enough before


# ---- dates


def with_third_module(plan):
    step = Step("M3", (Part("L9"), Part("U9"), Part("G9")))
    return replace(
        plan, steps=(*plan.steps, step), weeks={"M3": 30}, due={"U9": 32, "G9": 5, "U1": 9}
    )


def test_a_new_module_gets_its_dates_from_the_plan_and_what_stands_stays(
    press, session, cohort
):
    ends_on, before = cohort.ends_on, opens(session, cohort)
    session.rollback()
    press.publish(with_third_module(PLAN))

    assert opens(session, cohort) == before | {"M3": date(2027, 4, 5)}
    due = dict(
        session.execute(
            select(CohortDeadline.item_id, CohortDeadline.due_on).where(
                CohortDeadline.cohort_id == cohort.id
            )
        ).all()
    )
    # G9 would have been due in October: nobody is late with what did not exist
    assert due == {
        "U1": date(2099, 1, 31), "G1": date(2099, 1, 31), "U9": date(2027, 4, 23)
    }
    assert session.get_one(Cohort, cohort.id).ends_on == ends_on


def test_a_cohort_that_asks_for_more_lasts_longer(press, app, session):
    with db.transaction(app) as own:
        cohort = make_cohort(own, press.course, ends_on=date(2027, 1, 31))
    press.publish(with_third_module(PLAN), Decision.ASK_AGAIN)

    assert session.get_one(Cohort, cohort.id).ends_on == date(2027, 5, 21)


def test_a_module_that_comes_back_keeps_its_date(press, session, cohort):
    press.publish(without(PLAN, "L3", "L4", "G1"))
    press.publish(PLAN)

    assert opens(session, cohort)["M2"] == date(2026, 10, 5)


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


# ---- whom it concerns


def test_work_begun_on_an_assignment_that_goes_is_told(press, app, cohort, anna):
    with db.transaction(app) as own:
        team = make_team(own, cohort, name="Team Norr")
        make_enrollment(own, cohort, team=team)
        make_submission(own, cohort, team, press.course.items["G1"])
        done = make_enrollment(own, cohort, user=make_user(own, name="Klara"))
        make_submission(
            own, cohort, done, press.course.items["U1"], SubmissionState.APPROVED
        )
    meaning = press.told(without(PLAN, "G1", "U1")).cohorts[0].by_decision[Decision.KEEP]

    assert [(one.name, [i.id for i in one.items]) for one in meaning.teams_left_over] == [
        ("Team Norr", ["G1"])
    ]
    assert meaning.left_over == ()
    assert not meaning.concerns_nobody


def everything_about(session, enrollment):
    session.rollback()
    completions = select(Completion.event_id, Completion.item_id, Completion.at).where(
        Completion.enrollment_id == enrollment.id
    )
    progress = select(
        ModuleProgress.module_id, ModuleProgress.done, ModuleProgress.required,
        ModuleProgress.completed_at,
    ).where(ModuleProgress.enrollment_id == enrollment.id)
    return [
        sorted(tuple(row) for row in session.execute(one)) for one in (completions, progress)
    ]
