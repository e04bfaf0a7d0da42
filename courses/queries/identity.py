"""Who acts: the login row, the roles and the places in cohorts, in two statements."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from courses.identity import Identity, Place
from courses.models import (
    Cohort,
    Enrollment,
    LoginSession,
    RoleAssignment,
    SecrecyUndertaking,
    TeamMember,
    User,
)
from courses.vocabulary import EnrollmentState, Role

UNDERTAKING = (
    select(SecrecyUndertaking.digest)
    .where(SecrecyUndertaking.user_id == User.id)
    .order_by(SecrecyUndertaking.id.desc())
    .limit(1)
    .scalar_subquery()
)
# built once: every page runs these, and putting them together takes longer than running them
LOGIN = (
    select(LoginSession, User, RoleAssignment, UNDERTAKING.label("undertaking"))
    .join(User, User.id == LoginSession.user_id)
    .outerjoin(
        RoleAssignment,
        and_(RoleAssignment.user_id == User.id, RoleAssignment.ended_at.is_(None)),
    )
    .where(
        LoginSession.token_hash == bindparam("token"),
        LoginSession.ended_at.is_(None),
        LoginSession.awaits.is_(None),  # half a login is none
        LoginSession.last_seen_at > bindparam("seen_after"),
        LoginSession.created_at > bindparam("created_after"),
        User.disabled_at.is_(None),
    )
)
PLACES = (
    select(Enrollment, TeamMember.team_id, TeamMember.left_on)
    .join(Cohort, Cohort.id == Enrollment.cohort_id)
    .outerjoin(TeamMember, TeamMember.enrollment_id == Enrollment.id)
    .where(Enrollment.user_id == bindparam("user"), Cohort.opened_at.is_not(None))
    .order_by(Cohort.starts_on.desc(), Enrollment.id)
)


def login_and_identity(
    session: Session, token_hash: str, *, seen_after: datetime, created_after: datetime
) -> tuple[LoginSession, Identity] | None:
    """Return the login with this token and who it is, unless it has ended or run out."""
    rows = session.execute(
        LOGIN,
        {"token": token_hash, "seen_after": seen_after, "created_after": created_after},
    ).all()
    if not rows:
        return None
    login, user, _, undertaking = rows[0]
    roles = [row.RoleAssignment for row in rows if row.RoleAssignment]
    return login, _identity(session, user, roles, undertaking)


def identity_of(session: Session, user: User) -> Identity:
    """Return who `user` is when they act, without a login."""
    roles = session.scalars(
        select(RoleAssignment).where(
            RoleAssignment.user_id == user.id, RoleAssignment.ended_at.is_(None)
        )
    ).all()
    undertaking = session.scalar(select(UNDERTAKING).where(User.id == user.id))
    return _identity(session, user, list(roles), undertaking)


def _identity(
    session: Session, user: User, roles: list[RoleAssignment], undertaking: str | None
) -> Identity:
    coordinator = [r for r in roles if r.role is Role.COORDINATOR]
    county = [r for r in coordinator if r.organization_id is None]
    held = {r.role for r in roles}
    return Identity(
        user_id=user.id,
        name=user.own_name,
        language=user.language,
        places=_places(session, user.id),
        trains=frozenset(
            r.cohort_id for r in roles if r.role is Role.TRAINER and r.cohort_id is not None
        ),
        coordinates_everything=any(r.cohort_id is None for r in county),
        coordinates=frozenset(r.cohort_id for r in county if r.cohort_id is not None),
        coordinates_for=frozenset(
            (r.cohort_id, r.organization_id)
            for r in coordinator
            if r.organization_id is not None
        ),
        is_administrator=Role.ADMINISTRATOR in held,
        is_editor=Role.EDITOR in held,
        is_secrecy_officer=Role.SECRECY_OFFICER in held,
        undertaking=undertaking,
    )


def _places(session: Session, user_id: int) -> tuple[Place, ...]:
    rows = session.execute(PLACES, {"user": user_id}).all()
    teams: dict[int, set[int]] = defaultdict(set)
    former: dict[int, set[int]] = defaultdict(set)
    for enrollment, team_id, left_on in rows:
        if team_id is not None:
            (teams if left_on is None else former)[enrollment.id].add(team_id)
    return tuple(
        Place(
            enrollment_id=e.id,
            cohort_id=e.cohort_id,
            organization_id=e.organization_id,
            home_team_id=e.home_team_id,
            team_ids=frozenset(teams[e.id]),
            is_active=e.state is EnrollmentState.ACTIVE,
            former_team_ids=frozenset(former[e.id]),
        )
        for e in dict.fromkeys(e for e, *_ in rows)
    )
