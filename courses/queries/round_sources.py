"""Whose contributions stand in a round, under the names that others read today."""

from collections.abc import Mapping

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from courses.models import Enrollment, RoundSource, SubmissionRound, User
from courses.queries.work_context import WorkContext


def sources_of(
    session: Session, context: WorkContext, one: SubmissionRound
) -> Mapping[str, list[str]]:
    """Return section → who contributed to it; nothing for one's own work. One statement, or
    none."""
    if not context.is_joint_work:
        return {}
    protected = (
        select(Enrollment.id, User.alias)
        .join(User, User.id == Enrollment.user_id)
        .where(Enrollment.cohort_id == context.cohort.id, User.alias.is_not(None))
        .subquery()
    )
    rows = session.execute(
        select(RoundSource.sources, protected.c.id, protected.c.alias)
        .outerjoin(protected, true())
        .where(RoundSource.round_id == one.id)
    ).all()
    aliases = {row.id: row.alias for row in rows}
    found: dict[str, list[str]] = {}
    for source in rows[0].sources if rows else ():
        name = aliases.get(source["enrollment_id"], source["name"])
        names = found.setdefault(source["section_id"], [])
        if name not in names:
            names.append(name)
    return found
