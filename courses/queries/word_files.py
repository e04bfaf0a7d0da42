"""What loading a Word document back has to know of a team's draft."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import JointSection
from courses.queries.work_context import WorkContext


def section_versions(session: Session, context: WorkContext) -> dict[str, int]:
    """Return section → version of its text in the team's draft; none of what nobody has
    written."""
    if not context.is_joint_work or context.team is None:
        return {}
    rows = session.execute(
        select(JointSection.section_id, JointSection.version).where(
            JointSection.team_id == context.team.id,
            JointSection.assignment_id == context.assignment.id,
        )
    )
    return {row.section_id: row.version for row in rows}
