"""What members of a team say of joint work: that they are ready, and what they did for it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course, contribution_id
from courses.errors import NotFound, Reason, Refused
from courses.models import (
    CohortShowing,
    ContributionLine,
    Enrollment,
    ReadyMark,
    ShownVersion,
    Submission,
    SubmissionRound,
    Team,
    not_sealed,
)
from courses.rules.submissions import Move, next_state
from courses.services.audit import audit
from courses.services.guarding import refuse_pointing
from courses.services.progress import record_completion
from courses.services.showing import lock_draft
from courses.vocabulary import SubmissionState


def say_ready(
    session: Session,
    *,
    team: Team,
    enrollment: Enrollment,
    assignment: Assignment,
    version: int,
    shown: ShownVersion | None = None,
    now: datetime,
) -> ReadyMark:
    """Say that one is ready with the text in `version`, or with the version that was shown.

    When the text has changed since it was read, the mark says so by itself.
    """
    mine = {"team_id": team.id, "assignment_id": assignment.id}
    draft = lock_draft(session, team.id, assignment.id)
    next_state(session.scalar(select(Submission.state).filter_by(**mine)), Move.WRITE)
    if draft is None:
        raise Refused(Reason.NOTHING_TO_SHOW)
    whose = mine | {"enrollment_id": enrollment.id}
    said = {
        "draft_version": shown.draft_version if shown else min(version, draft.version),
        "shown_version_id": shown.id if shown else None, "at": now,
    }
    try:
        with session.begin_nested():  # of two clicks at once the constraint lets one through
            mark = session.scalars(select(ReadyMark).filter_by(**whose)).one_or_none()
            if mark is None:
                mark = ReadyMark(**whose, **said)
                session.add(mark)
            for name, value in said.items():
                setattr(mark, name, value)
    except IntegrityError:
        mark = session.scalars(select(ReadyMark).filter_by(**whose)).one()
    session.flush()
    return mark


def take_ready_back(
    session: Session, *, team: Team, enrollment: Enrollment, assignment: Assignment
) -> None:
    """Say that one is not ready after all."""
    mark = session.scalars(
        select(ReadyMark).filter_by(
            team_id=team.id, assignment_id=assignment.id, enrollment_id=enrollment.id
        )
    ).one_or_none()
    if mark is not None:
        session.delete(mark)
        session.flush()


def write_own_line(
    session: Session,
    *,
    round_: SubmissionRound,
    submission: Submission,
    enrollment: Enrollment,
    course: Course,
    line: str,
    has_checked: bool,
    now: datetime,
) -> ContributionLine:
    """Keep what somebody did for a round, and count it as their own part in it.

    NotFound for who was not in the team that handed it in; LINE_WRITTEN when it is there.
    """
    writers = {one["enrollment_id"] for one in round_.members} or {submission.enrollment_id}
    if enrollment.id not in writers:
        raise NotFound
    refuse_pointing(line, has_checked=has_checked, known=course.function_numbers)
    own = ContributionLine(
        round_id=round_.id, enrollment_id=enrollment.id, line=line, written_at=now
    )
    try:
        with session.begin_nested():  # a second window wrote another: the first one stands
            session.add(own)
    except IntegrityError as error:
        raise Refused(Reason.LINE_WRITTEN) from error
    record_completion(
        session, enrollment=enrollment, item_id=contribution_id(submission.assignment_id),
        course=course, actor_id=enrollment.user_id, now=now,
    )
    return own


def show_to_cohort(
    session: Session, submission: Submission, *, by: int, now: datetime
) -> CohortShowing:
    """Let the cohort read the approved round. Showing it twice is once."""
    round_ = _approved(session, submission)
    showing = _showing(session, round_.id)
    if showing is None:
        showing = CohortShowing(round_id=round_.id, shown_by=by, shown_at=now)
        try:
            with session.begin_nested():  # holder and deputy at once
                session.add(showing)
        except IntegrityError:
            return session.scalars(select(CohortShowing).filter_by(round_id=round_.id)).one()
    elif showing.hidden_at is None:
        return showing
    else:
        showing.shown_by, showing.shown_at, showing.hidden_at = by, now, None
    audit(session, "work:show", "submission", submission.id, actor_id=by, now=now)
    session.flush()
    return showing


def take_from_view(session: Session, submission: Submission, *, by: int, now: datetime) -> None:
    """Let the cohort read it no longer. The work itself stays as it is."""
    round_ = _approved(session, submission)
    showing = _showing(session, round_.id)
    if showing is None or showing.hidden_at is not None:
        return
    showing.hidden_at = now
    audit(session, "work:hide", "submission", submission.id, actor_id=by, now=now)
    session.flush()


def _approved(session: Session, submission: Submission) -> SubmissionRound:
    round_ = session.scalars(
        select(SubmissionRound).where(
            SubmissionRound.submission_id == submission.id,
            SubmissionRound.number == submission.round, not_sealed(),
        )
    ).one_or_none()
    if round_ is None or submission.state is not SubmissionState.APPROVED:
        raise Refused(Reason.NOT_APPROVED)
    return round_


def _showing(session: Session, round_id: int) -> CohortShowing | None:
    return session.scalars(select(CohortShowing).filter_by(round_id=round_id)).one_or_none()
