"""Signing off: each authority in a team answers for the text that is handed in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.catalog import Assignment
from courses.errors import NotFound, Reason, Refused
from courses.models import (
    Cohort,
    Enrollment,
    Organization,
    ShownVersion,
    SignOff,
    SignOffWaiver,
    Submission,
    Team,
)
from courses.rules.sign_offs import AskedVersion, Said, sign_off_word, text_digest
from courses.rules.submissions import Move, next_state
from courses.services.audit import audit
from courses.services.guarding import refuse_pointing
from courses.services.notices import notify
from courses.services.showing import lock_draft, members_of
from courses.vocabulary import NoticeKind

LONGEST_LINE = 500


def answer_sign_off(
    session: Session,
    *,
    shown: ShownVersion,
    team: Team,
    enrollment: Enrollment,
    is_approved: bool,
    line: str,
    has_checked: bool,
    known: tuple[str, ...],
    by: int,
    now: datetime,
) -> SignOff:
    """Say for one's authority whether the version can be handed in. Saying the same twice is
    once; the last that somebody says holds. Refused once the work has been handed in."""
    if shown.organization_id is None:
        raise NotFound
    refuse_pointing(line, has_checked=has_checked, known=known)
    lock_draft(session, team.id, shown.assignment_id)
    state = session.scalar(
        select(Submission.state).filter_by(team_id=team.id, assignment_id=shown.assignment_id)
    )
    next_state(state, Move.WRITE)
    last = session.scalars(
        select(SignOff)
        .filter_by(shown_version_id=shown.id, enrollment_id=enrollment.id)
        .order_by(SignOff.id.desc())
    ).first()
    if last is not None and (last.is_approved, last.line) == (is_approved, line):
        return last
    answer = SignOff(
        shown_version_id=shown.id, enrollment_id=enrollment.id, is_approved=is_approved,
        line=line, answered_at=now,
    )
    session.add(answer)
    session.flush()
    audit(
        session, "sign_off:answer", "team", team.id, actor_id=by, now=now,
        assignment=shown.assignment_id, shown=shown.id, approved=is_approved,
    )
    pens = session.scalars(
        select(Enrollment.user_id).where(
            Enrollment.id.in_([team.holder_id or 0, team.deputy_id or 0]),
            Enrollment.user_id != by,
        )
    )
    notify(
        session, pens, NoticeKind.SIGN_OFF_ANSWERED, f"sign-off:{answer.id}",
        cohort_id=team.cohort_id, item_id=shown.assignment_id, team_id=team.id, now=now,
    )
    return answer


def waive_sign_off(
    session: Session,
    *,
    team: Team,
    assignment: Assignment,
    organization_id: int,
    reason: str,
    by: int,
    now: datetime,
) -> SignOffWaiver:
    """Let the team hand in without the word of this authority. Waiving twice is once."""
    waiver = SignOffWaiver(
        team_id=team.id, assignment_id=assignment.id, organization_id=organization_id,
        reason=reason, waived_by=by, waived_at=now,
    )
    there = select(Enrollment.id).where(members_of(team.id, organization_id)).limit(1)
    if session.scalar(there) is None:
        raise NotFound
    try:
        with session.begin_nested():  # of two coordinators at once the first is the one
            session.add(waiver)
    except IntegrityError:
        return session.scalars(
            select(SignOffWaiver).filter_by(
                team_id=team.id, assignment_id=assignment.id, organization_id=organization_id
            )
        ).one()
    audit(
        session, "sign_off:waive", "team", team.id, actor_id=by, now=now,
        assignment=assignment.id, organization=organization_id, reason=reason,
    )
    return waiver


def refuse_unsigned(
    session: Session,
    *,
    team: Team,
    enrollment: Enrollment,
    assignment_id: str,
    answers: Mapping[str, Any],
) -> None:
    """Refuse a text that some authority in the team has not approved, where the cohort asks for
    that. Whoever hands in, `enrollment`, answers for their own. Call it under the draft's lock.
    """
    if not session.scalar(select(Cohort.needs_sign_off).where(Cohort.id == team.cohort_id)):
        return
    members = session.execute(
        select(Enrollment.id, Enrollment.organization_id, Organization.name)
        .join(Organization, Organization.id == Enrollment.organization_id)
        .where(members_of(team.id))
    ).all()
    authorities = {row.organization_id: row.name for row in members}
    authorities.pop(enrollment.organization_id, None)
    if not authorities:
        return
    digest = text_digest(answers)
    versions = [
        AskedVersion(id=id_, organization_id=organization_id, is_current=same == digest)
        for id_, organization_id, same in session.execute(
            select(ShownVersion.id, ShownVersion.organization_id, ShownVersion.digest).where(
                ShownVersion.team_id == team.id, ShownVersion.assignment_id == assignment_id,
                ShownVersion.organization_id.is_not(None),
            )
        )
    ]
    said = [
        Said(shown_id=shown_id, enrollment_id=enrollment_id, is_approved=is_approved)
        for shown_id, enrollment_id, is_approved in session.execute(
            select(SignOff.shown_version_id, SignOff.enrollment_id, SignOff.is_approved)
            .where(SignOff.shown_version_id.in_([one.id for one in versions if one.is_current]))
            .order_by(SignOff.id)
        )
    ]
    waived = session.scalars(
        select(SignOffWaiver.organization_id).filter_by(
            team_id=team.id, assignment_id=assignment_id
        )
    ).all()
    ids = {row.id for row in members}
    missing = sorted(
        name
        for key, name in authorities.items()
        if not sign_off_word(key, versions, said, waived=waived, members=ids).lets_through
    )
    if missing:
        raise Refused(Reason.SIGN_OFF_MISSING, authorities=", ".join(missing))
