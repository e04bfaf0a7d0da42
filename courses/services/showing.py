"""Showing a version of the team's draft on purpose: to the whole team, or to one authority."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course
from courses.errors import NotFound, Reason, Refused, Stale
from courses.models import (
    Cohort,
    Draft,
    Enrollment,
    ShownVersion,
    Submission,
    Team,
    TeamMember,
)
from courses.rules.answers_guard import findings_in
from courses.rules.sign_offs import text_digest
from courses.rules.submissions import Move, next_state
from courses.services.audit import audit
from courses.services.handin_order import refuse_when_closed
from courses.services.notices import notify
from courses.vocabulary import NoticeKind


def show_version(
    session: Session,
    *,
    team: Team,
    enrollment: Enrollment,
    course: Course,
    assignment: Assignment,
    organization_id: int | None,
    version: int,
    has_checked: bool,
    by: int,
    now: datetime,
    today: date,
) -> ShownVersion:
    """Freeze the draft and show it to the whole team, or ask one authority to approve it.

    Showing the same text twice is once. Stale when the draft is not the one that was read;
    Refused when it names somebody, or when it has been handed in.
    """
    mine = {"team_id": team.id, "assignment_id": assignment.id}
    draft = lock_draft(session, team.id, assignment.id)
    next_state(session.scalar(select(Submission.state).filter_by(**mine)), Move.WRITE)
    refuse_when_closed(
        session, enrollment=enrollment, course=course, assignment=assignment, today=today
    )
    if organization_id is not None:
        _must_be_asked(session, team, organization_id)
    if draft is None:
        raise Refused(Reason.NOTHING_TO_SHOW)
    if draft.version != version:
        raise Stale(None, draft.answers, version=draft.version)
    found = findings_in(assignment.sections, draft.answers, known=course.function_numbers)
    if any(one.finding.blocks for one in found):
        raise Refused(Reason.PERSONAL_NUMBER)
    if found and not has_checked:
        raise Refused(Reason.NOT_CHECKED)
    shown = ShownVersion(
        **mine, organization_id=organization_id, answers=draft.answers,
        digest=text_digest(draft.answers), draft_version=draft.version,
        edition_digest=course.digest, shown_by=by, shown_at=now,
    )
    try:
        with session.begin_nested():  # of two at once the constraint lets one through
            session.add(shown)
    except IntegrityError:
        return _same(session, shown)
    audit(
        session, "version:show", "team", team.id, actor_id=by, now=now,
        assignment=assignment.id, version=draft.version, organization=organization_id,
    )
    _tell(session, shown, team, by, now)
    return shown


def lock_draft(session: Session, team_id: int, assignment_id: str) -> Draft | None:
    """Return the team's draft as it is now, and let nobody change it until the transaction
    ends: what is said of a text and handing it in take turns here."""
    return session.scalars(
        select(Draft)
        .filter_by(team_id=team_id, assignment_id=assignment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def members_of(team_id: int, organization_id: int | None = None) -> ColumnElement[bool]:
    """Return the condition that an enrollment is in the team now, for this authority."""
    inside = Enrollment.id.in_(
        select(TeamMember.enrollment_id).where(
            TeamMember.team_id == team_id, TeamMember.left_on.is_(None)
        )
    )
    return inside if organization_id is None else (
        inside & (Enrollment.organization_id == organization_id)
    )


def _must_be_asked(session: Session, team: Team, organization_id: int) -> None:
    needs = session.scalar(select(Cohort.needs_sign_off).where(Cohort.id == team.cohort_id))
    there = select(Enrollment.id).where(members_of(team.id, organization_id)).limit(1)
    if not needs or session.scalar(there) is None:
        raise NotFound


def _same(session: Session, shown: ShownVersion) -> ShownVersion:
    return session.scalars(
        select(ShownVersion).where(
            ShownVersion.team_id == shown.team_id,
            ShownVersion.assignment_id == shown.assignment_id,
            ShownVersion.organization_id.is_not_distinct_from(shown.organization_id),
            ShownVersion.digest == shown.digest,
        )
    ).one()


def _tell(session: Session, shown: ShownVersion, team: Team, by: int, now: datetime) -> None:
    readers = session.scalars(
        select(Enrollment.user_id).where(
            members_of(team.id, shown.organization_id), Enrollment.user_id != by
        )
    )
    kind = NoticeKind.SHOWN if shown.organization_id is None else NoticeKind.SIGN_OFF_ASKED
    notify(
        session, readers, kind, f"shown:{shown.id}", cohort_id=team.cohort_id,
        item_id=shown.assignment_id, team_id=team.id, now=now,
    )
