"""An assignment that is presented orally: a trainer puts down the day and the answer, no text."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course
from courses.errors import NotFound, Reason, Refused
from courses.models import Cohort, Enrollment, Submission, Team, User
from courses.rules.calendar import week_days
from courses.rules.presentations import attestation
from courses.rules.reviews import Answer
from courses.rules.submissions import Move, next_state
from courses.services.audit import audit
from courses.services.begun import submission_of
from courses.services.concluding import append_review, conclude
from courses.services.freezing import HandedIn, freeze_round
from courses.services.reviews import must_be_whole
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
    submission = submission_of(session, enrollment, assignment.id)
    state = submission.state if submission else None
    if state is SubmissionState.ON_HOLD:
        raise Refused(Reason.WORK_ON_HOLD)
    next_state(state, Move.SUBMIT)  # refuses
    cohort = session.get_one(Cohort, enrollment.cohort_id)
    if not cohort.starts_on <= presented_on <= today:
        raise Refused(Reason.PRESENTED_ANOTHER_DAY)
    must_be_whole(answer, assignment, today, week_days(cohort.starts_on, course.break_weeks))
    by = session.get_one(User, actor_id)
    team = session.get(Team, enrollment.home_team_id) if enrollment.home_team_id else None
    what = HandedIn(
        answers={}, attestation=attestation(by.name, presented_on), by=actor_id,
        presented_on=presented_on,
    )
    round_ = freeze_round(
        session, submission, what, owner=enrollment, team_name=team.name if team else None,
        course=course, assignment=assignment, promised=None, now=now,
    )
    submission = session.get_one(Submission, round_.submission_id)
    review = append_review(session, round_, answer, actor_id, now)
    conclude(session, submission, round_, review, course=course, now=now)
    audit(
        session, "submission:present", "submission", submission.id, actor_id=actor_id, now=now,
        round=round_.number, outcome=review.outcome.value, review_id=review.id,
    )
    return submission
