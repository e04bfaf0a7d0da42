"""Teams: made, removed while empty, and given a holder, a deputy and a first reader."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from courses.errors import Reason, Refused
from courses.models import Cohort, CompletionEvent, Enrollment, Submission, Team, TeamMember
from courses.services.audit import audit
from courses.services.notices import notify
from courses.services.second_readers import name_team_second
from courses.services.versions import expect_version
from courses.vocabulary import NoticeKind


def set_team_roles(
    session: Session,
    team: Team,
    *,
    holder_id: int | None,
    deputy_id: int | None,
    first_reader_id: int | None,
    version: int,
    actor_id: int,
    now: datetime,
    second_reader_id: int | None = None,
) -> None:
    """Say who holds the pen, who stands in, and which trainers read first and second. Refused
    for a second reader who reads first, trains another cohort or is in the team."""
    expect_version(session, team, version)
    if holder_id is not None and holder_id != team.holder_id:
        _tell_holder(session, team, holder_id, now)
    team.holder_id, team.deputy_id = holder_id, deputy_id
    team.first_reader_id = first_reader_id
    audit(
        session, "team:roles", "team", team.id, actor_id=actor_id, now=now,
        holder=holder_id, deputy=deputy_id, first_reader=first_reader_id,
    )
    name_team_second(
        session, team, reader_id=second_reader_id, actor_id=actor_id, now=now
    )
    session.flush()


def _tell_holder(session: Session, team: Team, holder_id: int, now: datetime) -> None:
    user_id = session.scalar(select(Enrollment.user_id).where(Enrollment.id == holder_id))
    if user_id is not None:
        notify(
            session, [user_id], NoticeKind.HOLDER, f"holder:{team.id}:{team.version + 1}",
            cohort_id=team.cohort_id, team_id=team.id, now=now,
        )


def add_team(
    session: Session,
    cohort: Cohort,
    *,
    name: str,
    organization_id: int | None,
    actor_id: int,
    now: datetime,
) -> Team:
    """Add a team to the cohort; without an organization it is regional. NAME_TAKEN when the
    cohort has a team of that name."""
    taken = select(exists().where(Team.cohort_id == cohort.id, Team.name == name))
    if session.scalar(taken):
        raise Refused(Reason.NAME_TAKEN)
    team = Team(cohort_id=cohort.id, name=name, organization_id=organization_id)
    session.add(team)
    session.flush()
    audit(session, "team:create", "team", team.id, actor_id=actor_id, now=now)
    return team


def remove_team(session: Session, team: Team, *, actor_id: int, now: datetime) -> None:
    """Remove a team that nobody is or has been in; TEAM_NOT_EMPTY otherwise."""
    used = select(
        exists().where(TeamMember.team_id == team.id)
        | exists().where(Enrollment.home_team_id == team.id)
        | exists().where(Submission.team_id == team.id)
        | exists().where(CompletionEvent.team_id == team.id)
    )
    if session.scalar(used):
        raise Refused(Reason.TEAM_NOT_EMPTY)
    audit(session, "team:remove", "team", team.id, actor_id=actor_id, now=now)
    session.delete(team)
    session.flush()
