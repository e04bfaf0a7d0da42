"""What follows when a round has its answer: the state, the date or completion, the notice."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Course
from courses.models import Enrollment, Review, Submission, SubmissionRound
from courses.rules.reviews import Answer
from courses.rules.submissions import Move, next_state
from courses.services.notices import notify
from courses.services.progress import record_completion, record_team_completion
from courses.vocabulary import NoticeKind, Outcome


def conclude(
    session: Session,
    submission: Submission,
    round_: SubmissionRound,
    review: Review,
    *,
    course: Course,
    now: datetime,
) -> None:
    """Let everything follow from the first answer to a round: nobody reads it any more."""
    reading = next_state(submission.state, Move.BEGIN_REVIEW)
    approves = review.outcome is Outcome.APPROVE
    submission.state = next_state(reading, Move.APPROVE if approves else Move.RETURN)
    submission.claimed_by = submission.claimed_until = None
    follow_outcome(session, submission, round_, review, course, now)
    tell_authors(session, submission, round_, review, now)


def append_review(
    session: Session,
    round_: SubmissionRound,
    answer: Answer,
    actor_id: int,
    now: datetime,
    *,
    corrects: Review | None = None,
    reason: str | None = None,
) -> Review:
    """Freeze an answer to a round."""
    outcome = Outcome(answer.outcome)
    review = Review(
        round_id=round_.id, reviewer_id=actor_id, outcome=outcome, levels=dict(answer.levels),
        comments={k: text for k, text in answer.comments.items() if text.strip()},
        overall=answer.overall, due_on=answer.due_on if outcome is Outcome.RETURN else None,
        created_at=now, corrects_id=corrects.id if corrects else None, reason=reason,
    )
    session.add(review)
    session.flush()
    return review


def follow_outcome(
    session: Session,
    submission: Submission,
    round_: SubmissionRound,
    review: Review,
    course: Course,
    now: datetime,
) -> None:
    """Let the date, or completion, follow from the outcome."""
    item_id = submission.assignment_id
    if review.outcome is Outcome.RETURN:
        submission.due_on = review.due_on
    elif submission.team_id is not None:
        record_team_completion(
            session, team_id=submission.team_id, item_id=item_id, course=course,
            actor_id=review.reviewer_id, now=now, wording=round_.content_digest,
        )
    else:
        record_completion(
            session, enrollment=session.get_one(Enrollment, submission.enrollment_id),
            item_id=item_id, course=course, actor_id=review.reviewer_id, now=now,
            wording=round_.content_digest,
        )


def tell_authors(
    session: Session,
    submission: Submission,
    round_: SubmissionRound,
    review: Review,
    now: datetime,
) -> None:
    """Let those who handed it in read in their next digest that there is an answer."""
    authors = [submission.enrollment_id, *(m["enrollment_id"] for m in round_.members)]
    people = session.scalars(
        select(Enrollment.user_id).where(
            Enrollment.id.in_([one for one in authors if one is not None])
        )
    )
    notify(
        session, people, NoticeKind.FEEDBACK, f"feedback:{review.id}",
        cohort_id=submission.cohort_id, item_id=submission.assignment_id,
        team_id=submission.team_id, now=now,
    )
