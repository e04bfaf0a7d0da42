"""Answering what was handed in: the draft, the answer, its correction."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course
from courses.errors import NotFound, Reason, Refused, Stale
from courses.models import Cohort, Review, ReviewDraft, Submission, SubmissionRound
from courses.rules.calendar import DayRange, week_days
from courses.rules.reviews import OPEN, Answer, problems
from courses.services.audit import audit
from courses.services.claims import held_by, hold, lock, must_be_free, must_be_open, name_of
from courses.services.concluding import append_review, conclude, follow_outcome, tell_authors
from courses.services.handing_in_for import refuse_own_registration
from courses.services.readings import begin_as_second, close_readings, must_be_read_by_two
from courses.services.rounds import draft_of, round_of
from courses.services.second_readers import has_two, second_reader_of
from courses.services.secrecy import refuse_sealed
from courses.vocabulary import Outcome, SubmissionState


def levels_of(assignment: Assignment) -> dict[str, tuple[str, ...]]:
    """Return criterion id → the levels it has."""
    return {one.id: tuple(name for name, _meaning in one.levels) for one in assignment.criteria}


def save_review_draft(
    session: Session,
    submission: Submission,
    *,
    number: int,
    actor_id: int,
    answer: Answer,
    version: int,
    now: datetime,
    assignment: Assignment | None = None,
) -> ReviewDraft:
    """Keep what a trainer writes about round `number`, and renew the claim if it is theirs. The
    second of two readers, when the `assignment` has two, writes beside whoever has it.

    What was typed is kept also when the round is answered, withdrawn or in somebody else's
    hands. Stale when the trainer saved another text since `version` was read (0: none).
    """
    lock(session, submission)
    round_ = round_of(session, submission, number)
    draft = draft_of(session, round_, actor_id)
    content = answer.content()
    if draft is None:
        draft = ReviewDraft(
            round_id=round_.id, reviewer_id=actor_id, content=content, updated_at=now
        )
        session.add(draft)
    elif draft.content != content:
        if draft.version != version:
            theirs = Answer.from_content(draft.content)
            raise Stale(answer, theirs, version=draft.version)
        draft.content = content
        draft.updated_at = now
    is_open = submission.state in OPEN and submission.round == number
    two = assignment is not None and has_two(assignment)
    if is_open and two and second_reader_of(session, submission) == actor_id:
        begin_as_second(session, submission, actor_id, now)
    elif is_open and held_by(submission, now) in (None, actor_id):
        hold(submission, actor_id, now)
    session.flush()
    return draft


def send_review(
    session: Session,
    submission: Submission,
    *,
    number: int,
    version: int,
    actor_id: int,
    course: Course,
    assignment: Assignment,
    now: datetime,
    today: date,
) -> Review:
    """Answer round `number` with the draft that was checked, all or nothing: the frozen review,
    the new state, completion when it is approved, mail, trail.

    Refused when somebody answered first, when the text was withdrawn or replaced, when another
    trainer has it, or when the answer is not whole. Stale when the draft has changed since it
    was checked. `uq_review_round_id` is the last guard: a round has one answer.
    """
    lock(session, submission)
    must_be_open(session, submission, number)
    must_be_free(session, submission, actor_id, now)
    round_ = round_of(session, submission, number)
    refuse_own_registration(session, submission, round_, actor_id)
    draft = draft_of(session, round_, actor_id)
    if draft is None:
        raise NotFound
    answer = Answer.from_content(draft.content)
    if draft.version != version:
        raise Stale(None, answer, version=draft.version)
    must_be_read_by_two(session, submission, round_, assignment, actor_id)
    must_be_whole(answer, assignment, today, rests(session, submission, course))
    review = append_review(session, round_, answer, actor_id, now)
    session.delete(draft)
    if has_two(assignment):
        close_readings(session, submission, round_, review)
    conclude(session, submission, round_, review, course=course, now=now)
    audit(
        session, "review:send", "submission", submission.id, actor_id=actor_id, now=now,
        round=number, outcome=review.outcome.value, review_id=review.id,
    )
    return review


def correct_review(
    session: Session,
    submission: Submission,
    *,
    corrects_id: int,
    answer: Answer,
    reason: str,
    actor_id: int,
    course: Course,
    assignment: Assignment,
    now: datetime,
    today: date,
) -> Review:
    """Append a review that takes the place of `corrects_id`, which stays as it is.

    A return may become an approval while no new text has come; an approval stays one, because
    nothing that was earned is taken away. Stale when somebody corrected it first.
    """
    lock(session, submission)
    before = session.get(Review, corrects_id)
    round_ = session.get(SubmissionRound, before.round_id) if before else None
    if before is None or round_ is None or round_.submission_id != submission.id:
        raise NotFound
    refuse_sealed(session, round_)
    newer = session.scalars(select(Review).where(Review.corrects_id == before.id)).first()
    if newer is not None:
        raise Stale(answer, newer, version=newer.id, by=name_of(session, newer.reviewer_id))
    if before.due_on is not None and before.due_on == answer.due_on:
        must_be_whole(answer, assignment, before.due_on)  # it stood already and may have passed
    else:
        must_be_whole(answer, assignment, today, rests(session, submission, course))
    approves_now = before.outcome is Outcome.RETURN and answer.outcome == Outcome.APPROVE
    if before.outcome is Outcome.APPROVE and answer.outcome != Outcome.APPROVE:
        raise Refused(Reason.OUTCOME_CONTRADICTS)
    is_latest = submission.state is SubmissionState.RETURNED and submission.round == round_.number
    if approves_now and not is_latest:
        raise Refused(Reason.NEW_ROUND)
    review = append_review(session, round_, answer, actor_id, now, corrects=before, reason=reason)
    if approves_now:
        submission.state = SubmissionState.APPROVED
    if is_latest:
        follow_outcome(session, submission, round_, review, course, now)
    tell_authors(session, submission, round_, review, now)
    audit(
        session, "review:correct", "submission", submission.id, actor_id=actor_id, now=now,
        round=round_.number, outcome=review.outcome.value, review_id=review.id,
        corrects_id=before.id,
    )
    return review


def rests(session: Session, submission: Submission, course: Course) -> list[DayRange]:
    """Return the days of the cohort's year on which nothing is due."""
    starts_on = session.get_one(Cohort, submission.cohort_id).starts_on
    return week_days(starts_on, course.break_weeks)


def must_be_whole(
    answer: Answer, assignment: Assignment, today: date, breaks: Collection[DayRange] = ()
) -> None:
    """Refuse an answer that lacks something."""
    if found := problems(answer, levels_of(assignment), today=today, breaks=breaks):
        raise Refused(found[0].reason)
