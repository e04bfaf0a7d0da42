"""Which authorities of a team a coordinator can let it hand in without."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course
from courses.models import Enrollment, Organization, TeamMember
from courses.queries.coordination import TeamContext
from courses.queries.masked_rows import facts_under
from courses.queries.masks import mask_in_team
from courses.queries.team_facts import Waiver, team_facts


@dataclass(frozen=True, kw_only=True)
class Waived:
    assignment: Assignment
    authority: str
    waiver: Waiver


@dataclass(frozen=True, kw_only=True)
class WaiverPage:
    """What has been decided, and what can be. No answer of an authority, no text."""

    assignments: tuple[Assignment, ...]
    authorities: dict[int, str]
    """By id, by name: those whose people are in the team."""
    waived: tuple[Waived, ...]


def waiver_page(session: Session, context: TeamContext, course: Course) -> WaiverPage:
    """Return the page in three statements."""
    rows = session.execute(
        select(Organization.id, Organization.name)
        .join(Enrollment, Enrollment.organization_id == Organization.id)
        .join(TeamMember, TeamMember.enrollment_id == Enrollment.id)
        .where(TeamMember.team_id == context.team.id, TeamMember.left_on.is_(None))
        .distinct()
        .order_by(Organization.name)
    )
    authorities: dict[int, str] = {row.id: row.name for row in rows}
    mask = mask_in_team(session, context.team.id, ())
    facts = {
        name: facts_under(mask, one) for name, one in team_facts(session, context.team).items()
    }
    joint = [one for one in course.assignments if one.is_joint and one.is_handed_in]
    return WaiverPage(
        assignments=tuple(joint), authorities=authorities,
        waived=tuple(
            Waived(
                assignment=one, authority=authorities.get(organization_id, ""), waiver=waiver
            )
            for one in joint
            if one.id in facts
            for organization_id, waiver in facts[one.id].waived.items()
        ),
    )
