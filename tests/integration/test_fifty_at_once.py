"""Fifty hands at once on the same texts: one claim, one hand-in, one decision, and every word
that somebody wrote is there afterwards. On whatever database the suite runs."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from courses.errors import Refused, Stale
from courses.models import (
    Completion,
    Draft,
    Enrollment,
    Review,
    ReviewDraft,
    Submission,
    SubmissionRound,
    Team,
)
from courses.rules.reviews import Answer
from courses.services.claims import claim_first, take_over_claim
from courses.services.drafts import save_draft
from courses.services.joint_sections import JointWork, save_section
from courses.services.reviews import save_review_draft, send_review
from courses.services.submissions import HandIn, submit_assignment
from courses.vocabulary import Level, Outcome, Role, SubmissionState
from tests.factories import (
    answers_to,
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
)
from tests.writing import finish_first_lessons

HANDS = 50
NOW = datetime(2026, 11, 9, 11, 0, tzinfo=UTC)
TODAY = date(2026, 11, 9)


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course)


@pytest.fixture
def trainers(session, cohort):
    found = [make_role(session, Role.TRAINER, cohort=cohort).id for _ in range(HANDS)]
    session.commit()
    return found


@pytest.fixture
def own(course):
    return next(one for one in course.assignments if not one.is_joint and one.is_handed_in)


@pytest.fixture
def joint(course):
    return next(one for one in course.assignments if one.is_joint)


@pytest.fixture
def storm(app):
    """Run `work(session, number)` in fifty threads that begin together, each in a transaction
    of its own. One that was outrun begins again like a request does, and so does one that waited
    for SQLite's only pen until it gave up: the machine may be busy with other things. Returns
    what each came to."""
    database = app.extensions["database"]

    def blow(work):
        ready = Barrier(HANDS)

        def run(number):
            ready.wait()
            while True:
                try:
                    with database.session(writes=True) as mine, mine.begin():
                        return work(mine, number)
                except (IntegrityError, StaleDataError):
                    continue
                except OperationalError as error:
                    is_deadlock = getattr(error.orig, "sqlstate", "") == "40P01"
                    if not is_deadlock and "database is locked" not in str(error.orig):
                        raise
                except (Refused, Stale) as no:
                    return no

        with ThreadPoolExecutor(HANDS) as pool:
            return list(pool.map(run, range(HANDS)))

    return blow


def approval(assignment):
    return Answer(
        levels={one.id: Level.APPROVED for one in assignment.criteria}, overall="Bra.",
        outcome=Outcome.APPROVE,
    )


def test_of_fifty_who_ask_for_the_next_each_gets_their_own(
    storm, session, cohort, trainers, own
):
    waiting = [
        make_submission(session, cohort, make_enrollment(session, cohort), own).id
        for _ in range(12)
    ]
    session.commit()

    def work(mine, number):
        found = claim_first(mine, waiting, actor_id=trainers[number], now=NOW)
        return found.id if found else None

    got = [one for one in storm(work) if one is not None]
    assert sorted(got) == sorted(waiting)
    session.rollback()
    held = session.scalars(select(Submission.claimed_by).where(Submission.id.in_(waiting))).all()
    assert len(set(held)) == len(waiting)


def test_of_fifty_decisions_one_is_sent_and_no_text_is_lost(
    storm, session, course, cohort, trainers, own
):
    work_id = make_submission(session, cohort, make_enrollment(session, cohort), own).id
    session.commit()

    def work(mine, number):
        submission = mine.get_one(Submission, work_id)
        who = {"actor_id": trainers[number], "now": NOW}
        draft = save_review_draft(
            mine, submission, number=1, answer=approval(own), version=0, **who
        )
        try:
            with mine.begin_nested():
                take_over_claim(mine, submission, **who)
                send_review(
                    mine, submission, number=1, version=draft.version, course=course,
                    assignment=own, today=TODAY, **who,
                )
        except Refused:
            return "kept"  # somebody was first; what was written stays
        return "sent"

    came_to = storm(work)
    assert sorted(came_to) == ["kept"] * (HANDS - 1) + ["sent"]
    session.rollback()
    review = session.scalars(select(Review)).one()
    kept = set(session.scalars(select(ReviewDraft.reviewer_id)))
    assert kept | {review.reviewer_id} == set(trainers)
    assert session.scalar(select(func.count()).select_from(Completion).where(
        Completion.item_id == own.id
    )) == 1


def test_fifty_who_save_the_same_section_lose_no_word(storm, session, course, cohort, joint):
    """Whoever meets another text puts the two together, as the page of the conflict offers."""
    team = make_team(session, cohort)
    members = [make_enrollment(session, cohort, team=team).id for _ in range(5)]
    session.commit()
    section = next(one.id for one in joint.sections if one.kind == "text")

    def work(mine, number):
        place = mine.get_one(Enrollment, members[number % 5])
        job = JointWork(
            team=mine.get_one(Team, team.id), enrollment=place, course=course, assignment=joint,
            now=NOW, today=TODAY,
        )
        word = text = f"ord{number:02}"
        version = 0
        while True:
            try:
                with mine.begin_nested():
                    save_section(mine, job, section, text, version=version)
                return "saved"
            except Stale as stale:
                text, version = f"{stale.theirs} {word}", stale.version

    assert storm(work) == ["saved"] * HANDS
    session.rollback()
    draft = session.scalars(select(Draft).where(Draft.team_id == team.id)).one()
    assert sorted(draft.answers[section].split()) == [f"ord{n:02}" for n in range(HANDS)]


def test_fifty_who_write_in_sections_of_their_own_never_meet(
    storm, session, course, cohort, joint
):
    team = make_team(session, cohort)
    members = [make_enrollment(session, cohort, team=team).id for _ in range(5)]
    session.commit()
    sections = [one.id for one in joint.sections if one.kind in ("text", "short")]

    def work(mine, number):
        job = JointWork(
            team=mine.get_one(Team, team.id),
            enrollment=mine.get_one(Enrollment, members[number % 5]), course=course,
            assignment=joint, now=NOW, today=TODAY,
        )
        section = sections[number % len(sections)]
        try:
            save_section(mine, job, section, section, version=0)
        except Stale:
            return "met"
        return "saved"

    assert set(storm(work)) == {"saved"}  # the same words twice are no conflict
    session.rollback()
    draft = session.scalars(select(Draft).where(Draft.team_id == team.id)).one()
    assert draft.answers == {one: one for one in sections}


def test_of_fifty_hand_ins_one_is_made_while_others_write(
    storm, session, course, cohort, joint
):
    """Half hand in the draft that they have read, half change it: what is frozen is what was
    read, and what was changed is still in the draft."""
    team = make_team(session, cohort)
    nora = make_enrollment(session, cohort, team=team)
    finish_first_lessons(session, nora, course)
    session.add(
        Draft(
            team_id=team.id, assignment_id=joint.id, answers=answers_to(joint), version=1,
            updated_at=NOW, updated_by=nora.user_id,
        )
    )
    session.commit()
    section = next(one.id for one in joint.sections if one.kind == "text")

    def work(mine, number):
        place, its = mine.get_one(Enrollment, nora.id), mine.get_one(Team, team.id)
        common = {"owner": its, "enrollment": place, "course": course, "assignment": joint,
                  "by": place.user_id, "now": NOW, "today": TODAY}
        if number % 2:
            changed = answers_to(joint) | {section: f"ord{number}"}
            return save_draft(mine, answers=changed, version=1, **common).version
        hand_in = HandIn(version=1, has_attested=True, has_checked=True)
        return submit_assignment(mine, team_name="Norr", hand_in=hand_in, **common).number

    came_to = storm(work)
    session.rollback()
    rounds = session.scalars(select(SubmissionRound)).all()
    draft = session.scalars(select(Draft).where(Draft.team_id == team.id)).one()
    changed = [one for one in came_to if one == 2]
    assert len(rounds) + len(changed) >= 1
    assert len(rounds) <= 1
    assert len(changed) <= 1  # the others began from an older text, and were told so
    for one in rounds:
        assert one.answers == answers_to(joint)
    assert draft.version == 1 + len(changed)
    state = session.scalars(select(Submission.state)).one_or_none()
    assert state is (SubmissionState.SUBMITTED if rounds else None)
