"""Drafts and hand-ins under two hands at once, on whatever database the suite runs."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from sqlalchemy import func, select

from courses.errors import Reason, Refused, Stale
from courses.models import (
    Cohort,
    Draft,
    Enrollment,
    OutboxMail,
    Submission,
    SubmissionRound,
    Team,
)
from courses.services.drafts import save_draft
from courses.services.progress import record_team_completion
from courses.services.submissions import HandIn, submit_assignment, withdraw_submission
from courses.vocabulary import AssignmentKind, CompletionKind, SubmissionState
from tests.factories import answers_to, make_cohort, make_enrollment, make_submission, user_of
from tests.writing import finish_first_lessons, make_draft

NOW = datetime(2026, 11, 9, 11, 0, tzinfo=UTC)
TODAY = date(2026, 11, 9)


@pytest.fixture
def enrollment(session, course):
    enrollment = make_enrollment(session, make_cohort(session, course))
    finish_first_lessons(session, enrollment, course)
    return enrollment


def write(session, course, owner, answers, version, *, item="U1", by=None):
    by = by or owner
    return save_draft(
        session, owner=owner, enrollment=by, course=course, assignment=course.items[item],
        answers=answers, version=version, by=by.user_id, now=NOW, today=TODAY,
    )


def hand_in(session, course, owner, *, item="U1", by=None, version=1, **ticked):
    by = by or owner
    said = {"has_attested": True, "has_checked": False} | ticked
    return submit_assignment(
        session, owner=owner, enrollment=by, team_name="Norr", course=course,
        assignment=course.items[item], by=by.user_id, now=NOW, today=TODAY,
        hand_in=HandIn(version=version, **said),
    )


def at_once(app, work, count=4):
    """Run `work(session, number)` in as many threads, all beginning together."""
    ready = Barrier(count)

    def run(number):
        database = app.extensions["database"]
        ready.wait()
        try:
            with database.session(writes=True) as own, own.begin():
                work(own, number)
                return "done"
        except Refused as refused:
            return refused.reason
        except Stale as stale:
            return stale

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_of_hand_ins_at_once_one_is_made(app, session, course, enrollment):
    make_draft(session, enrollment, course.items["U1"])
    session.commit()

    def work(own, _number):
        hand_in(own, course, own.get_one(Enrollment, enrollment.id))

    results = at_once(app, work)

    assert sorted(map(str, results)) == ["already_submitted"] * 3 + ["done"]
    for model in (Submission, SubmissionRound, OutboxMail):
        assert session.scalar(select(func.count()).select_from(model)) == 1


@pytest.mark.parametrize("version", [0, 1])
def test_of_texts_saved_at_once_one_stands_and_the_others_are_told(
    app, session, course, enrollment, version
):
    if version:
        make_draft(session, enrollment, course.items["U1"], {"tid": "Först"})
    session.commit()

    def work(own, number):
        write(own, course, own.get_one(Enrollment, enrollment.id), {"tid": str(number)}, version)

    results = at_once(app, work)

    kept = session.scalars(select(Draft)).one()
    told = [one for one in results if isinstance(one, Stale)]
    assert results.count("done") == 1
    assert len(told) == 3
    assert kept.answers == {"tid": str(results.index("done"))}
    assert kept.version == version + 1
    for stale in told:
        assert stale.theirs == kept.answers
        assert stale.version == kept.version


def test_of_a_hand_in_and_a_withdrawal_nothing_is_left_half_done(
    app, session, course, enrollment
):
    make_draft(session, enrollment, course.items["U1"])
    session.commit()

    def work(own, number):
        mine = own.get_one(Enrollment, enrollment.id)
        if number % 2:
            withdraw_submission(
                own, owner=mine, assignment=course.items["U1"], by=mine.user_id, now=NOW
            )
        else:
            hand_in(own, course, mine)

    results = at_once(app, work)

    rounds = session.scalars(select(SubmissionRound.number)).all()
    submission = session.scalars(select(Submission)).one()
    handed_in = sum(results[n] == "done" for n in (0, 2))
    taken_back = sum(results[n] == "done" for n in (1, 3))
    assert rounds == list(range(1, handed_in + 1))
    assert submission.round == handed_in
    is_back = handed_in == taken_back
    assert submission.state is (
        SubmissionState.WITHDRAWN if is_back else SubmissionState.SUBMITTED
    )


def test_a_refused_hand_in_leaves_the_rest_of_the_transaction(session, course, enrollment):
    make_draft(session, enrollment, course.items["U1"])
    hand_in(session, course, enrollment)

    with pytest.raises(Refused):
        hand_in(session, course, enrollment)

    session.commit()
    assert session.scalars(select(Submission)).one().round == 1


def test_what_may_point_somebody_out_is_not_taken_without_having_been_checked(
    session, course, enrollment
):
    make_draft(session, enrollment, course.items["U1"], {
        **answers_to(course.items["U1"]), "tid": "Vi ringer Anna Lind på 070-174 06 35.",
    })

    for ticked in ({"has_checked": False}, {"has_checked": True, "has_attested": False}):
        with pytest.raises(Refused) as refused:
            hand_in(session, course, enrollment, **ticked)
        assert refused.value.reason is Reason.NOT_ATTESTED

    assert hand_in(session, course, enrollment, has_checked=True).number == 1


@pytest.fixture
def two_joint(course):
    """The course as if U2 were joint and came after GU1."""
    modules = []
    for module in course.modules:
        changed = tuple(
            replace(one, kind=AssignmentKind.JOINT) if one.id == "U2" else one
            for one in module.assignments
        )
        modules.append(replace(module, assignments=changed))
    return replace(course, modules=tuple(modules))


@pytest.fixture
def team(session, enrollment):
    cohort_id = enrollment.cohort_id
    team = Team(cohort_id=cohort_id, name="Norr", holder_id=enrollment.id)
    session.add(team)
    session.flush()
    enrollment.home_team_id = team.id
    session.flush()
    return team


@pytest.mark.parametrize(
    "state,allowed",
    [
        (None, False), (SubmissionState.WITHDRAWN, False), (SubmissionState.SUBMITTED, True),
        (SubmissionState.RETURNED, True), (SubmissionState.APPROVED, True),
        (SubmissionState.EXCUSED, True),
    ],
)
def test_a_joint_one_waits_for_the_one_before_it(
    session, two_joint, enrollment, team, state, allowed
):
    if state:
        cohort = session.get_one(Cohort, enrollment.cohort_id)
        make_submission(
            session, cohort, team, two_joint.items["GU1"], state,
            submitted_by=user_of(session, enrollment),
        )
    make_draft(session, team, two_joint.items["U2"], by=user_of(session, enrollment))

    if allowed:
        assert hand_in(session, two_joint, team, item="U2", by=enrollment).number == 1
        return
    with pytest.raises(Refused) as refused:
        hand_in(session, two_joint, team, item="U2", by=enrollment)
    assert refused.value.reason is Reason.EARLIER_JOINT_FIRST
    assert refused.value.params == {"assignment": "Teamets överenskommelse"}


def test_what_a_coordinator_waived_need_not_come_first(session, two_joint, enrollment, team):
    make_draft(session, team, two_joint.items["U2"], by=user_of(session, enrollment))
    record_team_completion(
        session, team_id=team.id, item_id="GU1", course=two_joint, actor_id=None, now=NOW,
        kind=CompletionKind.WAIVED, reason="Teamet bildades sent",
    )

    assert hand_in(session, two_joint, team, item="U2", by=enrollment).number == 1
