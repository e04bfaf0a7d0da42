"""A cohort with a municipal and a regional team, and the county's coordinator."""

import pytest

from courses.vocabulary import Role
from tests.factories import make_cohort, make_organization, make_role, make_team


@pytest.fixture
def place(session, course):
    cohort = make_cohort(session, course)
    sorsele = make_organization(session, name="Sorsele")
    team = make_team(session, cohort, name="Sorseleteamet", organization_id=sorsele.id)
    regional = make_team(session, cohort, name="Länsteamet", organization_id=None)
    county = make_role(session, Role.COORDINATOR)
    session.commit()
    return {"cohort": cohort, "sorsele": sorsele, "team": team, "regional": regional,
            "county": county, "path": f"/samordna/{cohort.id}/personer"}
