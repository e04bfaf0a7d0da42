"""Handing in for somebody who could not: on paper, or from where there is no network."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course
from courses.errors import Reason, Refused
from courses.models import (
    BehalfFile,
    Enrollment,
    RoleAssignment,
    Submission,
    SubmissionRound,
    User,
)
from courses.rules.answers_guard import counted
from courses.rules.submissions import Move, next_state
from courses.services.audit import audit
from courses.services.begun import submission_of
from courses.services.files import freeze_files, kinds_in_files
from courses.services.freezing import HandedIn, freeze_round, promise
from courses.services.handin_order import refuse_out_of_order, refuse_when_closed
from courses.services.outbox import enqueue_mail
from courses.services.secrecy import refuse_stopped
from courses.services.submissions import HandIn, refuse_unfit
from courses.services.threads import tell
from courses.vocabulary import NoticeKind, Role


@dataclass(frozen=True, kw_only=True)
class OnBehalf:
    """What is registered, and what whoever does it says about it."""

    answers: dict[str, Any]
    reason: str
    attested_by: str
    """Who has said that the text is about nobody, and how."""
    has_attested: bool
    has_checked: bool
    files: str = ""
    """Which of the files that are kept for this were looked at (`files.marks`)."""


def hand_in_for(
    session: Session,
    *,
    enrollment: Enrollment,
    team_name: str | None,
    course: Course,
    assignment: Assignment,
    what: OnBehalf,
    by: int,
    now: datetime,
    today: date,
) -> SubmissionRound:
    """Freeze a text as the participant's next round, with who registered it and why, and with
    the files that whoever does it has added; what stands in them need not be typed. The
    participant's own draft is neither read nor changed; a receipt and a notice go to them.

    Refused for oneself, and by the same rules as when the participant hands in.
    """
    if enrollment.user_id == by:
        raise Refused(Reason.NOT_FOR_ONESELF)
    if not assignment.is_handed_in:
        raise Refused(Reason.NOT_TO_HAND_IN)
    submission = submission_of(session, enrollment, assignment.id)
    next_state(submission.state if submission else None, Move.SUBMIT)  # refuses
    refuse_when_closed(
        session, enrollment=enrollment, course=course, assignment=assignment, today=today
    )
    refuse_out_of_order(
        session, owner=enrollment, enrollment=enrollment, course=course, assignment=assignment
    )
    said = HandIn(version=0, has_attested=what.has_attested, has_checked=what.has_checked)
    kept = {"enrollment_id": enrollment.id, "added_by": by}
    in_files = kinds_in_files(session, kept, assignment, BehalfFile)
    paper = session.scalars(
        select(BehalfFile.id).filter_by(**kept, assignment_id=assignment.id).limit(1)
    ).first()
    warned = refuse_unfit(
        course, assignment, what.answers, said, in_files=in_files, on_paper=paper is not None
    )
    if submission is not None:
        refuse_stopped(
            session, submission.id, what.answers, kept, assignment, beside=BehalfFile
        )
    answer_by = promise(session, cohort_id=enrollment.cohort_id, course=course, today=today)
    attestation = f"{course.texts['attestation']} ({what.attested_by})"
    frozen = freeze_round(
        session, submission,
        HandedIn(
            answers=what.answers, attestation=attestation, by=by, registered_reason=what.reason
        ),
        owner=enrollment, team_name=team_name, course=course, assignment=assignment,
        promised=answer_by, now=now,
    )
    freeze_files(session, kept, assignment, frozen, seen=what.files, beside=BehalfFile)
    session.execute(delete(BehalfFile).filter_by(**kept, assignment_id=assignment.id))
    audit(
        session, "submission:register", "submission", frozen.submission_id, actor_id=by, now=now,
        round=frozen.number, **({"warned": counted(warned)} if warned else {}),
    )
    tell(
        session, [enrollment.user_id], NoticeKind.REGISTERED, f"registered:{frozen.id}",
        cohort_id=enrollment.cohort_id, item_id=assignment.id, team_id=None, but=by, now=now,
    )
    author = session.get_one(User, enrollment.user_id)
    enqueue_mail(
        session, to=author, template="receipt", now=now,
        dedupe_key=f"receipt:{frozen.reference}:{author.id}", reference=frozen.reference,
        title=assignment.title, slug=assignment.slug, team_id=0, team="",
        submitted_on=today.isoformat(), answer_by=answer_by.isoformat(),
    )
    return frozen


def refuse_own_registration(
    session: Session, submission: Submission, round_: SubmissionRound, actor_id: int
) -> None:
    """Refuse to answer a text that one has registered oneself, as long as the cohort has
    another trainer: what came in and what was thought of it are two people's word."""
    if round_.registered_reason is None or round_.presented_on is not None:
        return
    if round_.submitted_by != actor_id:
        return
    others = session.scalar(
        select(func.count(func.distinct(RoleAssignment.user_id))).where(
            RoleAssignment.cohort_id == submission.cohort_id,
            RoleAssignment.role == Role.TRAINER, RoleAssignment.ended_at.is_(None),
            RoleAssignment.user_id != actor_id,
        )
    )
    if others:
        raise Refused(Reason.REGISTERED_BY_ONESELF)
