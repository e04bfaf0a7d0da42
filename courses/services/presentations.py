"""An assignment that is presented orally: a trainer puts down the day and the answer, no text."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from courses.catalog import Assignment, Course
from courses.errors import NotFound, Reason, Refused
from courses.models import Cohort, Enrollment, Submission, SubmissionRound, Team, User
from courses.rules.presentations import attestation
from courses.rules.reviews import Answer
from courses.rules.submissions import Move, next_state, reference
from courses.services.audit import audit
from courses.services.claims import lock
from courses.services.concluding import append_review, conclude
from courses.services.reviews import must_be_whole, rests
from courses.vocabulary import SubmissionState


def register_presentation(
    session: Session,
    enrollment: Enrollment,
    *,
    presented_on: date,
    answer: Answer,
    course: Course,
    assignment: Assignment,
    actor_id: int,
    now: datetime,
    today: date,
) -> Submission:
    """Freeze a round without a text and the answer to it, in one: it is never in the queue.

    Only what is somebody's own can be presented so, by whoever has not handed it in or was
    asked for more; refused when a text waits, when it is approved or need not be done, on a day
    that has not come or lies before the cohort, and while the answer is not whole.
    """
    if assignment.is_joint or not assignment.is_handed_in:
        raise NotFound
    submission = session.scalars(
        select(Submission).filter_by(enrollment_id=enrollment.id, assignment_id=assignment.id)
    ).one_or_none()
    if submission is not None:
        lock(session, submission)
    state = submission.state if submission else None
    if state is SubmissionState.ON_HOLD:
        raise Refused(Reason.WORK_ON_HOLD)
    handed_in = next_state(state, Move.SUBMIT)
    cohort = session.get_one(Cohort, enrollment.cohort_id)
    if not cohort.starts_on <= presented_on <= today:
        raise Refused(Reason.PRESENTED_ANOTHER_DAY)
    if submission is None:
        submission = Submission(
            enrollment_id=enrollment.id, cohort_id=enrollment.cohort_id,
            assignment_id=assignment.id, round=0, state=SubmissionState.DRAFT,
        )
    must_be_whole(answer, assignment, today, rests(session, submission, course))
    by = session.get_one(User, actor_id)
    team = session.get(Team, enrollment.home_team_id) if enrollment.home_team_id else None
    try:
        with session.begin_nested():  # a text may be handed in at the same moment
            session.add(submission)
            submission.state = handed_in
            submission.round += 1
            submission.submitted_at = now
            session.flush()  # the reference needs the id
            round_ = SubmissionRound(
                submission_id=submission.id, number=submission.round,
                reference=reference(
                    assignment.id, team.name if team else None, submission.id, submission.round
                ),
                answers={}, members=[], edition_digest=course.digest,
                content_digest=assignment.digest, attestation=attestation(by.name, presented_on),
                submitted_by=actor_id, submitted_at=now, presented_on=presented_on,
            )
            session.add(round_)
            session.flush()
    except (IntegrityError, StaleDataError) as error:
        raise Refused(Reason.ALREADY_SUBMITTED) from error
    review = append_review(session, round_, answer, actor_id, now)
    conclude(session, submission, round_, review, course=course, now=now)
    audit(
        session, "submission:present", "submission", submission.id, actor_id=actor_id, now=now,
        round=round_.number, outcome=review.outcome.value, review_id=review.id,
    )
    return submission
