"""The people of a cohort: participants and those who work with them."""

from datetime import date, datetime

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.catalog import Course
from courses.errors import Reason, Refused
from courses.models import Cohort, Enrollment, RoleAssignment, Team, TeamMember, User
from courses.services.accounts import find_or_add_person
from courses.services.audit import audit
from courses.services.invitations import revoke_invitations
from courses.services.progress import derive
from courses.services.second_readers import forget_second_reader
from courses.services.versions import expect_version
from courses.vocabulary import EnrollmentState, Role, Sector


def add_participant(
    session: Session,
    cohort: Cohort,
    course: Course,
    *,
    name: str,
    email: str,
    organization_id: int,
    sector: Sector,
    home_team_id: int | None,
    further_team_id: int | None,
    actor_id: int,
    now: datetime,
    today: date,
) -> Enrollment:
    """Give a person a place in the cohort. EMAIL_TAKEN when the person has one already."""
    user = find_or_add_person(
        session, name=name, email=email, organization_id=organization_id, by=actor_id, now=now
    )
    enrollment = Enrollment(
        user_id=user.id, cohort_id=cohort.id, organization_id=organization_id, sector=sector,
        home_team_id=home_team_id, created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(enrollment)
            session.flush()
    except IntegrityError as error:
        raise Refused(Reason.EMAIL_TAKEN) from error
    join_teams(session, enrollment, {home_team_id, further_team_id}, today)
    derive(session, [enrollment], course)
    audit(session, "enrollment:create", "enrollment", enrollment.id, actor_id=actor_id, now=now)
    return enrollment


def change_participant(
    session: Session,
    enrollment: Enrollment,
    user: User,
    course: Course,
    *,
    email: str,
    organization_id: int,
    sector: Sector,
    home_team_id: int | None,
    further_team_id: int | None,
    state: EnrollmentState,
    version: int,
    actor_id: int,
    now: datetime,
    today: date,
) -> None:
    """Change where a participant works, which teams and whether the place is active.

    What has been earned stays. The address can be corrected until the person has an account;
    EMAIL_TAKEN when somebody else has it. What was sent to the old one no longer works.
    """
    expect_version(session, enrollment, version)
    address = email.strip().lower()
    if user.activated_at is None and address != user.email:
        try:
            with session.begin_nested():
                user.email = address
                session.flush()
        except IntegrityError as error:
            raise Refused(Reason.EMAIL_TAKEN) from error
        revoke_invitations(session, user, now)  # they went to somebody else
    enrollment.organization_id, enrollment.sector = organization_id, sector
    enrollment.home_team_id, enrollment.state = home_team_id, state
    enrollment.version = enrollment.version + 1  # teams alone may have changed
    join_teams(session, enrollment, {home_team_id, further_team_id}, today)
    derive(session, [enrollment], course)
    audit(
        session, "enrollment:change", "enrollment", enrollment.id, actor_id=actor_id, now=now,
        state=state.value,
    )


def give_role(
    session: Session,
    cohort: Cohort,
    role: Role,
    *,
    name: str,
    email: str,
    organization_id: int | None,
    actor_id: int,
    now: datetime,
) -> RoleAssignment:
    """Make a person trainer or coordinator in the cohort. Giving it twice is once."""
    user = find_or_add_person(
        session, name=name, email=email, organization_id=organization_id, by=actor_id, now=now
    )
    held = session.scalars(
        select(RoleAssignment).where(
            RoleAssignment.user_id == user.id,
            RoleAssignment.role == role,
            RoleAssignment.cohort_id == cohort.id,
            RoleAssignment.organization_id == organization_id,
            RoleAssignment.ended_at.is_(None),
        )
    ).first()
    if held is not None:
        return held
    assignment = RoleAssignment(
        user_id=user.id, role=role, cohort_id=cohort.id, organization_id=organization_id,
        granted_at=now, granted_by=actor_id,
    )
    session.add(assignment)
    session.flush()
    audit(session, "role:give", "user", user.id, actor_id=actor_id, now=now, role=role.value)
    return assignment


def end_role(
    session: Session, assignment: RoleAssignment, *, actor_id: int, now: datetime
) -> None:
    """End a role in a cohort. A trainer is no longer any team's first or second reader there."""
    if assignment.ended_at is not None:
        return
    assignment.ended_at = now
    if assignment.role is Role.TRAINER:
        session.execute(
            update(Team)
            .where(
                Team.cohort_id == assignment.cohort_id,
                Team.first_reader_id == assignment.user_id,
            )
            .values(first_reader_id=None, version=Team.version + 1)
        )
        forget_second_reader(session, assignment.user_id, cohort_id=assignment.cohort_id)
    audit(
        session, "role:end", "user", assignment.user_id, actor_id=actor_id, now=now,
        role=assignment.role.value,
    )
    session.flush()


def join_teams(
    session: Session, enrollment: Enrollment, team_ids: set[int | None], today: date
) -> None:
    """Let the enrollment be in exactly these teams; who leaves one no longer holds its pen."""
    wanted = {team_id for team_id in team_ids if team_id is not None}
    members = {
        row.team_id: row
        for row in session.scalars(
            select(TeamMember).where(TeamMember.enrollment_id == enrollment.id)
        )
    }
    left = {key for key, row in members.items() if row.left_on is None and key not in wanted}
    for team_id in left:
        members[team_id].left_on = today
    for team_id in wanted:
        if team_id not in members:
            session.add(
                TeamMember(team_id=team_id, enrollment_id=enrollment.id, joined_on=today)
            )
        elif members[team_id].left_on is not None:
            members[team_id].left_on = None
    held = or_(Team.holder_id == enrollment.id, Team.deputy_id == enrollment.id)
    for team in session.scalars(select(Team).where(Team.id.in_(left), held)):
        if team.holder_id == enrollment.id:
            team.holder_id = None
        if team.deputy_id == enrollment.id:
            team.deputy_id = None
    session.flush()
