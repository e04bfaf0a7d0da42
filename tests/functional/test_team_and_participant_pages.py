import re

import pytest
from sqlalchemy import select

from courses.models import AccessEvent, Submission, Team, User
from courses.services.progress import derive
from courses.vocabulary import OrganizationKind, Role, Sector, SubmissionState
from tests.factories import (
    LONG_AGO,
    make_cohort,
    make_enrollment,
    make_organization,
    make_role,
    make_submission,
    make_team,
    make_user,
)


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.get_data(as_text=True)))


def look_again(session):
    """What is read next is what has been committed."""
    session.rollback()
    session.expire_all()


@pytest.fixture
def place(session, course):
    """A municipality's team with one of its own and a police officer, and a regional team."""
    cohort = make_cohort(session, course)
    sorsele = make_organization(session, name="Sorsele")
    police = make_organization(session, name="Polisen", kind=OrganizationKind.POLICE)
    team = make_team(session, cohort, name="Sorseleteamet", organization_id=sorsele.id)
    regional = make_team(session, cohort, name="Länsteamet", organization_id=None)
    ida = make_enrollment(
        session, cohort, team=team, user=make_user(session, name="Ida"), sector=Sector.SCHOOL
    )
    pia = make_enrollment(
        session, cohort, team=team, organization_id=police.id,
        user=make_user(session, name="Pia"), sector=Sector.POLICE,
    )
    derive(session, [ida, pia], course)
    people = {
        "county": make_role(session, Role.COORDINATOR),
        "municipal": make_role(session, Role.COORDINATOR, cohort=cohort, organization=sorsele),
        "police coordinator": make_role(
            session, Role.COORDINATOR, cohort=cohort, organization=police
        ),
        "trainer": make_role(session, Role.TRAINER, cohort=cohort),
        "participant": session.get_one(User, ida.user_id),
        "stranger": make_user(session),
    }
    session.commit()
    return {"cohort": cohort, "team": team, "regional": regional, "ida": ida, "pia": pia,
            "people": people}


def statuses(login, place, path):
    return {name: login(user).get(path).status_code for name, user in place["people"].items()}


NOBODY_ELSE = {"trainer": 404, "participant": 404, "stranger": 404}


def test_who_opens_which_page(login, place):
    team, regional = place["team"].id, place["regional"].id
    ida, pia = place["ida"].id, place["pia"].id
    for path, expected in {
        f"/samordna/team/{team}": {"county": 200, "municipal": 200, "police coordinator": 404},
        f"/samordna/team/{regional}": {
            "county": 200, "municipal": 404, "police coordinator": 404
        },
        f"/samordna/deltagare/{ida}": {
            "county": 200, "municipal": 200, "police coordinator": 404
        },
        f"/samordna/deltagare/{pia}": {
            "county": 200, "municipal": 404, "police coordinator": 200
        },
        "/samordna/team/999999": {"county": 404, "municipal": 404, "police coordinator": 404},
        "/samordna/deltagare/999999": {
            "county": 404, "municipal": 404, "police coordinator": 404
        },
    }.items():
        assert statuses(login, place, path) == expected | NOBODY_ELSE, path


def test_nobody_logged_in_is_asked_to_log_in(client, place):
    for path in (f"/samordna/team/{place['team'].id}", f"/samordna/deltagare/{place['ida'].id}"):
        assert client.get(path).location.startswith("/logga-in")


def test_a_municipal_coordinator_sees_of_the_police_a_name_and_no_progress(login, place):
    page = login(place["people"]["municipal"]).get(f"/samordna/team/{place['team'].id}")
    text = words(page)
    assert "Pia, Polisen" in text
    assert f"/samordna/deltagare/{place['ida'].id}" in page.text
    assert f"/samordna/deltagare/{place['pia'].id}" not in page.text
    assert text.count("Pia") == 1


def test_the_county_coordinator_sees_all_by_name(login, place):
    page = login(place["people"]["county"]).get(f"/samordna/team/{place['team'].id}")
    assert f"/samordna/deltagare/{place['pia'].id}" in page.text


