"""Loaders of the coordinators' pages: a cohort, a team, its approved work, a participant."""

from sqlalchemy.orm import Session

from courses.identity import Identity
from courses.queries.approved_work import ApprovedWork, approved_work
from courses.queries.coordination import (
    CohortContext,
    ParticipantContext,
    TeamContext,
    cohort_context,
    participant_context,
    team_context,
)


def load_cohort(
    session: Session, _identity: Identity, cohort_id: int, **_url: int
) -> CohortContext:
    """The cohort that a page is about; what else stands in the address is the view's."""
    return cohort_context(session, cohort_id)


def load_team(session: Session, _identity: Identity, team_id: int) -> TeamContext:
    """The team that a page is about."""
    return team_context(session, team_id)


def load_approved(
    session: Session, _identity: Identity, team_id: int, assignment_id: str
) -> ApprovedWork:
    """A team's approved joint work."""
    return approved_work(session, team_id, assignment_id)


def load_participant(
    session: Session, _identity: Identity, enrollment_id: int
) -> ParticipantContext:
    """The participant that a page is about."""
    return participant_context(session, enrollment_id)
