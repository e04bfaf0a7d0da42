"""A promised day moves: by a trainer who says why, or once by itself. Never in silence."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.errors import Reason, Refused, Stale
from courses.models import (
    Enrollment,
    PromiseChange,
    RoleAssignment,
    Submission,
    SubmissionRound,
)
from courses.rules.calendar import DayRange
from courses.rules.promises import counts
from courses.rules.reviews import OPEN
from courses.services.audit import audit
from courses.services.claims import lock, must_be_open
from courses.services.notices import notify
from courses.vocabulary import NoticeKind, Role


def move_promise(
    session: Session,
    submission: Submission,
    *,
    seen: date | None,
    to: date,
    reason: str,
    actor_id: int,
    now: datetime,
    today: date,
    without: Collection[DayRange] = (),
) -> PromiseChange:
    """Promise the answer for another day; whose work it is reads the new day, the old one and
    why, and is told.

    Stale when the day is no longer the one that was `seen`; Refused when the work does not wait
    for an answer, or when nobody could answer on that day.
    """
    lock(session, submission)
    must_be_open(session, submission, submission.round)
    if submission.promised_on != seen:
        raise Stale(None, submission.promised_on, version=submission.version)
    if to <= today or to == seen:
        raise Refused(Reason.PROMISE_NOT_LATER)
    if not counts(to, without):
        raise Refused(Reason.PROMISE_ON_A_DAY_OFF)
    if not reason.strip():
        raise Refused(Reason.PROMISE_WITHOUT_REASON)
    return _move(session, submission, to, reason.strip(), actor_id, now)


def renew_promise(
    session: Session, submission_id: int, *, to: date, now: datetime, today: date
) -> bool:
    """Promise a new day when nobody has answered on the promised one, once a round. Tells whose
    work it is, those who train and the cohort's coordinators. False when there was nothing to
    do, or when somebody else was faster: harmless to repeat."""
    submission = session.get(Submission, submission_id)
    if submission is None:
        return False
    lock(session, submission)
    before = submission.promised_on
    if submission.state not in OPEN or before is None or before > today:
        return False
    try:
        with session.begin_nested():  # the constraint has the last word: once a round
            change = _move(session, submission, to, "", None, now)
    except IntegrityError:
        return False
    notify(
        session, _those_who_answer(session, submission.cohort_id), NoticeKind.PROMISE_LATE,
        f"promise-late:{change.round_id}:{before}", cohort_id=submission.cohort_id,
        item_id=submission.assignment_id, team_id=submission.team_id, day=before, now=now,
    )
    return True


def _move(
    session: Session, submission: Submission, to: date, reason: str, by: int | None, now: datetime
) -> PromiseChange:
    round_ = session.scalars(
        select(SubmissionRound).where(
            SubmissionRound.submission_id == submission.id,
            SubmissionRound.number == submission.round,
        )
    ).one()
    change = PromiseChange(
        round_id=round_.id, from_on=submission.promised_on or to, to_on=to, reason=reason,
        moved_by=by, moved_at=now,
    )
    session.add(change)
    submission.promised_on = to
    session.flush()
    authors = [submission.enrollment_id, *(one["enrollment_id"] for one in round_.members)]
    people = session.scalars(
        select(Enrollment.user_id).where(
            Enrollment.id.in_([one for one in authors if one is not None])
        )
    )
    notify(
        session, people, NoticeKind.PROMISE_MOVED, f"promise-moved:{change.id}",
        cohort_id=submission.cohort_id, item_id=submission.assignment_id,
        team_id=submission.team_id, day=to, now=now,
    )
    audit(
        session, "promise:move", "submission", submission.id, actor_id=by, now=now,
        round=round_.number, to=to.isoformat(),
    )
    return change


def _those_who_answer(session: Session, cohort_id: int) -> list[int]:
    """Return who trains the cohort and who coordinates the whole of it."""
    of_the_cohort = RoleAssignment.cohort_id == cohort_id
    return list(
        session.scalars(
            select(RoleAssignment.user_id).where(
                RoleAssignment.ended_at.is_(None),
                ((RoleAssignment.role == Role.TRAINER) & of_the_cohort)
                | (
                    (RoleAssignment.role == Role.COORDINATOR)
                    & RoleAssignment.organization_id.is_(None)
                    & (RoleAssignment.cohort_id.is_(None) | of_the_cohort)
                ),
            )
        )
    )
