"""Everybody acts in any order on one piece of own and one of joint work; the engine must do what
the model does, refuse what the model refuses, and lose nothing.

Long because a machine is one class: each thing that anybody does is a rule of it.
"""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select

from courses.errors import NotFound, Refused, Stale
from courses.models import (
    Completion,
    Draft,
    Review,
    ReviewDraft,
    SecrecyStop,
    Submission,
    SubmissionRound,
    not_sealed,
    owned_by,
)
from courses.rules.reviews import Answer
from courses.rules.secrecy import Passage
from courses.services.claims import take_claim, take_over_claim
from courses.services.drafts import save_draft
from courses.services.excusing import excuse, take_back_excuse
from courses.services.handing_in_for import OnBehalf, hand_in_for
from courses.services.presentations import register_presentation
from courses.services.readings import begin_joint, finish_reading, take_back_reading
from courses.services.reviews import correct_review, save_review_draft, send_review
from courses.services.second_readers import name_second_reader, record_lone_reading
from courses.services.secrecy import press_stop
from courses.services.secrecy_steps import close, lift, take_over
from courses.services.submissions import HandIn, submit_assignment, withdraw_submission
from courses.vocabulary import Level, Outcome, Role, SubmissionState
from tests.factories import (
    answers_to,
    make_cohort,
    make_enrollment,
    make_role,
    make_submission,
    make_team,
)
from tests.integration.life_cycle.model import Work
from tests.writing import finish_first_lessons

BEGIN = datetime(2026, 11, 9, 8, tzinfo=UTC)
TODAY = date(2026, 11, 9)
AGAIN_BY = date(2027, 1, 29)
NO = (Refused, Stale, NotFound)
OWN, JOINT = "own", "joint"
TRAINERS = ("first", "second", "third")

works = st.sampled_from([OWN, JOINT])
trainers = st.sampled_from(TRAINERS)
outcomes = st.sampled_from(["approve", "return"])
texts = st.sampled_from(["ett", "två", "tre"])


