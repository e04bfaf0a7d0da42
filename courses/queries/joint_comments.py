"""What the team says about a section of its draft."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from courses.models import SectionComment, User
from courses.queries.work_context import WorkContext


@dataclass(frozen=True, kw_only=True)
class Said:
    """A comment; `resolved_by` is who dealt with it."""

    id: int
    by: str
    text: str
    created_at: datetime
    resolved_by: str | None
    resolved_at: datetime | None


def comments_on(session: Session, context: WorkContext, section_id: str) -> list[Said]:
    """Return the comments on a section, those that wait first. One statement."""
    author, resolver = aliased(User), aliased(User)
    rows = session.execute(
        select(SectionComment, author.name, resolver.name)
        .join(author, author.id == SectionComment.user_id)
        .outerjoin(resolver, resolver.id == SectionComment.resolved_by)
        .where(
            SectionComment.team_id == (context.team.id if context.team else 0),
            SectionComment.assignment_id == context.assignment.id,
            SectionComment.section_id == section_id,
        )
        .order_by(SectionComment.resolved_at.is_not(None), SectionComment.id)
    )
    return [
        Said(
            id=one.id, by=by, created_at=one.created_at, resolved_by=resolver_name,
            resolved_at=one.resolved_at,
            text=one.text if one.user_id == context.enrollment.user_id
            else context.mask.over(one.text),
        )
        for one, by, resolver_name in rows
    ]
