"""Handing over: a person leaves a team or is replaced, in one step.

Joint work stays with the team and personal work with the person; every round that was handed in
keeps the members it had.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from courses.catalog import Course
from courses.errors import Reason, Refused, Stale
from courses.models import (
    Cohort,
    Enrollment,
    Handover,
    HandoverNote,
    JointSection,
    Team,
    TeamMember,
)
from courses.services.audit import audit
from courses.services.catching_up import give_time_to_catch_up
from courses.services.notices import notify
from courses.services.people import add_participant, join_teams
from courses.services.progress import derive
from courses.services.versions import expect_version
from courses.vocabulary import EnrollmentState, NoticeKind, Sector


def save_handover_note(
    session: Session, *, team_id: int, enrollment_id: int, text: str, version: int, now: datetime
) -> HandoverNote:
    """Keep what a member writes for whoever takes over. `version` is that of the note they
    began from, 0 before the first; Stale when another text has been saved since."""
    found = _note(session, team_id, enrollment_id)
    if found and found.text == text:
        return found
    if found and found.version != version:
        raise Stale(text, found.text, version=found.version)
    try:
        with session.begin_nested():  # the constraint and the version have the last word
            if found is None:
                found = HandoverNote(team_id=team_id, enrollment_id=enrollment_id)
                session.add(found)
            found.text, found.updated_at = text, now
    except (IntegrityError, StaleDataError) as error:
        theirs = _note(session, team_id, enrollment_id)
        if theirs is None:
            raise
        raise Stale(text, theirs.text, version=theirs.version) from error
    return found


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Somebody who is not in the cohort yet, and gets the place of the one who leaves."""

    name: str
    email: str
    sector: Sector


def hand_over(
    session: Session,
    enrollment: Enrollment,
    course: Course,
    *,
    successor: Enrollment | Newcomer | None,
    message: str,
    version: int,
    actor_id: int,
    now: datetime,
    today: date,
) -> list[Handover]:
    """End a participant's place and let `successor` have it in every team the person was in:
    the pen, the sections to write, the note. Returns one row for each team.

    Stale when the place has been changed since `version` was read; NOT_IN_A_TEAM when there is
    nothing to hand over; SAME_PERSON when the successor is who leaves; EMAIL_TAKEN when a
    newcomer is in the cohort already.
    """
    expect_version(session, enrollment, version)
    if isinstance(successor, Newcomer):
        successor = add_participant(
            session, session.get_one(Cohort, enrollment.cohort_id), course,
            name=successor.name, email=successor.email, sector=successor.sector,
            organization_id=enrollment.organization_id, home_team_id=None,
            further_team_id=None, actor_id=actor_id, now=now, today=today,
        )
    if successor is not None and (
        successor.id == enrollment.id or successor.cohort_id != enrollment.cohort_id
    ):
        raise Refused(Reason.SAME_PERSON)
    teams = _teams_of(session, enrollment)
    if not teams:
        raise Refused(Reason.NOT_IN_A_TEAM)
    rows = [
        _left(session, team, enrollment, successor, message, actor_id, now) for team in teams
    ]
    if successor is not None:
        _take_the_place(session, teams, enrollment, successor, today)
        derive(session, [successor], course)
        give_time_to_catch_up(session, successor, course, actor_id, now, today)
    join_teams(session, enrollment, set(), today)
    enrollment.home_team_id, enrollment.state = None, EnrollmentState.ENDED
    enrollment.version = enrollment.version + 1
    session.flush()
    audit(
        session, "enrollment:hand_over", "enrollment", enrollment.id, actor_id=actor_id, now=now,
        successor=successor.id if successor else None, teams=[team.id for team in teams],
    )
    return rows


def _teams_of(session: Session, enrollment: Enrollment) -> list[Team]:
    return list(
        session.scalars(
            select(Team)
            .join(TeamMember, TeamMember.team_id == Team.id)
            .where(TeamMember.enrollment_id == enrollment.id, TeamMember.left_on.is_(None))
            .order_by(Team.id)
            .with_for_update(of=Team)
        )
    )


def _left(
    session: Session,
    team: Team,
    enrollment: Enrollment,
    successor: Enrollment | None,
    message: str,
    actor_id: int,
    now: datetime,
) -> Handover:
    note = _note(session, team.id, enrollment.id)
    row = Handover(
        team_id=team.id, enrollment_id=enrollment.id,
        successor_id=successor.id if successor else None,
        note=note.text if note else "", message=message, made_by=actor_id, made_at=now,
    )
    session.add(row)
    session.flush()
    others = session.scalars(
        select(Enrollment.user_id)
        .join(TeamMember, TeamMember.enrollment_id == Enrollment.id)
        .where(
            TeamMember.team_id == team.id, TeamMember.left_on.is_(None),
            Enrollment.id != enrollment.id,
        )
    ).all()
    told = [*others, *([successor.user_id] if successor else [])]
    notify(
        session, told, NoticeKind.HANDOVER, f"handover:{row.id}", cohort_id=team.cohort_id,
        team_id=team.id, now=now,
    )
    return row


def _take_the_place(
    session: Session,
    teams: list[Team],
    enrollment: Enrollment,
    successor: Enrollment,
    today: date,
) -> None:
    """Pen, deputy and what was to be written pass on; so does the home team, to whoever has
    none yet."""
    already = session.scalars(
        select(TeamMember.team_id).where(
            TeamMember.enrollment_id == successor.id, TeamMember.left_on.is_(None)
        )
    )
    join_teams(session, successor, {*already, *(team.id for team in teams)}, today)
    if successor.home_team_id is None:
        successor.home_team_id = enrollment.home_team_id or teams[0].id
    for team in teams:
        if team.holder_id == enrollment.id:
            team.holder_id = successor.id
            if team.deputy_id == successor.id:  # nobody stands in for themselves
                team.deputy_id = None
        elif team.deputy_id == enrollment.id:
            team.deputy_id = successor.id if team.holder_id != successor.id else None
    session.execute(
        update(JointSection)
        .where(
            JointSection.team_id.in_([team.id for team in teams]),
            JointSection.writer_id == enrollment.id,
        )
        .values(writer_id=successor.id)
    )
    session.flush()


def _note(session: Session, team_id: int, enrollment_id: int) -> HandoverNote | None:
    return session.scalars(
        select(HandoverNote)
        .where(HandoverNote.team_id == team_id, HandoverNote.enrollment_id == enrollment_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
