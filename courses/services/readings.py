"""Two trainers read the same text, each by themselves, before the first of them answers."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from courses.catalog import Assignment
from courses.errors import NotFound, Reason, Refused, Stale
from courses.models import Reading, Review, ReviewDraft, Submission, SubmissionRound
from courses.rules.reviews import Answer
from courses.rules.second_reading import without_level
from courses.rules.submissions import Move, next_state
from courses.services.audit import audit
from courses.services.claims import hold, lock, must_be_free, must_be_open, name_of
from courses.services.rounds import draft_of, round_of
from courses.services.second_readers import has_two, reads_alone, second_reader_of, settle


def finish_reading(
    session: Session,
    submission: Submission,
    *,
    number: int,
    version: int,
    assignment: Assignment,
    actor_id: int,
    now: datetime,
) -> Reading:
    """Keep what one of the two readers thinks of round `number`, before they see what the other
    thinks. Saying so twice is once.

    Refused for whoever reads neither first nor second, while a criterion lacks its level, and
    when the round is answered or gone. Stale when the draft is not the one that was read.
    """
    lock(session, submission)
    if not has_two(assignment):
        raise NotFound
    must_be_open(session, submission, number)
    round_ = round_of(session, submission, number)
    second_id = second_reader_of(session, submission)
    if actor_id == second_id:
        begin_as_second(session, submission, actor_id, now)
    else:
        must_be_free(session, submission, actor_id, now)
        hold(submission, actor_id, now)
    draft = draft_of(session, round_, actor_id)
    answer = Answer.from_content(draft.content) if draft else Answer()
    if draft is not None and draft.version != version:
        raise Stale(None, answer, version=draft.version)
    levels = {one.id: tuple(name for name, _meaning in one.levels) for one in assignment.criteria}
    if without_level(answer, levels):
        raise Refused(Reason.CRITERIA_MISSING)
    mine = reading_of(session, round_, actor_id)
    if mine is not None and mine.done_at is not None:
        return mine
    if mine is None:
        mine = Reading(round_id=round_.id, reader_id=actor_id)
        session.add(mine)
    mine.content, mine.done_at, mine.joint_at = answer.content(), now, None
    session.flush()
    for one in _both(session, round_, second_id):
        one.compared_at, one.joint_at = one.compared_at or now, None
    session.flush()
    audit(
        session, "review:read", "submission", submission.id, actor_id=actor_id, now=now,
        round=number, reading_id=mine.id,
    )
    return mine


def take_back_reading(
    session: Session, submission: Submission, *, number: int, actor_id: int, now: datetime
) -> None:
    """Go on reading after all, as long as the round is not answered. When both had finished, it
    stays known that the other's was seen. Refused for the first reader once the joint answer is
    begun: it is their draft."""
    lock(session, submission)
    must_be_open(session, submission, number)
    round_ = round_of(session, submission, number)
    mine = reading_of(session, round_, actor_id)
    if mine is None or mine.done_at is None:
        return
    if mine.joint_at is not None:
        raise Refused(Reason.JOINT_BEGUN)
    mine.done_at = None
    for one in session.scalars(select(Reading).where(Reading.round_id == round_.id)):
        one.joint_at = None
    session.flush()
    audit(
        session, "review:read_on", "submission", submission.id, actor_id=actor_id, now=now,
        round=number, reading_id=mine.id,
    )


def begin_joint(
    session: Session, submission: Submission, *, number: int, actor_id: int, now: datetime
) -> None:
    """Keep that the first reader has compared, and writes the joint answer in their draft.
    Refused before both have finished."""
    round_ = round_of(session, submission, number)
    second_id = second_reader_of(session, submission)
    mine = _first_of_both(session, round_, actor_id, second_id)
    mine.joint_at = mine.joint_at or now
    session.flush()


def begin_as_second(
    session: Session, submission: Submission, actor_id: int, now: datetime
) -> None:
    """Let the second reader read beside whoever has the text: from now on the author cannot
    withdraw it, and the same reader reads the rounds to come."""
    submission.state = next_state(submission.state, Move.BEGIN_REVIEW)
    settle(session, submission, actor_id, actor_id=actor_id, now=now)


def must_be_read_by_two(
    session: Session,
    submission: Submission,
    round_: SubmissionRound,
    assignment: Assignment,
    actor_id: int,
) -> None:
    """Refuse to answer what two are to read before both have finished, each by themselves, and
    the one who answers has compared; unless it was said why one reads alone."""
    if not has_two(assignment) or reads_alone(session, round_):
        return
    second_id = second_reader_of(session, submission)
    mine = _first_of_both(session, round_, actor_id, second_id)
    if mine.joint_at is None:
        raise Refused(Reason.COMPARE_FIRST)


def close_readings(
    session: Session, submission: Submission, round_: SubmissionRound, review: Review
) -> None:
    """Let both readings point at the answer that they went into; the drafts have served."""
    second_id = second_reader_of(session, submission)
    pair = [review.reviewer_id, second_id]
    for one in session.scalars(
        select(Reading).where(
            Reading.round_id == round_.id, Reading.reader_id.in_(pair),
            Reading.done_at.is_not(None),
        )
    ):
        one.review_id = review.id
        if one.reader_id != review.reviewer_id:
            session.execute(
                delete(ReviewDraft).where(
                    ReviewDraft.round_id == round_.id, ReviewDraft.reviewer_id == one.reader_id
                )
            )
            settle(
                session, submission, one.reader_id, actor_id=review.reviewer_id,
                now=review.created_at,
            )


def reading_of(session: Session, round_: SubmissionRound, reader_id: int) -> Reading | None:
    """Return what a reader has said, or had said before they took it back, as it stands now."""
    return session.scalars(
        select(Reading)
        .where(Reading.round_id == round_.id, Reading.reader_id == reader_id)
        .execution_options(populate_existing=True)
    ).one_or_none()


def _first_of_both(
    session: Session, round_: SubmissionRound, actor_id: int, second_id: int | None
) -> Reading:
    """Return the first reader's reading when both have finished; Refused otherwise."""
    if second_id is None:
        raise Refused(Reason.NO_SECOND_READER)
    if second_id == actor_id:
        raise Refused(Reason.READS_SECOND)
    mine = reading_of(session, round_, actor_id)
    theirs = reading_of(session, round_, second_id)
    if mine is None or mine.done_at is None:
        raise Refused(Reason.READ_FIRST)
    if theirs is None or theirs.done_at is None:
        raise Refused(Reason.SECOND_STILL_READS, name=name_of(session, second_id))
    return mine


def _both(session: Session, round_: SubmissionRound, second_id: int | None) -> list[Reading]:
    """Return the readings that are compared, when both have finished."""
    found = session.scalars(
        select(Reading).where(Reading.round_id == round_.id, Reading.done_at.is_not(None))
    ).all()
    seconds = [one for one in found if one.reader_id == second_id]
    firsts = [one for one in found if one.reader_id != second_id]
    return [*firsts, *seconds] if firsts and seconds else []
