"""What a team sees of an assignment that it writes together: its people, its sections, and what
has been shared. Two statements, however many they are."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, func, null, select, type_coerce
from sqlalchemy.orm import Session, aliased

from courses.catalog import Section
from courses.identity import Identity
from courses.models import (
    Contribution,
    Draft,
    Enrollment,
    JointSection,
    Organization,
    SectionComment,
    SectionSource,
    SharedContribution,
    SubmissionRound,
    Team,
    TeamMember,
    User,
    not_moved,
)
from courses.permissions import Permission, permits
from courses.queries.assignment_pages import Member
from courses.queries.joint_parts import (
    Gift,
    OwnText,
    SectionState,
    SharedText,
    Together,
    gift_scope,
)
from courses.queries.work_context import WorkContext
from courses.rules.joint_writing import opened_by


def together(
    session: Session, context: WorkContext, identity: Identity, *, now: datetime
) -> Together:
    """Return the team's work on the assignment. Two statements."""
    may_read = permits(identity, context, Permission.DRAFT_READ)
    sections, answers = _sections(session, context, may_read=may_read, now=now)
    members, organization_of, gifts, own = _people(session, context, identity)
    sections = [  # whoever has left is to write nothing any more
        one if one.writer_id in organization_of else replace(one, writer_id=None, writer=None)
        for one in sections
    ]
    return Together(
        members=members, organization_of=organization_of, sections=sections, answers=answers,
        gifts=gifts, own=own,
    )


def _sections(
    session: Session, context: WorkContext, *, may_read: bool, now: datetime
) -> tuple[list[SectionState], Mapping[str, Any] | None]:
    writer_place = aliased(Enrollment)
    writer, saver, opener = aliased(User), aliased(User), aliased(User)
    key = {"team_id": context.team.id if context.team else 0,
           "assignment_id": context.assignment.id}
    comments = (
        select(func.count(SectionComment.id))
        .where(
            SectionComment.team_id == JointSection.team_id,
            SectionComment.assignment_id == JointSection.assignment_id,
            SectionComment.section_id == JointSection.section_id,
            SectionComment.resolved_at.is_(None),
        )
        .scalar_subquery()
    )
    submission = context.submission
    text = type_coerce(func.coalesce(Draft.answers, SubmissionRound.answers), JSON)
    rows = session.execute(
        select(
            JointSection, writer.name, saver.name, opener.name, comments,
            text if may_read else null(),
        )
        .select_from(Team)
        .outerjoin(
            JointSection,
            (JointSection.team_id == Team.id)
            & (JointSection.assignment_id == context.assignment.id),
        )
        .outerjoin(writer_place, writer_place.id == JointSection.writer_id)
        .outerjoin(writer, writer.id == writer_place.user_id)
        .outerjoin(saver, saver.id == JointSection.saved_by)
        .outerjoin(opener, opener.id == JointSection.open_by)
        .outerjoin(
            Draft,
            (Draft.team_id == Team.id) & (Draft.assignment_id == context.assignment.id),
        )
        .outerjoin(
            SubmissionRound,
            (SubmissionRound.submission_id == (submission.id if submission else 0))
            & (SubmissionRound.number == (submission.round if submission else 0))
            & not_moved(),
        )
        .where(Team.id == key["team_id"])
    ).all()
    known = {row[0].section_id: row for row in rows if row[0] is not None}
    answers: Mapping[str, Any] | None = None
    if may_read and rows:
        answers = context.mask.over(rows[0][5] or {})
    return [
        _state(section, known.get(section.id), (answers or {}).get(section.id), may_read, now)
        for section in context.assignment.sections
    ], answers


