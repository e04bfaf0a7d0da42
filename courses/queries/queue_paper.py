"""The texts that wait for a trainer, to be read on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from courses.identity import Identity
from courses.models import (
    Enrollment,
    Organization,
    Submission,
    SubmissionRound,
    Team,
    User,
    not_sealed,
)
from courses.queries.masked_rows import round_under
from courses.queries.masks import masks_over_works
from courses.queries.queue_narrowing import (
    TURN,
    WAITING,
    Narrowing,
    is_claimed,
    is_free,
    narrowed,
)
from courses.queries.round_parts import RoundPart, parts_of_rounds

MOST = 30
"""Texts on one page; who has more of them narrows the choice."""


@dataclass(frozen=True, kw_only=True)
class PaperText:
    """A round that waits, and whose it is."""

    submission: Submission
    round: SubmissionRound
    name: str
    """The participant, or the team."""
    organization: str | None
    author_id: int | None
    """None: a team's."""
    submitted_by: str
    members: tuple[RoundPart, ...]
    """The team that handed in and what each did; none when it is somebody's own."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    texts: Sequence[PaperText]
    has_more: bool


def waiting_texts(
    session: Session, identity: Identity, narrowing: Narrowing, *, now: datetime
) -> Paper:
    """Return the texts that the trainer may answer now, in the order in which they are read:
    those that nobody has and the trainer's own. What has been stopped is none of them."""
    author, writer = aliased(User), aliased(User)
    is_mine = is_claimed(now) & (Submission.claimed_by == identity.user_id)
    rows = session.execute(
        select(
            Submission, SubmissionRound, author, Team.name, Organization.name, writer.name
        )
        .join(
            SubmissionRound,
            (SubmissionRound.submission_id == Submission.id)
            & (SubmissionRound.number == Submission.round),
        )
        .join(writer, writer.id == SubmissionRound.submitted_by)
        .outerjoin(Enrollment, Enrollment.id == Submission.enrollment_id)
        .outerjoin(author, author.id == Enrollment.user_id)
        .outerjoin(Team, Team.id == Submission.team_id)
        .outerjoin(
            Organization,
            Organization.id == func.coalesce(Enrollment.organization_id, Team.organization_id),
        )
        .where(
            *narrowed(identity, narrowing, by_cohort=False), WAITING,
            or_(is_free(now), is_mine), not_sealed(),
        )
        .order_by(*TURN)
        .limit(MOST + 1)
    ).all()
    members = parts_of_rounds(session, [row[1] for row in rows])
    masks = masks_over_works(session, [row[0].id for row in rows])
    texts = [
        PaperText(
            submission=submission, round=round_under(masks[submission.id], round_),
            name=team or person.name, organization=organization,
            author_id=person.id if person else None, submitted_by=by,
            members=tuple(one.under(masks[submission.id]) for one in members.get(round_.id, ())),
        )
        for submission, round_, person, team, organization, by in rows
    ]
    return Paper(texts=texts[:MOST], has_more=len(texts) > MOST)
