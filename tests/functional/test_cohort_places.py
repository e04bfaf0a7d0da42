import pytest
from sqlalchemy import select

from app import clock
from courses.models import Organization, Team
from courses.services.progress import record_team_completion
from courses.vocabulary import Role
from tests.factories import make_cohort, make_enrollment, make_role, make_team


@pytest.fixture
def county(session):
    user = make_role(session, Role.COORDINATOR)
    session.commit()
    return user


@pytest.fixture
def cohort(session, course):
    cohort = make_cohort(session, course, opened_at=None)
    session.commit()
    return cohort


def test_municipalities_and_teams_are_added_and_empty_teams_removed(
    login, post, session, county, cohort
):
    login(county)
    base = f"/samordna/{cohort.id}"
    place = {"kind": "municipality", "organization_name": "Sorsele", "scb_code": "2422"}
    assert post(f"{base}/organisationer", place).status_code == 303
    again = post(f"{base}/organisationer", place)
    assert again.status_code == 422
    assert "Namnet används redan." in again.text
    assert post(f"{base}/organisationer", place | {"scb_code": "24"}).status_code == 422

    sorsele = session.scalars(select(Organization.id)).one()
    session.rollback()
    team = {"team_name": "Sorseleteamet", "municipality": sorsele}
    assert post(f"{base}/team", team).status_code == 303
    assert "Namnet används redan." in post(f"{base}/team", team).text
    regional = {"team_name": "Länsteamet", "municipality": "0"}
    assert "Välj kommun" in post(f"{base}/team", regional | {"municipality": ""}).text
    assert post(f"{base}/team", regional).status_code == 303
    teams = {t.name: t for t in session.scalars(select(Team))}
    assert teams["Sorseleteamet"].organization_id == sorsele
    assert teams["Länsteamet"].organization_id is None
    make_enrollment(session, cohort, team=teams["Sorseleteamet"])
    session.commit()

    for name, status in (("Länsteamet", 303), ("Sorseleteamet", 409)):
        assert post(f"{base}/team/{teams[name].id}/ta-bort").status_code == status
    session.rollback()
    session.expire_all()
    assert [t.name for t in session.scalars(select(Team))] == ["Sorseleteamet"]


def test_a_team_that_has_finished_something_stays(login, post, session, course, county, cohort):
    team = make_team(session, cohort)
    record_team_completion(
        session, team_id=team.id, item_id="GU1", course=course, actor_id=None, now=clock.now()
    )
    session.commit()
    login(county)

    assert post(f"/samordna/{cohort.id}/team/{team.id}/ta-bort").status_code == 409


def test_another_cohorts_team_is_not_found(login, post, session, course, county, cohort):
    other = make_team(session, make_cohort(session, course))
    session.commit()
    login(county)
    assert post(f"/samordna/{cohort.id}/team/{other.id}/ta-bort").status_code == 404
