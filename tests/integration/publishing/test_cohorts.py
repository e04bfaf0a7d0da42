"""An edition is published: what it means for cohorts, people and dates."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app import clock, db
from courses.errors import Reason, Refused
from courses.models import (
    Cohort,
    CohortDeadline,
    Completion,
    CompletionEvent,
    Enrollment,
    Job,
    Submission,
)
from courses.rules.certificates import JOB as CERTIFICATE
from courses.services.editions import publish
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
from tests.looking_at_progress import completed, everything_about, finish, opens, reads
from tests.small_course import (
    PLAN,
    Line,
    Part,
    Step,
    changed,
    with_third_module,
    without,
)

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


def test_what_is_refused_has_written_nothing_even_where_the_work_goes_on(press, app, cohort):
    other = replace(
        without(PLAN, *PLAN.ids), steps=(Step("M9", (Part("L9"),)),), lines=(Line("ny", ("L9",)),)
    )
    digest = press.keep(other).digest

    # the transaction commits: nothing is rolled back but by the service itself
    with db.transaction(app) as own, pytest.raises(Refused):
        publish(own, press.store, digest, seen=1, decisions={}, by=None, now=clock.now())

    history = press.history()
    assert (history.seen, [line.number for line in history.lines]) == (1, [1])


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
