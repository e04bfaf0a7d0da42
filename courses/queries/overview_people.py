"""The people named on a cohort's overview: who is late, and a municipal coordinator's own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Subquery, func, select, true
from sqlalchemy.orm import Session

from courses.catalog import Course
from courses.models import Enrollment, Organization, Team, User
from courses.queries.lateness import late_work
from courses.rules.alphabet import alphabetical

LATE_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class LatePerson:
    """Somebody with a passed date: how many assignments, and the earliest date."""

    enrollment_id: int
    name: str
    organization: str
    count: int
    since: date


@dataclass(frozen=True, kw_only=True)
class OwnPerson:
    """Somebody whom the coordinator's organization employs."""

    enrollment: Enrollment
    name: str
    team: Team | None
    """The home team."""
    late: LatePerson | None


def late_people(
    session: Session, cohort_id: int, course: Course, today: date
) -> tuple[list[LatePerson], int]:
    """Return those who have been late longest and how many there are, in one statement."""
    late = _late(cohort_id, course, today, true())
    rows = session.execute(
        select(late, User.name, Organization.name.label("organization"))
        .join(Enrollment, Enrollment.id == late.c.person)
        .join(User, User.id == Enrollment.user_id)
        .join(Organization, Organization.id == Enrollment.organization_id)
        .order_by(late.c.since, User.name, late.c.person)
        .limit(LATE_SHOWN)
    ).all()
    shown = [
        LatePerson(
            enrollment_id=row.person, name=row.name, organization=row.organization,
            count=row.assignments, since=row.since,
        )
        for row in rows
    ]
    return shown, rows[0].total if rows else 0


def own_people(
    session: Session, cohort_id: int, course: Course, today: date, employers: Collection[int]
) -> list[OwnPerson]:
    """Return everybody whom `employers` employ, in Swedish order, in one statement."""
    late = _late(cohort_id, course, today, Enrollment.organization_id.in_(employers))
    rows = session.execute(
        select(
            Enrollment, User.name, Organization.name.label("organization"), Team,
            late.c.assignments, late.c.since,
        )
        .join(User, User.id == Enrollment.user_id)
        .join(Organization, Organization.id == Enrollment.organization_id)
        .outerjoin(Team, Team.id == Enrollment.home_team_id)
        .outerjoin(late, late.c.person == Enrollment.id)
        .where(
            Enrollment.cohort_id == cohort_id, Enrollment.organization_id.in_(employers)
        )
    )
    people = [
        OwnPerson(
            enrollment=enrollment,
            name=name,
            team=team,
            late=LatePerson(
                enrollment_id=enrollment.id, name=name, organization=organization,
                count=count, since=since,
            )
            if count
            else None,
        )
        for enrollment, name, organization, team, count, since in rows
    ]
    return sorted(people, key=lambda one: (alphabetical(one.name), one.enrollment.id))


def _late(
    cohort_id: int, course: Course, today: date, scope: ColumnElement[bool]
) -> Subquery:
    """Select each person who is late, with how often and since when, and how many they are."""
    work = late_work(cohort_id, course, today, Enrollment.id.label("person")).where(scope)
    each = work.subquery()
    return (
        select(
            each.c.person,
            func.count().label("assignments"),
            func.min(each.c.due_on).label("since"),
            func.count().over().label("total"),
        )
        .group_by(each.c.person)
        .subquery()
    )
