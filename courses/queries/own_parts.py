"""The round that somebody writes a line about: the last that was handed in with them in it."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import ContributionLine, SubmissionRound
from courses.permissions import Permission, Scope
from courses.queries.work_context import WorkContext
from courses.rules.submissions import is_handed_in


@dataclass(frozen=True, kw_only=True)
class OwnPart:
    """A joint assignment as it concerns one of those who did it."""

    READ: ClassVar[Permission] = Permission.OWN_LINE_WRITE

    work: WorkContext
    round: SubmissionRound | None
    """None: nothing is handed in with this person in it."""
    written: ContributionLine | None
    """What they have written about that round."""

    @property
    def scope(self) -> Scope:
        return self.work.scope


def own_part(session: Session, work: WorkContext) -> OwnPart:
    """Return the round and what the reader has written about it, in one statement."""
    submission = work.submission
    rows = session.execute(
        select(SubmissionRound, ContributionLine)
        .outerjoin(
            ContributionLine,
            (ContributionLine.round_id == SubmissionRound.id)
            & (ContributionLine.enrollment_id == work.enrollment.id),
        )
        .where(SubmissionRound.submission_id == (submission.id if submission else 0))
        .order_by(SubmissionRound.number.desc())
    ).all() if work.assignment.is_joint and is_handed_in(work.state) else []
    for round_, written in rows:
        writers = {one["enrollment_id"] for one in round_.members}
        if work.enrollment.id in writers or not work.is_joint_work:
            return OwnPart(work=work, round=round_, written=written)
    return OwnPart(work=work, round=None, written=None)
