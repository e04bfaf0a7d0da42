"""What the coordinators' lists show is exactly what the policy grants, for every role."""

import pytest
from sqlalchemy import select

from app import clock
from courses.models import Cohort, Enrollment, Organization, Team
from courses.permissions import Permission, permits
from courses.queries.coordination import (
    cohort_context,
    coordinated_cohorts,
    participant_context,
    team_context,
)
from courses.queries.identity import identity_of
from courses.queries.overview import cohort_overview
from courses.queries.teams import team_page
from courses.vocabulary import Role
from tests.cast import make_cast
from tests.factories import make_cohort, make_role

ROLES = (
    "nora", "teammate", "police teammate", "participant of Söder", "participant elsewhere",
    "trainer", "trainer elsewhere", "county coordinator", "coordinator of the cohort",
    "coordinator elsewhere", "coordinator of Norr", "coordinator of Söder", "editor",
    "administrator", "secrecy officer", "nobody", "coordinator of Norr everywhere",
)


@pytest.fixture
def world(session, course):
    cast = make_cast(session, course)
    make_cohort(session, course)
    norr = session.get_one(Organization, cast.team.organization_id)
    cast.people["coordinator of Norr everywhere"] = make_role(
        session, Role.COORDINATOR, organization=norr
    )
    return cast


def granted(session, identity, model, context, permission):
    """Ids of the rows of `model` for which the policy grants the permission."""
    ids = session.scalars(select(model.id)).all()
    return {one for one in ids if permits(identity, context(session, one), permission)}


@pytest.mark.parametrize("role", ROLES)
def test_lists_and_policy_agree(session, course, world, role):
    identity = identity_of(session, world.people[role])
    may_open = granted(session, identity, Cohort, cohort_context, Permission.COHORT_READ)
    may_see = granted(
        session, identity, Enrollment, participant_context, Permission.PARTICIPANT_READ
    )
    may_visit = granted(session, identity, Team, team_context, Permission.TEAM_READ)

    assert {line.cohort.id for line in coordinated_cohorts(session, identity)} == may_open

    now, today = clock.now(), clock.today()
    teams, people = set(), set()
    for cohort_id in may_open:
        cohort = session.get_one(Cohort, cohort_id)
        found = cohort_overview(session, identity, cohort, course, now=now, today=today)
        teams |= {team.id for row in found.rows for team in row.teams}
        people |= {person.enrollment.id for person in found.people}
    for team_id in may_visit:
        page = team_page(
            session, identity, team_context(session, team_id), course, now=now, today=today
        )
        shown = {member.person.enrollment.id for member in page.known}
        assert shown <= may_see
        assert not may_see & {member.person.enrollment.id for member in page.others}
        people |= shown
    assert teams == may_visit
    assert people == may_see


@pytest.mark.parametrize("role", ROLES)
def test_the_figures_count_no_one_whom_the_policy_hides(session, course, world, role):
    identity = identity_of(session, world.people[role])
    for cohort_id in granted(session, identity, Cohort, cohort_context, Permission.COHORT_READ):
        visible = [
            one
            for one in session.scalars(
                select(Enrollment.id).where(Enrollment.cohort_id == cohort_id)
            )
            if permits(identity, participant_context(session, one), Permission.PARTICIPANT_READ)
        ]
        found = cohort_overview(
            session, identity, session.get_one(Cohort, cohort_id), course,
            now=clock.now(), today=clock.today(),
        )
        assert found.participants == sum(row.active for row in found.rows) == len(visible)