class LifeCycle(RuleBasedStateMachine):
    """`database` and `course` are set by the test on a class of its own."""

    database: object
    course: object
    steps = 0

    @initialize(is_begun=st.sampled_from([True, True, True, False]))
    def begin(self, is_begun):
        self.session = self.database.session(writes=True)
        self.session.begin()
        session, course = self.session, self.course
        self.minutes = 0
        self.cohort = make_cohort(session, course)
        team = make_team(session, self.cohort)
        self.nora = make_enrollment(session, self.cohort, team=team)
        make_enrollment(session, self.cohort, team=team)
        team.holder_id = self.nora.id
        finish_first_lessons(session, self.nora, course)
        self.people = {
            name: make_role(session, Role.TRAINER, cohort=self.cohort).id for name in TRAINERS
        }
        self.coordinator = make_role(session, Role.COORDINATOR).id
        self.officer = make_role(session, Role.SECRECY_OFFICER).id
        own = next(one for one in course.assignments if not one.is_joint and one.is_handed_in)
        joint = next(one for one in course.assignments if one.readers > 1)
        earlier = course.joint_before(joint)
        make_submission(session, self.cohort, team, earlier, SubmissionState.APPROVED)
        self.assignments = {OWN: own, JOINT: joint}
        self.owners = {OWN: self.nora, JOINT: team}
        self.models = {OWN: Work(is_two=False), JOINT: Work(is_two=joint.readers > 1)}
        session.flush()
        if is_begun:  # most of what may go wrong begins with a text that waits
            for work in (OWN, JOINT):
                self.write(work, "ett")
                self.submit(work)

    def teardown(self):
        if hasattr(self, "session"):
            self.session.rollback()
            self.session.close()

    @property
    def now(self):
        return BEGIN + timedelta(minutes=self.minutes)

    def act(self, allowed, call, *args, **kwargs):
        """Do it, all or nothing, and see that it went as the model says."""
        type(self).steps += 1
        try:
            with self.session.begin_nested():
                call(*args, **kwargs)
            done = True
        except NO:
            done = False
        assert done is allowed

    def row(self, work):
        mine = owned_by(self.owners[work])
        return self.session.scalars(
            select(Submission).filter_by(**mine, assignment_id=self.assignments[work].id)
        ).one_or_none()

    def draft_version(self, work):
        mine = owned_by(self.owners[work])
        found = self.session.scalar(
            select(Draft.version).filter_by(**mine, assignment_id=self.assignments[work].id)
        )
        return found or 0

    def note_version(self, work, who):
        found = self.session.scalar(
            select(ReviewDraft.version)
            .join(SubmissionRound, SubmissionRound.id == ReviewDraft.round_id)
            .where(
                SubmissionRound.submission_id == self.row(work).id,
                SubmissionRound.number == self.models[work].number,
                ReviewDraft.reviewer_id == self.people[who],
            )
        )
        return found or 0

    def answers(self, work, text):
        """Answers in which `text` stands in the first part that takes one."""
        answers = answers_to(self.assignments[work])
        return {**answers, self.marked(work): text}

    def marked(self, work):
        return next(
            one.id for one in self.assignments[work].sections if one.kind in ("text", "short")
        )

    def answer(self, work, outcome):
        criteria = self.assignments[work].criteria
        approves = outcome == "approve"
        levels = {one.id: Level.APPROVED if approves else Level.REVISE for one in criteria}
        return Answer(
            levels=levels, overall="Bra början." if approves else "Skriv mer om varför.",
            outcome=Outcome(outcome), due_on=None if approves else AGAIN_BY,
        )

    def about(self, work, who):
        """What every service about a round is told."""
        return {
            "number": self.models[work].number, "actor_id": self.people[who], "now": self.now,
        }

    def exists(self, work):
        return self.row(work) is not None

    # participants

    @rule(work=works, text=texts)
    def write(self, work, text):
        owner = self.owners[work]
        self.act(
            self.models[work].write(text), save_draft, self.session, owner=owner,
            enrollment=self.nora, course=self.course, assignment=self.assignments[work],
            answers=self.answers(work, text), version=self.draft_version(work),
            by=self.nora.user_id, now=self.now, today=TODAY,
        )

    @rule(work=works)
    def submit(self, work):
        hand_in = HandIn(
            version=self.draft_version(work), has_attested=True, has_checked=True
        )
        self.act(
            self.models[work].submit(), submit_assignment, self.session,
            owner=self.owners[work], enrollment=self.nora, team_name="Norr", course=self.course,
            assignment=self.assignments[work], hand_in=hand_in, by=self.nora.user_id,
            now=self.now, today=TODAY,
        )

    @rule(work=works)
    def withdraw(self, work):
        self.act(
            self.models[work].withdraw(), withdraw_submission, self.session,
            owner=self.owners[work], assignment=self.assignments[work], by=self.nora.user_id,
            now=self.now,
        )

    # trainers

    @rule(minutes=st.sampled_from([1, 20, 40]))
    def time_passes(self, minutes):
        self.minutes += minutes

    @rule(work=works, who=trainers)
    def claim(self, work, who):
        if self.exists(work):
            self.act(
                self.models[work].claim(who, self.minutes), take_claim, self.session,
                self.row(work), actor_id=self.people[who], now=self.now,
            )

    @rule(work=works, who=trainers)
    def take_over(self, work, who):
        if self.exists(work):
            self.act(
                self.models[work].take_over(who, self.minutes), take_over_claim, self.session,
                self.row(work), actor_id=self.people[who], now=self.now,
            )

    @rule(work=works, who=trainers, outcome=outcomes)
    def note(self, work, who, outcome):
        if self.exists(work):
            self.act(
                self.models[work].note(who, outcome, self.minutes), save_review_draft,
                self.session, self.row(work), answer=self.answer(work, outcome),
                version=self.note_version(work, who), assignment=self.assignments[work],
                **self.about(work, who),
            )

    @rule(work=works, who=trainers)
    def send(self, work, who):
        if self.exists(work):
            self.act(
                self.models[work].send(who, self.minutes), send_review, self.session,
                self.row(work), version=self.note_version(work, who), course=self.course,
                assignment=self.assignments[work], today=TODAY, **self.about(work, who),
            )

    @rule(work=works, who=trainers, outcome=outcomes)
    def correct(self, work, who, outcome):
        review = self.latest_review(work)
        if review is not None:
            self.act(
                self.models[work].correct(outcome), correct_review, self.session,
                self.row(work), corrects_id=review.id, answer=self.answer(work, outcome),
                reason="Det stod fel.", actor_id=self.people[who], course=self.course,
                assignment=self.assignments[work], now=self.now, today=TODAY,
            )

    def latest_review(self, work):
        """The newest answer to the latest round."""
        row = self.row(work)
        if row is None:
            return None
        return self.session.scalars(
            select(Review)
            .join(SubmissionRound, SubmissionRound.id == Review.round_id)
            .where(
                SubmissionRound.submission_id == row.id, SubmissionRound.number == row.round
            )
            .order_by(Review.id.desc())
        ).first()

    # what two read

    @rule(who=trainers)
    def finish(self, who):
        if self.exists(JOINT):
            self.act(
                self.models[JOINT].finish(who, self.minutes), finish_reading, self.session,
                self.row(JOINT), version=self.note_version(JOINT, who),
                assignment=self.assignments[JOINT], **self.about(JOINT, who),
            )

    @rule(who=trainers)
    def read_on(self, who):
        if self.exists(JOINT):
            self.act(
                self.models[JOINT].read_on(who), take_back_reading, self.session,
                self.row(JOINT), **self.about(JOINT, who),
            )

    @rule(who=trainers)
    def compare(self, who):
        if self.exists(JOINT):
            self.act(
                self.models[JOINT].compare(who), begin_joint, self.session, self.row(JOINT),
                **self.about(JOINT, who),
            )

    @rule(who=trainers, by=trainers)
    def name_second(self, who, by):
        if self.exists(JOINT):
            self.act(
                self.models[JOINT].name_second(who), name_second_reader, self.session,
                self.row(JOINT), reader_id=self.people[who],
                assignment=self.assignments[JOINT], **self.about(JOINT, by),
            )

    @rule(who=trainers)
    def read_alone(self, who):
        if self.exists(JOINT):
            self.act(
                self.models[JOINT].read_alone(who), record_lone_reading, self.session,
                self.row(JOINT), reason="Ingen har tid.", assignment=self.assignments[JOINT],
                **self.about(JOINT, who),
            )

    # the stop, and the officer

    @rule(work=works, who=trainers, which=st.integers(0, 9))
    def stop(self, work, who, which):
        model = self.models[work]
        written = [n for n, one in enumerate(model.rounds) if one.text]
        if not written:
            return
        number = written[which % len(written)]
        passage = Passage(section=self.marked(work), text=model.rounds[number].text)
        self.act(
            model.stop(number), press_stop, self.session, self.row(work), number=number + 1,
            passages=[passage], message="Skriv om.", course=self.course,
            assignment=self.assignments[work], actor_id=self.people[who], now=self.now,
            today=TODAY,
        )

    def stop_of(self, work, which):
        """One of the rounds that have been stopped, and its stop."""
        stopped = [n for n, one in enumerate(self.models[work].rounds) if one.case]
        if not stopped:
            return None
        number = stopped[which % len(stopped)]
        found = self.session.scalars(
            select(SecrecyStop)
            .join(SubmissionRound, SubmissionRound.id == SecrecyStop.round_id)
            .where(
                SubmissionRound.submission_id == self.row(work).id,
                SubmissionRound.number == number + 1,
            )
        ).one()
        return number, found

    @rule(work=works, which=st.integers(0, 9))
    def take_case(self, work, which):
        if found := self.stop_of(work, which):
            number, stop = found
            self.act(
                self.models[work].take_case(number), take_over, self.session, stop,
                actor_id=self.officer, now=self.now,
            )

    @rule(work=works, which=st.integers(0, 9))
    def lift(self, work, which):
        if found := self.stop_of(work, which):
            number, stop = found
            self.act(
                self.models[work].lift(number), lift, self.session, stop,
                reason="Ingen kan kännas igen.", actor_id=self.officer, now=self.now,
            )

    @rule(work=works, which=st.integers(0, 9))
    def close_case(self, work, which):
        if found := self.stop_of(work, which):
            number, stop = found
            self.act(
                self.models[work].close_case(number), close, self.session, stop,
                reason="Texten är omskriven.", actor_id=self.officer, now=self.now,
            )

    # what others do for somebody

    @rule(text=texts)
    def register(self, text):
        what = OnBehalf(
            answers=self.answers(OWN, text), reason="Nätet låg nere.",
            attested_by="Nora, i telefon", has_attested=True, has_checked=True,
        )
        self.act(
            self.models[OWN].register(text), hand_in_for, self.session, enrollment=self.nora,
            team_name="Norr", course=self.course, assignment=self.assignments[OWN], what=what,
            by=self.coordinator, now=self.now, today=TODAY,
        )

    @rule(who=trainers, outcome=outcomes)
    def present(self, who, outcome):
        self.act(
            self.models[OWN].present(outcome), register_presentation, self.session, self.nora,
            presented_on=TODAY, answer=self.answer(OWN, outcome), course=self.course,
            assignment=self.assignments[OWN], actor_id=self.people[who], now=self.now,
            today=TODAY,
        )

    @rule(work=works)
    def excuse(self, work):
        self._waive(work, self.models[work].excuse(), excuse)

    @rule(work=works)
    def ask_after_all(self, work):
        self._waive(work, self.models[work].ask_after_all(), take_back_excuse)

    def _waive(self, work, allowed, service):
        self.act(
            allowed, service, self.session, self.owners[work],
            item_id=self.assignments[work].id, reason="Samma uppgift i en annan omgång.",
            course=self.course, actor_id=self.coordinator, now=self.now,
        )

    # what must always hold

    @invariant()
    def everything_is_where_the_model_has_it(self):
        if not hasattr(self, "models"):
            return
        for work, model in self.models.items():
            row = self.row(work)
            assert (row.state if row else None) == model.state
            self._rounds_are_kept(work, model, row)
            self._what_is_earned_stays(work, model)

    def _rounds_are_kept(self, work, model, row):
        if row is None:
            assert not model.rounds
            return
        rows = self.session.execute(
            select(SubmissionRound, func.count(Review.id))
            .outerjoin(Review, Review.round_id == SubmissionRound.id)
            .where(SubmissionRound.submission_id == row.id)
            .group_by(SubmissionRound.id)
            .order_by(SubmissionRound.number)
        ).all()
        part = self.marked(work)
        assert [(one.answers.get(part, ""), count) for one, count in rows] == [
            (one.text, one.reviews) for one in model.rounds
        ]
        open_ones = self.session.scalars(
            select(SubmissionRound.number)
            .where(SubmissionRound.submission_id == row.id, not_sealed())
            .order_by(SubmissionRound.number)
        ).all()
        assert open_ones == [
            n for n, one in enumerate(model.rounds, start=1) if not one.is_sealed
        ]

    def _what_is_earned_stays(self, work, model):
        found = self.session.get(
            Completion, (self.nora.id, self.assignments[work].id), populate_existing=True
        )
        assert (found is not None) is model.is_complete