def _state(section: Section, row: Any, value: Any, may_read: bool, now: datetime) -> SectionState:
    stored, writer, saver, opener, comments, _text = row or (None,) * 6
    open_by = opened_by(stored.open_by, stored.open_until, now) if stored and may_read else None
    return SectionState(
        section=section, writer_id=stored.writer_id if stored else None, writer=writer,
        due_on=stored.due_on if stored else None, version=stored.version if stored else 0,
        saved_at=stored.saved_at if stored and may_read else None,
        saved_by=saver if may_read else None, open_by=open_by,
        opener=opener if open_by else None,
        opened_at=stored.opened_at if stored and open_by else None,
        comments=(comments or 0) if may_read else 0, value=value,
    )


def _people(
    session: Session, context: WorkContext, identity: Identity
) -> tuple[list[Member], Mapping[int, int], list[Gift], Mapping[str, OwnText]]:
    team_id = context.team.id if context.team else 0
    assignment_id = context.assignment.id
    rows = session.execute(
        select(
            Enrollment, User.name, Organization.name, TeamMember.left_on, SharedContribution,
            SectionSource, JointSection.section_id, JointSection.version, Contribution,
        )
        .join(TeamMember, TeamMember.enrollment_id == Enrollment.id)
        .join(User, User.id == Enrollment.user_id)
        .join(Organization, Organization.id == Enrollment.organization_id)
        .outerjoin(
            SharedContribution,
            (SharedContribution.enrollment_id == Enrollment.id)
            & (SharedContribution.team_id == team_id)
            & (SharedContribution.assignment_id == assignment_id)
            & SharedContribution.withdrawn_at.is_(None),
        )
        .outerjoin(SectionSource, SectionSource.contribution_id == SharedContribution.id)
        .outerjoin(JointSection, JointSection.id == SectionSource.section_row_id)
        .outerjoin(  # of nobody but the one who asks
            Contribution,
            (Contribution.enrollment_id == Enrollment.id)
            & (Enrollment.id == context.enrollment.id)
            & (Contribution.team_id == team_id)
            & (Contribution.assignment_id == assignment_id),
        )
        .where(TeamMember.team_id == team_id)
        .order_by(User.name, Enrollment.id, SharedContribution.id, SectionSource.id)
    ).all()
    people = {row[0].id: row for row in rows if row.left_on is None}
    members = [
        Member(
            enrollment_id=one, name=row[1], organization=row[2],
            organization_id=row[0].organization_id, sector=row[0].sector,
        )
        for one, row in people.items()
    ]
    own = {
        one.section_id: OwnText(
            section_id=one.section_id, text=one.text, version=one.version,
            updated_at=one.updated_at,
        )
        for one in (row.Contribution for row in rows)
        if one is not None
    }
    employers = {one: row[0].organization_id for one, row in people.items()}
    return members, employers, list(_gifts(rows, context, identity)), own


def _gifts(rows: Any, context: WorkContext, identity: Identity) -> Iterator[Gift]:
    """The newest of each author and heading; older ones where they stand in the text."""
    newest: dict[tuple[int, str], int] = {}
    placed: dict[int, dict[str, tuple[int, bool]]] = {}
    found: dict[int, Any] = {}
    for row in rows:
        one = row.SharedContribution
        if one is None:
            continue
        found[one.id] = row
        newest[one.enrollment_id, one.section_id] = one.id
        source = row.SectionSource
        if source is not None:
            placed.setdefault(one.id, {})[row.section_id] = (
                source.id, source.version == row.version or not source.before
            )
    for number, row in found.items():
        one = row.SharedContribution
        if newest[one.enrollment_id, one.section_id] != number and number not in placed:
            continue
        scope = gift_scope(context, one.enrollment_id, one.organization_id)
        may_read = permits(identity, SharedText(scope), Permission.CONTRIBUTION_READ)
        into = placed.get(number, {})
        text = one.text if one.enrollment_id == context.enrollment.id else (
            context.mask.over(one.text)
        )
        yield Gift(
            id=number, section_id=one.section_id, enrollment_id=one.enrollment_id,
            author=row[1], organization=row[2], text=text if may_read else None,
            shared_at=one.shared_at, put_into={key: at for key, (at, _) in into.items()},
            undoable=frozenset(key for key, (_, same) in into.items() if same),
        )
