"""Freezing a round: the one way in which something becomes handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from courses.catalog import Assignment, Course
from courses.errors import Reason, Refused
from courses.models import Cohort, Enrollment, Submission, SubmissionRound, Team, owned_by
from courses.rules.queue import turn_of
from courses.rules.submissions import Move, next_state, promised_on, reference


@dataclass(frozen=True, kw_only=True)
class HandedIn:
    """What is frozen, and who said what about it."""

    answers: dict[str, Any]
    attestation: str
    by: int
    members: Sequence[dict[str, Any]] = ()
    """Who is in the team at that moment; nobody for what is one's own."""
    registered_reason: str | None = None
    """Why somebody else hands it in; None: those who wrote it do."""
    presented_on: date | None = None
    """When it was presented orally; None: there is a text."""


def freeze_round(
    session: Session,
    submission: Submission | None,
    what: HandedIn,
    *,
    owner: Enrollment | Team,
    team_name: str | None,
    course: Course,
    assignment: Assignment,
    promised: date | None,
    now: datetime,
) -> SubmissionRound:
    """Freeze the next round of the owner's work, which gets its row when it has none; nobody
    reads it yet. `promised` is the day of the answer; None: the answer comes with it.

    Refused when it cannot be handed in, or when somebody else handed it in at the same moment.
    """
    before, turn = (submission.state, submission.turn) if submission else (None, None)
    state = next_state(before, Move.SUBMIT)
    try:
        with session.begin_nested():  # of two hand-ins at once the constraints let one through
            if submission is None:
                submission = Submission(
                    **owned_by(owner), cohort_id=owner.cohort_id, assignment_id=assignment.id,
                    round=0,
                )
                session.add(submission)
            submission.state = state
            submission.round += 1
            submission.submitted_at = now
            if promised is not None:
                submission.promised_on = promised
                submission.turn = turn_of(before, turn)
            submission.claimed_by = submission.claimed_until = None
            session.flush()  # the reference needs the id
            frozen = SubmissionRound(
                submission_id=submission.id, number=submission.round,
                reference=reference(assignment.id, team_name, submission.id, submission.round),
                answers=what.answers, members=list(what.members), edition_digest=course.digest,
                content_digest=assignment.digest, attestation=what.attestation,
                submitted_by=what.by, submitted_at=now,
                registered_reason=what.registered_reason, presented_on=what.presented_on,
            )
            session.add(frozen)
    except (IntegrityError, StaleDataError) as error:
        raise Refused(Reason.ALREADY_SUBMITTED) from error
    return frozen


def promise(session: Session, *, cohort_id: int, course: Course, today: date) -> date:
    """Return the day on which what is handed in today is answered at the latest."""
    starts_on = session.scalar(select(Cohort.starts_on).where(Cohort.id == cohort_id))
    return promised_on(today, starts_on=starts_on or today, breaks=course.break_weeks)
