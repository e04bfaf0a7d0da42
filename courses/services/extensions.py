"""More time: asked for and answered, or given without being asked."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course
from courses.errors import NotFound, Reason, Refused
from courses.models import (
    Cohort,
    CohortDeadline,
    Enrollment,
    Extension,
    Submission,
    Team,
    TimeRequest,
    User,
    owned_by,
)
from courses.rules.opening import has_ended
from courses.rules.talking import is_still_to_hand_in, wrong_with_date
from courses.services.audit import audit
from courses.services.begun import begun_submission, submission_of
from courses.services.threads import people_of, settle, tell, tell_owner, thread_of
from courses.vocabulary import NoticeKind


def ask_for_time(
    session: Session,
    *,
    owner: Enrollment | Team,
    course: Course,
    assignment: Assignment,
    wanted_on: date,
    line: str,
    by: int,
    now: datetime,
    today: date,
) -> TimeRequest:
    """Ask the trainers for a later date. One request waits at a time."""
    thread = thread_of(session, owner, assignment.id)
    submission = submission_of(session, owner, assignment.id)
    _refuse(session, owner, course, assignment, submission, wanted_on, today)
    request = TimeRequest(
        thread_id=thread.id, wanted_on=wanted_on, line=line, asked_by=by, asked_at=now
    )
    try:
        with session.begin_nested():  # of two at once the index lets one through
            session.add(request)
    except IntegrityError as error:
        raise Refused(Reason.REQUEST_WAITS) from error
    settle(session, thread)
    audit(session, "time:ask", "thread", thread.id, actor_id=by, now=now, request=request.id)
    return request


def answer_request(
    session: Session,
    *,
    owner: Enrollment | Team,
    course: Course,
    assignment: Assignment,
    request_id: int,
    granted_on: date | None,
    answer: str,
    by: int,
    now: datetime,
    today: date,
) -> Extension | None:
    """Say yes to a date, which becomes an extension, or no. The first who answers does;
    Refused names that person to the second."""
    thread = thread_of(session, owner, assignment.id)
    request = session.get(TimeRequest, request_id, with_for_update=True, populate_existing=True)
    if request is None or request.thread_id != thread.id:
        raise NotFound
    if request.answered_at is not None:
        name = session.scalar(select(User.name).where(User.id == request.answered_by))
        raise Refused(Reason.REQUEST_ANSWERED, name=name or "")
    request.granted_on, request.answer = granted_on, answer
    request.answered_by, request.answered_at = by, now
    session.flush()
    extension = None
    if granted_on is not None:
        extension = extend(
            session, owner=owner, course=course, assignment=assignment, due_on=granted_on,
            reason=answer or request.line, by=by, now=now, today=today, request_id=request.id,
        )
    else:
        tell_owner(session, thread, NoticeKind.REPLY, f"no-time:{request.id}", but=by, now=now)
    settle(session, thread)
    audit(
        session, "time:answer", "thread", thread.id, actor_id=by, now=now, request=request.id,
        granted=granted_on is not None,
    )
    return extension


def extend(
    session: Session,
    *,
    owner: Enrollment | Team,
    course: Course,
    assignment: Assignment,
    due_on: date,
    reason: str,
    by: int,
    now: datetime,
    today: date,
    request_id: int | None = None,
) -> Extension:
    """Give a participant or a team a later date. The latest one given is the one that holds."""
    submission = submission_of(session, owner, assignment.id)
    before = _refuse(session, owner, course, assignment, submission, due_on, today)
    submission = submission or begun_submission(session, owner, assignment.id)
    submission.due_on = due_on
    session.flush()
    extension = Extension(
        **owned_by(owner), cohort_id=owner.cohort_id, assignment_id=assignment.id, due_on=due_on,
        before_on=before, reason=reason, round=submission.round, granted_by=by, at=now,
        request_id=request_id,
    )
    session.add(extension)
    session.flush()
    is_team = isinstance(owner, Team)
    team_id = owner.id if is_team else None
    tell(
        session, people_of(session, None if is_team else owner.id, team_id),
        NoticeKind.EXTENDED, f"extended:{extension.id}", cohort_id=owner.cohort_id,
        item_id=assignment.id, team_id=team_id, but=by, now=now,
    )
    audit(
        session, "deadline:extend", "submission", submission.id, actor_id=by, now=now,
        due_on=due_on.isoformat(),
    )
    return extension


def _refuse(
    session: Session,
    owner: Enrollment | Team,
    course: Course,
    assignment: Assignment,
    submission: Submission | None,
    day: date,
    today: date,
) -> date | None:
    """Refuse a date that cannot be, or for work that is not to be handed in. Return what holds
    until now."""
    if not assignment.is_handed_in:
        raise Refused(Reason.NOT_TO_HAND_IN)
    if not is_still_to_hand_in(submission.state if submission else None):
        raise Refused(Reason.NOTHING_TO_EXTEND)
    cohort, due_on = session.execute(
        select(Cohort, CohortDeadline.due_on)
        .outerjoin(
            CohortDeadline,
            (CohortDeadline.cohort_id == Cohort.id)
            & (CohortDeadline.item_id == assignment.id),
        )
        .where(Cohort.id == owner.cohort_id)
    ).one()
    if has_ended(cohort.ends_on, today):
        raise Refused(Reason.COHORT_HAS_ENDED)
    held: date | None = (submission.due_on if submission else None) or due_on
    wrong = wrong_with_date(
        day, now_due=held, starts_on=cohort.starts_on, ends_on=cohort.ends_on,
        breaks=course.break_weeks, today=today,
    )
    if wrong is not None:
        raise Refused(wrong)
    return held