def test_a_joint_work_sent_back_is_going_on(login, session, place):
    session.add(
        Submission(
            cohort_id=place["cohort"].id, team_id=place["team"].id, assignment_id="GU1",
            state=SubmissionState.RETURNED, submitted_at=LONG_AGO,
        )
    )
    session.commit()
    text = words(login(place["people"]["county"]).get(f"/samordna/team/{place['team'].id}"))
    assert "Pågår" in text
    assert "Komplettera" not in text


def test_opening_a_participant_is_logged_and_said(login, session, place):
    county = place["people"]["county"]
    text = words(login(county).get(f"/samordna/deltagare/{place['ida'].id}"))
    assert "kan se att du har öppnat sidan" in text
    event = session.scalars(select(AccessEvent)).one()
    assert (event.actor_id, event.subject_id, event.what) == (
        county.id, place["ida"].user_id, "participant"
    )


def test_a_page_that_is_refused_is_not_logged(login, session, place):
    login(place["people"]["municipal"]).get(f"/samordna/deltagare/{place['pia'].id}")
    assert session.scalars(select(AccessEvent)).all() == []


def test_few_statements(login, place, count_statements):
    browser = login(place["people"]["county"])
    for path in (f"/samordna/team/{place['team'].id}", f"/samordna/deltagare/{place['ida'].id}"):
        browser.get(path)
        with count_statements() as statements:
            browser.get(path)
        assert len(statements) <= 8


def roles(place, **fields):
    return {
        "holder": place["ida"].id, "deputy": place["pia"].id,
        "first_reader": place["people"]["trainer"].id, "version": place["team"].version,
    } | fields


def test_the_county_coordinator_says_who_does_what(login, post, session, place):
    login(place["people"]["county"])
    path = f"/samordna/team/{place['team'].id}"
    assert post(path, roles(place)).status_code == 303
    look_again(session)
    team = session.get_one(Team, place["team"].id)
    assert (team.holder_id, team.deputy_id, team.first_reader_id) == (
        place["ida"].id, place["pia"].id, place["people"]["trainer"].id
    )
    assert post(path, roles(place, version=team.version, holder="")).status_code == 303
    look_again(session)
    assert session.get_one(Team, team.id).holder_id is None


def test_who_may_not_change_the_team(login, post, place):
    path = f"/samordna/team/{place['team'].id}"
    for name, status in {"municipal": 403, "police coordinator": 404, "trainer": 404,
                         "participant": 404, "stranger": 404}.items():
        login(place["people"][name])
        assert post(path, roles(place)).status_code == status


def test_the_second_of_two_who_change_the_team_is_told(login, post, session, place):
    login(place["people"]["county"])
    path = f"/samordna/team/{place['team'].id}"
    post(path, roles(place))
    page = post(path, roles(place, deputy=""))
    assert page.status_code == 409
    assert "Någon annan sparade" in page.text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page.text).group(1)
    assert post(path, roles(place, deputy="", version=version)).status_code == 303


def test_a_stranger_to_the_team_cannot_hold_the_pen(login, post, session, place):
    other = make_enrollment(session, place["cohort"])
    session.commit()
    login(place["people"]["county"])
    page = post(f"/samordna/team/{place['team'].id}", roles(place, holder=other.id))
    assert page.status_code == 422
    assert 'class="errsum"' in page.text


@pytest.mark.parametrize("state,status", [
    (SubmissionState.APPROVED, 200), (SubmissionState.SUBMITTED, 404),
    (SubmissionState.RETURNED, 404),
])
def test_joint_work_can_be_read_once_it_is_approved(
    client, session, course, login, place, state, status
):
    joint = next(a for a in course.assignments if a.is_joint)
    make_submission(session, place["cohort"], place["team"], joint, state)
    login(place["people"]["municipal"])

    answer = client.get(f"/samordna/team/{place['team'].id}/uppgift/{joint.id}")

    assert answer.status_code == status
    assert ("Det här står under" in answer.text) == (status == 200)
