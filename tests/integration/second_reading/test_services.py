"""Two readers: neither answers alone."""


import pytest
from sqlalchemy import select

from courses.errors import Reason, Refused, Stale
from courses.models import (
    LoneReading,
    Reading,
    ReviewDraft,
    RoleAssignment,
    SecondReader,
)
from courses.rules.reviews import Answer
from courses.services.claims import take_claim
from courses.services.people import end_role
from courses.services.readings import begin_joint
from courses.services.reviews import correct_review
from courses.services.second_readers import (
    second_reader_of,
)
from courses.vocabulary import Outcome, SubmissionState
from tests.factories import make_cohort, make_enrollment, make_submission
from tests.reading import (
    alone,
    approved,
    back,
    decide,
    finish,
    name,
    name_team,
    read,
    said,
    send,
    trainer,
    write,
)
from tests.reviewing import NOON


def refusal(work, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        work(*args, **kwargs)
    return refused.value.reason


class TestTheGate:
    def test_nothing_is_sent_before_both_have_finished_and_the_first_has_compared(
        self, session, course, gu5, pair
    ):
        submission, anna, bertil = pair
        draft = write(session, submission, anna, gu5, approved(gu5))

        def try_it():
            return refusal(
                send, session, submission, anna, course, gu5, version=draft.version
            )

        assert try_it() is Reason.READ_FIRST
        finish(session, submission, anna, gu5, draft.version)
        assert try_it() is Reason.SECOND_STILL_READS
        read(session, submission, bertil, gu5)
        assert try_it() is Reason.COMPARE_FIRST
        decide(session, submission, anna)

        review = send(session, submission, anna, course, gu5, version=draft.version)

        assert submission.state is SubmissionState.APPROVED
        readings = session.scalars(select(Reading)).all()
        assert {(one.reader_id, one.review_id) for one in readings} == {
            (anna.id, review.id), (bertil.id, review.id),
        }
        assert session.scalars(select(ReviewDraft)).all() == []

    def test_whoever_reads_second_does_not_answer(self, session, course, gu5, pair):
        submission, anna, bertil = pair
        read(session, submission, anna, gu5)
        submission.claimed_until = NOON
        session.flush()
        read(session, submission, bertil, gu5, approved(gu5))

        assert refusal(
            send, session, submission, bertil, course, gu5
        ) is Reason.READS_SECOND

    def test_without_a_second_reader_the_first_says_why(self, session, cohort, course, gu5, pair):
        submission, anna, bertil = pair
        end_role(session, session.scalars(_roles(bertil)).one(), actor_id=anna.id, now=NOON)
        draft = write(session, submission, anna, gu5, approved(gu5))
        assert refusal(
            send, session, submission, anna, course, gu5, version=draft.version
        ) is Reason.NO_SECOND_READER

        alone(session, submission, anna, gu5)
        send(session, submission, anna, course, gu5, version=draft.version)

        row = session.scalars(select(LoneReading)).one()
        assert (row.reason, row.recorded_by) == ("Bertil är sjuk.", anna.id)

    def test_only_the_first_reader_says_so(self, session, cohort, gu5, pair):
        submission, anna, bertil = pair
        write(session, submission, anna, gu5, said(gu5))

        assert refusal(alone, session, submission, bertil, gu5) is Reason.REVIEW_TAKEN

    def test_naming_somebody_after_all_takes_it_back(self, session, cohort, gu5, pair):
        submission, anna, _bertil = pair
        write(session, submission, anna, gu5, said(gu5))
        alone(session, submission, anna, gu5)
        cecilia = trainer(session, cohort, "Cecilia")

        name(session, submission, cecilia, gu5, by=anna)

        assert session.scalars(select(LoneReading)).all() == []
        assert second_reader_of(session, submission) == cecilia.id

    def test_an_assignment_for_one_reader_is_as_before(self, session, cohort, course, pair):
        _submission, anna, _bertil = pair
        own = next(a for a in course.assignments if not a.is_joint and a.is_handed_in)
        submission = make_submission(session, cohort, make_enrollment(session, cohort), own)
        draft = write(session, submission, anna, own, approved(own))

        assert send(session, submission, anna, course, own, version=draft.version)

    def test_a_correction_needs_no_second_reading(self, session, cohort, course, gu5, pair):
        submission, anna, bertil = pair
        for one in (anna, bertil):
            read(session, submission, one, gu5, approved(gu5))
        decide(session, submission, anna)
        review = send(session, submission, anna, course, gu5)

        correction = correct_review(
            session, submission, corrects_id=review.id, answer=approved(gu5), reason="Skrivfel",
            actor_id=bertil.id, course=course, assignment=gu5, now=NOON, today=NOON.date(),
        )

        assert (correction.reviewer_id, correction.outcome) == (bertil.id, Outcome.APPROVE)


class TestReading:
    def test_the_second_reads_beside_the_first_whoever_has_the_text(self, session, gu5, pair):
        submission, anna, bertil = pair
        take_claim(session, submission, actor_id=anna.id, now=NOON)

        write(session, submission, bertil, gu5, said(gu5))
        write(session, submission, anna, gu5, said(gu5))

        assert submission.claimed_by == anna.id
        assert len(session.scalars(select(ReviewDraft)).all()) == 2

    def test_the_author_cannot_withdraw_what_the_second_has_begun(self, session, gu5, pair):
        submission, _anna, bertil = pair

        write(session, submission, bertil, gu5, said(gu5))

        assert (submission.state, submission.claimed_by) == (SubmissionState.IN_REVIEW, None)

    def test_every_criterion_has_its_level_first(self, session, gu5, pair):
        submission, anna, _bertil = pair
        half = Answer(levels={gu5.criteria[0].id: "approved"})

        assert refusal(
            read, session, submission, anna, gu5, half
        ) is Reason.CRITERIA_MISSING

    def test_what_was_changed_in_another_window_is_read_again(self, session, gu5, pair):
        submission, anna, _bertil = pair
        draft = write(session, submission, anna, gu5, said(gu5))

        with pytest.raises(Stale):
            finish(session, submission, anna, gu5, draft.version + 1)

    def test_it_is_kept_as_it_was_when_the_joint_answer_changes(self, session, gu5, pair):
        submission, anna, bertil = pair
        first = read(session, submission, anna, gu5, said(gu5, overall="Mina ord"))
        read(session, submission, bertil, gu5)
        decide(session, submission, anna)

        write(session, submission, anna, gu5, said(gu5, overall="Våra ord"), version=1)

        session.expire_all()
        assert first.content["overall"] == "Mina ord"

    def test_taking_it_back_makes_the_first_compare_once_more(self, session, gu5, pair):
        submission, anna, bertil = pair
        for one in (anna, bertil):
            read(session, submission, one, gu5)
        decide(session, submission, anna)
        back(session, submission, bertil)

        assert refusal(
            begin_joint, session, submission, number=1, actor_id=anna.id, now=NOON
        ) is Reason.SECOND_STILL_READS
        finish(session, submission, bertil, gu5, 1)

        mine, theirs = session.scalars(select(Reading).order_by(Reading.id)).all()
        assert mine.joint_at is None
        assert theirs.compared_at is not None

    def test_the_joint_answer_is_not_taken_back(self, session, gu5, pair):
        submission, anna, bertil = pair
        for one in (anna, bertil):
            read(session, submission, one, gu5)
        decide(session, submission, anna)

        assert refusal(back, session, submission, anna) is Reason.JOINT_BEGUN

    def test_the_same_two_read_the_next_round(self, session, cohort, gu5, pair):
        submission, anna, bertil = pair
        write(session, submission, bertil, gu5, said(gu5))
        cecilia = trainer(session, cohort, "Cecilia")
        team = session.get_one(type(submission), submission.id).team_id

        name_team(session, team, cecilia, by=anna)

        assert second_reader_of(session, submission) == bertil.id


class TestWhoReadsSecond:
    def test_never_the_one_who_reads_first(self, session, cohort, gu5, pair):
        submission, anna, _bertil = pair
        take_claim(session, submission, actor_id=anna.id, now=NOON)

        assert refusal(name, session, submission, anna, gu5, by=anna) is Reason.SAME_READER
        assert refusal(
            name_team, session, submission.team_id, anna, by=anna
        ) is Reason.SAME_READER

    def test_only_a_trainer_of_the_cohort(self, session, course, gu5, pair):
        submission, anna, _bertil = pair
        elsewhere = trainer(session, make_cohort(session, course), "Elsa")

        assert refusal(
            name, session, submission, elsewhere, gu5, by=anna
        ) is Reason.CANNOT_READ_SECOND

    def test_the_reading_of_whoever_is_replaced_no_longer_counts(
        self, session, cohort, course, gu5, pair
    ):
        submission, anna, bertil = pair
        for one in (anna, bertil):
            read(session, submission, one, gu5)
        decide(session, submission, anna)

        name(session, submission, trainer(session, cohort, "Cecilia"), gu5, by=anna)

        assert refusal(
            send, session, submission, anna, course, gu5
        ) is Reason.SECOND_STILL_READS

    def test_a_trainer_who_leaves_the_cohort_reads_for_no_team(self, session, gu5, pair):
        submission, anna, bertil = pair
        write(session, submission, bertil, gu5, said(gu5))

        end_role(session, session.scalars(_roles(bertil)).one(), actor_id=anna.id, now=NOON)

        assert session.scalars(select(SecondReader)).all() == []


def _roles(person):
    return select(RoleAssignment).where(RoleAssignment.user_id == person.id)
