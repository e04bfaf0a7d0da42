"""A team's approved joint work, as its coordinators may read it."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.errors import NotFound
from courses.models import Cohort, Submission, SubmissionRound, Team, User, not_sealed
from courses.permissions import Permission, Scope
from courses.queries.masked_rows import round_under
from courses.queries.masks import mask_over_work
from courses.queries.round_members import RoundMember, members_of_rounds
from courses.vocabulary import SubmissionState


@dataclass(frozen=True, kw_only=True)
class ApprovedWork:
    """What a team handed in and had approved: the last round, and whose it is."""

    READ: ClassVar[Permission] = Permission.APPROVED_WORK_READ

    team: Team
    cohort: Cohort
    submission: Submission
    round: SubmissionRound
    submitted_by: str
    members: tuple[RoundMember, ...]

    @property
    def scope(self) -> Scope:
        return Scope(
            cohort_id=self.cohort.id, team_id=self.team.id,
            organization_id=self.team.organization_id,
        )


def approved_work(session: Session, team_id: int, assignment_id: str) -> ApprovedWork:
    """Return the approved round; NotFound while there is none, whatever else there is."""
    row = session.execute(
        select(Team, Cohort, Submission, SubmissionRound, User.name)
        .join(Cohort, Cohort.id == Team.cohort_id)
        .join(Submission, Submission.team_id == Team.id)
        .join(SubmissionRound, SubmissionRound.submission_id == Submission.id)
        .join(User, User.id == SubmissionRound.submitted_by)
        .where(
            Team.id == team_id,
            Submission.assignment_id == assignment_id,
            Submission.state == SubmissionState.APPROVED,
            not_sealed(),
            SubmissionRound.number == Submission.round,
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    mask = mask_over_work(session, row[2].id)
    return ApprovedWork(
        team=row[0], cohort=row[1], submission=row[2], round=round_under(mask, row[3]),
        submitted_by=row[4],
        members=members_of_rounds(session, [row[3]])[row[3].id],
    )
