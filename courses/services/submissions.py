"""Handing in and taking back. What was handed in is frozen; only where it stands moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from courses.catalog import Assignment, Course
from courses.errors import Reason, Refused, Stale
from courses.models import (
    Draft,
    Enrollment,
    Organization,
    Submission,
    SubmissionRound,
    Team,
    TeamMember,
    User,
    owned_by,
)
from courses.rules.answers import shortfalls
from courses.rules.answers_guard import counted, findings_in
from courses.rules.identity_guard import FindingKind
from courses.rules.reviews import holder
from courses.rules.submissions import Move, next_state
from courses.services.audit import audit
from courses.services.files import freeze_files, kinds_in_files
from courses.services.freezing import HandedIn, freeze_round, promise
from courses.services.handin_order import refuse_out_of_order, refuse_when_closed
from courses.services.joint_sources import freeze_sources
from courses.services.notices import notify
from courses.services.outbox import enqueue_mail
from courses.services.secrecy import refuse_stopped
from courses.services.sign_offs import refuse_unsigned
from courses.vocabulary import NoticeKind


@dataclass(frozen=True, kw_only=True)
class HandIn:
    """What the person said on the check page: which draft they read, and what they ticked."""

    version: int
    has_attested: bool
    files: str | None = None
    """Which files were looked at (`marks`); None where nobody could look."""
    has_checked: bool
    """That the passages the guard asked about point out nobody."""


def submit_assignment(
    session: Session,
    *,
    owner: Enrollment | Team,
    enrollment: Enrollment,
    team_name: str | None,
    course: Course,
    assignment: Assignment,
    hand_in: HandIn,
    by: int,
    now: datetime,
    today: date,
) -> SubmissionRound:
    """Freeze the draft as the next round and tell those who wrote it.

    Stale when the draft is not the one that was read; Refused when a rule says no.
    """
    if not assignment.is_handed_in:
        raise Refused(Reason.NOT_TO_HAND_IN)
    mine = owned_by(owner)
    submission = session.scalars(
        select(Submission).filter_by(**mine, assignment_id=assignment.id)
    ).one_or_none()
    next_state(submission.state if submission else None, Move.SUBMIT)  # refuses
    refuse_when_closed(
        session, enrollment=enrollment, course=course, assignment=assignment, today=today
    )
    refuse_out_of_order(
        session, owner=owner, enrollment=enrollment, course=course, assignment=assignment
    )
    draft = session.scalars(
        select(Draft).filter_by(**mine, assignment_id=assignment.id).with_for_update()
    ).one_or_none()
    if draft is None:
        raise Refused(Reason.ANSWERS_INCOMPLETE)
    if draft.version != hand_in.version:
        raise Stale(None, draft.answers, version=draft.version)
    if isinstance(owner, Team):
        refuse_unsigned(
            session, team=owner, enrollment=enrollment, assignment_id=assignment.id,
            answers=draft.answers,
        )
    in_files = kinds_in_files(session, mine, assignment)
    warned = refuse_unfit(course, assignment, draft.answers, hand_in, in_files=in_files)
    if submission is not None:
        refuse_stopped(session, submission.id, draft.answers, mine, assignment)
    answer_by = promise(session, cohort_id=owner.cohort_id, course=course, today=today)
    what = HandedIn(
        answers=draft.answers, attestation=course.texts["attestation"], by=by,
        members=_members(session, owner),
    )
    frozen = freeze_round(
        session, submission, what, owner=owner, team_name=team_name, course=course,
        assignment=assignment, promised=answer_by, now=now,
    )
    freeze_files(session, mine, assignment, frozen, seen=hand_in.files)
    if isinstance(owner, Team):
        freeze_sources(session, owner, assignment, frozen)
    audit(
        session, "submission:submit", "submission", frozen.submission_id, actor_id=by, now=now,
        round=frozen.number, **({"warned": counted(warned)} if warned else {}),
    )
    _tell(
        session, frozen, assignment, owner, by=by, now=now, today=today, answer_by=answer_by
    )
    return frozen


def withdraw_submission(
    session: Session,
    *,
    owner: Enrollment | Team,
    assignment: Assignment,
    by: int,
    now: datetime,
) -> None:
    """Take back what was handed in, as long as no review has begun. The round stays."""
    submission = session.scalars(
        select(Submission).filter_by(**owned_by(owner), assignment_id=assignment.id)
    ).one_or_none()
    after = next_state(submission.state if submission else None, Move.WITHDRAW)
    if submission is None:
        raise Refused(Reason.NOTHING_TO_WITHDRAW)
    if holder(submission.claimed_by, submission.claimed_until, now) is not None:
        raise Refused(Reason.REVIEW_HAS_BEGUN)
    try:
        with session.begin_nested():  # a trainer may take it at the same moment
            submission.state = after
            submission.claimed_by = submission.claimed_until = None
    except StaleDataError as error:
        raise Refused(Reason.REVIEW_HAS_BEGUN) from error
    audit(
        session, "submission:withdraw", "submission", submission.id, actor_id=by, now=now,
        round=submission.round,
    )
    if isinstance(owner, Team):
        _tell_of_withdrawal(session, submission, owner, by=by, now=now)


def refuse_unfit(
    course: Course, assignment: Assignment, answers: dict[str, Any], hand_in: HandIn,
    *, in_files: Sequence[FindingKind] = (), on_paper: bool = False,
) -> list[FindingKind]:
    """Refuse answers and files that lack something or name somebody, and a hand-in that is not
    attested. Returns of what kinds it was that was asked about and answered."""
    if shortfalls(assignment.sections, answers, on_paper=on_paper):
        raise Refused(Reason.ANSWERS_INCOMPLETE)
    known = course.function_numbers
    found = [
        *(one.finding.kind for one in findings_in(assignment.sections, answers, known=known)),
        *in_files,
    ]
    if any(one.blocks for one in found):
        raise Refused(Reason.PERSONAL_NUMBER)
    if not hand_in.has_attested or (found and not hand_in.has_checked):
        raise Refused(Reason.NOT_ATTESTED)
    return found


def _members(session: Session, owner: Enrollment | Team) -> list[dict[str, Any]]:
    if not isinstance(owner, Team):
        return []
    rows = session.execute(
        select(Enrollment.id, User.name, Organization.name)
        .join(TeamMember, TeamMember.enrollment_id == Enrollment.id)
        .join(User, User.id == Enrollment.user_id)
        .join(Organization, Organization.id == Enrollment.organization_id)
        .where(TeamMember.team_id == owner.id, TeamMember.left_on.is_(None))
        .order_by(User.name, Enrollment.id)
    )
    return [
        {"enrollment_id": enrollment_id, "name": name, "organization": organization}
        for enrollment_id, name, organization in rows
    ]


def _tell_of_withdrawal(
    session: Session, submission: Submission, team: Team, *, by: int, now: datetime
) -> None:
    """Let the others in the team know that it is no longer handed in."""
    others = session.scalars(
        select(Enrollment.user_id)
        .join(TeamMember, TeamMember.enrollment_id == Enrollment.id)
        .where(
            TeamMember.team_id == team.id, TeamMember.left_on.is_(None), Enrollment.user_id != by
        )
    )
    notify(
        session, others, NoticeKind.WITHDRAWN, f"withdrawn:{submission.id}:{submission.round}",
        cohort_id=submission.cohort_id, item_id=submission.assignment_id, team_id=team.id,
        now=now,
    )


def _tell(
    session: Session,
    frozen: SubmissionRound,
    assignment: Assignment,
    owner: Enrollment | Team,
    *,
    by: int,
    now: datetime,
    today: date,
    answer_by: date,
) -> None:
    """A receipt to whoever handed in; for joint work to every member."""
    ids = [member["enrollment_id"] for member in frozen.members]
    readers = session.scalars(
        select(User)
        .outerjoin(Enrollment, Enrollment.user_id == User.id)
        .where((User.id == by) | Enrollment.id.in_(ids))
        .distinct()
        .order_by(User.id)
    ).all()
    for reader in readers:
        enqueue_mail(
            session, to=reader, template="receipt", now=now,
            dedupe_key=f"receipt:{frozen.reference}:{reader.id}",
            reference=frozen.reference, title=assignment.title, slug=assignment.slug,
            team_id=owner.id if isinstance(owner, Team) else 0,
            team=owner.name if isinstance(owner, Team) else "",
            submitted_on=today.isoformat(), answer_by=answer_by.isoformat(),
        )
