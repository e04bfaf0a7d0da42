"""Builders with sensible defaults: a test states only what it is about."""

from datetime import UTC, date, datetime
from itertools import count

from sqlalchemy import select

from courses.models import (
    Cohort,
    CohortDeadline,
    CohortModule,
    Edition,
    Enrollment,
    Organization,
    RoleAssignment,
    Team,
    TeamMember,
    User,
)
from courses.vocabulary import EnrollmentState, OrganizationKind, Role, Sector

numbers = count(1)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def make_user(session, **fields) -> User:
    n = next(numbers)
    defaults = {
        "email": f"person{n}@example.org", "name": f"Person {n}", "password_hash": None,
        "activated_at": LONG_AGO, "created_at": LONG_AGO,
    }
    return _add(session, User(**defaults | fields))


def make_organization(session, **fields) -> Organization:
    n = next(numbers)
    defaults = {"kind": OrganizationKind.MUNICIPALITY, "name": f"Kommun {n}", "scb_code": None}
    return _add(session, Organization(**defaults | fields))


def make_cohort(session, course, *, opens=None, due=None, **fields) -> Cohort:
    """An opened cohort of `course`: modules open since long, deadlines far ahead."""
    edition = session.scalars(
        select(Edition).where(Edition.course_id == course.id).order_by(Edition.number.desc())
    ).first()
    requirement_set = [
        {"id": r.id, "kind": r.kind, "items": list(r.items), "count": r.count}
        for r in course.requirements
    ]
    defaults = {
        "course_id": course.id, "edition_id": edition.id,
        "name": f"Utbildningsomgång {next(numbers)}", "starts_on": date(2026, 9, 14),
        "ends_on": date(2099, 12, 31), "opened_at": LONG_AGO,
        "requirement_set": requirement_set, "shares_drafts_across_authorities": False,
    }
    cohort = _add(session, Cohort(**defaults | fields))
    for module in course.modules:
        day = (opens or {}).get(module.id, date(2026, 9, 14))
        session.add(CohortModule(cohort_id=cohort.id, module_id=module.id, opens_on=day))
    for assignment in course.assignments:
        day = (due or {}).get(assignment.id, date(2099, 1, 31))
        session.add(CohortDeadline(cohort_id=cohort.id, item_id=assignment.id, due_on=day))
    session.flush()
    return cohort


def make_team(session, cohort, **fields) -> Team:
    n = next(numbers)
    if "organization_id" not in fields:
        fields["organization_id"] = make_organization(session).id
    return _add(session, Team(**{"cohort_id": cohort.id, "name": f"Team {n}"} | fields))


def make_enrollment(session, cohort, *, team=None, user=None, **fields) -> Enrollment:
    """A participant, in `team` when one is given."""
    user = user or make_user(session)
    organization_id = fields.pop("organization_id", None) or (
        team.organization_id if team and team.organization_id else make_organization(session).id
    )
    defaults = {
        "sector": Sector.SCHOOL, "state": EnrollmentState.ACTIVE, "created_at": LONG_AGO,
        "home_team_id": team.id if team else None,
    }
    enrollment = _add(
        session,
        Enrollment(
            user_id=user.id, cohort_id=cohort.id, organization_id=organization_id,
            **defaults | fields,
        ),
    )
    if team:
        join_team(session, team, enrollment)
    return enrollment


def join_team(session, team, enrollment) -> TeamMember:
    return _add(
        session,
        TeamMember(team_id=team.id, enrollment_id=enrollment.id, joined_on=date(2026, 9, 14)),
    )


def make_role(session, role: Role, *, user=None, cohort=None, organization=None) -> User:
    """Give a (new) person a role; return the person."""
    user = user or make_user(session)
    session.add(
        RoleAssignment(
            user_id=user.id, role=role, cohort_id=cohort.id if cohort else None,
            organization_id=organization.id if organization else None, granted_at=LONG_AGO,
        )
    )
    session.flush()
    return user


def user_of(session, enrollment) -> User:
    return session.get_one(User, enrollment.user_id)


def _add(session, thing):
    session.add(thing)
    session.flush()
    return thing
