"""A person leaves a team or is replaced, in one step: what stays, what passes on."""

from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from app import db
from courses.errors import Reason, Refused, Stale
from courses.models import (
    Completion,
    Enrollment,
    Handover,
    JointSection,
    Notice,
    Reflection,
    Submission,
    SubmissionRound,
    TeamMember,
)
from courses.services.handovers import Newcomer, hand_over, save_handover_note
from courses.services.progress import record_completion
from courses.vocabulary import EnrollmentState, NoticeKind, Role, Sector, SubmissionState
from tests.factories import (
    join_team,
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
    make_user,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@pytest.fixture
def joint(course):
    return next(one for one in course.assignments if one.is_joint)


@pytest.fixture
def world(session, course, joint):
    """Anna holds the pen of Norr and is in the regional team too; Bo has no team yet."""
    cohort = make_cohort(session, course)
    norr, regional = make_team(session, cohort, name="Norr"), make_team(session, cohort)
    anna = make_enrollment(session, cohort, team=norr, user=make_user(session, name="Anna"))
    join_team(session, regional, anna)
    cia = make_enrollment(session, cohort, team=norr, user=make_user(session, name="Cia"))
    bo = make_enrollment(session, cohort, user=make_user(session, name="Bo"))
    norr.holder_id, regional.deputy_id = anna.id, anna.id
    session.add(
        JointSection(
            team_id=norr.id, assignment_id=joint.id, section_id=joint.sections[0].id,
            writer_id=anna.id,
        )
    )
    make_submission(session, cohort, norr, joint, SubmissionState.RETURNED)
    who = make_role(session, Role.COORDINATOR)
    session.flush()
    return {"cohort": cohort, "norr": norr, "regional": regional, "anna": anna, "bo": bo,
            "cia": cia, "by": who.id}


def replace(session, course, world, *, successor="bo", version=None):
    anna = world["anna"]
    return hand_over(
        session, anna, course, successor=world[successor] if successor else None,
        message="Ring Cia.", version=anna.version if version is None else version,
        actor_id=world["by"], now=NOW, today=TODAY,
    )


def members(session, team):
    return set(
        session.scalars(
            select(TeamMember.enrollment_id).where(
                TeamMember.team_id == team.id, TeamMember.left_on.is_(None)
            )
        )
    )


def test_the_place_in_every_team_passes_on_with_pen_and_sections(session, course, world):
    rows = replace(session, course, world)
    anna, bo, norr, regional = (world[name] for name in ("anna", "bo", "norr", "regional"))
    assert {row.team_id for row in rows} == {norr.id, regional.id}
    assert members(session, norr) == {bo.id, world["cia"].id}
    assert members(session, regional) == {bo.id}
    assert (norr.holder_id, regional.deputy_id) == (bo.id, bo.id)
    assert bo.home_team_id == norr.id
    assert (anna.home_team_id, anna.state) == (None, EnrollmentState.ENDED)
    assert session.scalars(select(JointSection.writer_id)).all() == [bo.id]


def test_without_a_successor_the_pen_lies_free(session, course, world):
    replace(session, course, world, successor=None)
    assert members(session, world["norr"]) == {world["cia"].id}
    assert world["norr"].holder_id is None
    assert session.scalars(select(Handover.successor_id)).all() == [None, None]


def test_the_note_of_the_one_who_leaves_goes_with_it_and_is_frozen(session, course, world):
    save_handover_note(
        session, team_id=world["norr"].id, enrollment_id=world["anna"].id,
        text="Nyckeln till arkivet har receptionen.", version=0, now=NOW,
    )
    rows = replace(session, course, world)
    notes = {row.team_id: row.note for row in rows}
    assert notes == {
        world["norr"].id: "Nyckeln till arkivet har receptionen.", world["regional"].id: "",
    }


def test_a_round_handed_in_before_keeps_its_members(session, course, world):
    before = [dict(one) for one in session.scalars(select(SubmissionRound.members)).one()]
    replace(session, course, world)
    session.expire_all()
    assert session.scalars(select(SubmissionRound.members)).one() == before
    assert world["anna"].id in {one["enrollment_id"] for one in before}


def test_what_a_person_has_finished_stays_theirs(session, course, world):
    lesson = course.lessons[0]
    record_completion(
        session, enrollment=world["anna"], item_id=lesson.id, course=course,
        actor_id=world["anna"].user_id, now=NOW,
    )
    replace(session, course, world)
    assert session.get(Completion, (world["anna"].id, lesson.id)) is not None
    assert session.get(Completion, (world["bo"].id, lesson.id)) is None
    assert session.scalars(select(Reflection)).all() == []


def test_the_team_and_the_successor_are_told_once_a_team(session, course, world):
    replace(session, course, world)
    told = session.execute(
        select(Notice.user_id, Notice.team_id).where(Notice.kind == NoticeKind.HANDOVER)
    )
    norr, regional = world["norr"].id, world["regional"].id
    assert {tuple(row) for row in told} == {
        (world["cia"].user_id, norr), (world["bo"].user_id, norr),
        (world["bo"].user_id, regional),
    }


def test_nobody_takes_over_from_themselves_or_from_no_team(session, course, world):
    with pytest.raises(Refused) as refused:
        replace(session, course, world, successor="anna")
    assert refused.value.reason is Reason.SAME_PERSON
    replace(session, course, world)
    with pytest.raises(Refused) as refused:
        replace(session, course, world)
    assert refused.value.reason is Reason.NOT_IN_A_TEAM


def test_a_place_that_was_changed_meanwhile_is_not_handed_over(session, course, world):
    with pytest.raises(Stale):
        replace(session, course, world, version=world["anna"].version + 1)


def test_of_two_notes_saved_at_once_none_is_lost(session, world):
    ids = {"team_id": world["norr"].id, "enrollment_id": world["anna"].id, "now": NOW}
    first = save_handover_note(session, text="Ett", version=0, **ids)
    with pytest.raises(Stale) as stale:
        save_handover_note(session, text="Två", version=0, **ids)
    assert (stale.value.theirs, stale.value.version) == ("Ett", first.version)


def test_a_newcomer_gets_time_for_what_was_due_before(session, course):
    """In week 11 of a cohort that began in September: modules 1 to 3, four weeks' time."""
    cohort = make_cohort(
        session, course, due={"U1": date(2026, 10, 9), "U2": date(2026, 12, 4)}
    )
    team = make_team(session, cohort)
    anna = make_enrollment(session, cohort, team=team)
    by = make_role(session, Role.COORDINATOR).id
    nils = Newcomer(name="Nils", email="nils@example.org", sector=Sector.SCHOOL)
    rows = hand_over(
        session, anna, course, successor=nils, message="", version=anna.version, actor_id=by,
        now=NOW, today=TODAY,
    )
    dates = dict(
        session.execute(
            select(Submission.assignment_id, Submission.due_on).where(
                Submission.enrollment_id == rows[0].successor_id
            )
        ).all()
    )
    assert dates == {"U1": date(2026, 12, 21), "U2": date(2026, 12, 21)}  # a Monday


def test_two_coordinators_at_once_hand_over_once(app, session, course, world):
    session.commit()
    ids = {name: world[name].id for name in ("anna", "bo", "cia")}
    version, by = world["anna"].version, world["by"]
    gate, ended = Barrier(2), []

    def one(successor_id):
        gate.wait()
        with app.app_context():
            try:
                with db.transaction() as mine:
                    hand_over(
                        mine, mine.get_one(Enrollment, ids["anna"]), course,
                        successor=mine.get_one(Enrollment, successor_id), message="",
                        version=version, actor_id=by, now=NOW, today=TODAY,
                    )
                ended.append("done")
            except (Stale, Refused) as error:
                ended.append(type(error).__name__)

    threads = [Thread(target=one, args=(ids[name],)) for name in ("bo", "cia")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) in (["Stale", "done"], ["Refused", "done"])
    session.rollback()
    assert len(session.scalars(select(Handover)).all()) == 2  # one for each of the two teams
