"""What a person or a team need not do, why, and who said so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import CompletionEvent, Team, User
from courses.queries.work_context import WorkContext
from courses.vocabulary import CompletionKind, SubmissionState


@dataclass(frozen=True, kw_only=True)
class Excused:
    """Something that need not be done."""

    item_id: str
    reason: str
    by: str
    at: datetime


def excused(
    session: Session, *, enrollment_id: int | None = None, team_id: int | None = None
) -> Sequence[Excused]:
    """Return what a person, or a team, need not do, in the order in which it was said."""
    its = (
        CompletionEvent.team_id == team_id if enrollment_id is None
        else CompletionEvent.enrollment_id == enrollment_id
    )
    rows = session.execute(
        select(CompletionEvent, User.name)
        .outerjoin(User, User.id == CompletionEvent.actor_id)
        .where(its, CompletionEvent.kind.in_((CompletionKind.WAIVED, CompletionKind.UNDONE)))
        .order_by(CompletionEvent.id)
    )
    found: dict[str, Excused] = {}
    for event, name in rows:
        found.pop(event.item_id, None)
        if event.kind is CompletionKind.WAIVED:
            found[event.item_id] = Excused(
                item_id=event.item_id, reason=event.reason or "", by=name or "", at=event.at
            )
    return list(found.values())


def excused_from(session: Session, context: WorkContext) -> Excused | None:
    """Return why an assignment need not be done by whose page it is; None when it is to be."""
    if context.state is not SubmissionState.EXCUSED:
        return None
    team = context.owner if isinstance(context.owner, Team) else None
    found = excused(
        session, team_id=team.id if team else None,
        enrollment_id=None if team else context.enrollment.id,
    )
    return next((one for one in found if one.item_id == context.assignment.id), None)
