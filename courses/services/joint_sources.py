"""Whose contributions stand in what a team hands in."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Assignment
from courses.models import (
    Enrollment,
    JointSection,
    RoundSource,
    SectionSource,
    SharedContribution,
    SubmissionRound,
    Team,
    User,
)


def freeze_sources(
    session: Session, team: Team, assignment: Assignment, frozen: SubmissionRound
) -> None:
    """Keep beside a round whose contributions were put into which of its sections."""
    rows = session.execute(
        select(JointSection.section_id, SharedContribution.enrollment_id, User.name)
        .join(SectionSource, SectionSource.section_row_id == JointSection.id)
        .join(SharedContribution, SharedContribution.id == SectionSource.contribution_id)
        .join(Enrollment, Enrollment.id == SharedContribution.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .where(JointSection.team_id == team.id, JointSection.assignment_id == assignment.id)
        .order_by(SectionSource.id)
    )
    found: dict[tuple[str, int, str], None] = {}
    for section_id, enrollment_id, name in rows:
        found[section_id, enrollment_id, name] = None
    sources = [
        {"section_id": section_id, "enrollment_id": enrollment_id, "name": name}
        for section_id, enrollment_id, name in found
        if frozen.answers.get(section_id)
    ]
    if sources:
        session.add(RoundSource(round_id=frozen.id, sources=sources))
        session.flush()
