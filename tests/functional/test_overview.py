import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app import clock
from courses.identity import Identity
from courses.models import (
    AccessEvent,
    CohortDeadline,
    Submission,
    User,
)
from courses.queries.identity import identity_of
from courses.queries.overview import cohort_overview
from courses.services.progress import derive, record_completion
from courses.vocabulary import CompletionKind, OrganizationKind, Role, Sector, SubmissionState
from tests.factories import (
    LONG_AGO,
    join_team,
    make_cohort,
    make_enrollment,
    make_organization,
    make_role,
    make_team,
    make_user,
)

PAST = date(2026, 2, 1)
FUTURE = date(2099, 3, 9)


def words(page):
    """The text of a page as it is read, without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.get_data(as_text=True)))


@pytest.fixture
def place(session, course):
    """Two municipalities with a team each, a police officer in the first, a regional team."""
    cohort = make_cohort(
        session, course, opens={"M1": PAST, "M2": FUTURE}, due={"U1": PAST, "GU1": PAST}
    )
    sorsele = make_organization(session, name="Sorsele")
    asele = make_organization(session, name="Åsele")
    police = make_organization(session, name="Polisen", kind=OrganizationKind.POLICE)
    team = make_team(session, cohort, name="Sorseleteamet", organization_id=sorsele.id)
    other = make_team(session, cohort, name="Åseleteamet", organization_id=asele.id)
    regional = make_team(session, cohort, name="Länsteamet", organization_id=None)
    people = {
        name: make_enrollment(
            session, cohort, team=where, organization_id=employer.id,
            user=make_user(session, name=name), sector=sector,
        )
        for name, where, employer, sector in (
            ("Ida", team, sorsele, Sector.SCHOOL),
            ("Omar", team, sorsele, Sector.CULTURE),
            ("Pia Polis", team, police, Sector.POLICE),
            ("Åke", other, asele, Sector.SCHOOL),
            ("Reg Ina", regional, sorsele, Sector.MANAGEMENT),
        )
    }
    derive(session, list(people.values()), course)
    session.commit()
    return {
        "cohort": cohort, "sorsele": sorsele, "asele": asele, "police": police, "team": team,
        "other": other, "regional": regional, "people": people,
    }


@pytest.fixture
def county(session, place):
    return make_role(session, Role.COORDINATOR)


@pytest.fixture
def municipal(session, place):
    return make_role(
        session, Role.COORDINATOR, cohort=place["cohort"], organization=place["sorsele"]
    )


def read(session, user, place, course):
    return cohort_overview(
        session, identity_of(session, user), place["cohort"], course,
        now=clock.now(), today=clock.today(),
    )


def test_one_cohort_leads_straight_to_its_overview(login, county, place):
    page = login(county).get("/samordna")
    assert page.status_code == 303
    assert page.location == f"/samordna/{place['cohort'].id}"


def test_several_cohorts_make_a_list(login, session, course, county, place):
    later = make_cohort(session, course, name="Nästa omgång")
    page = words(login(county).get("/samordna"))
    assert later.name in page
    assert place["cohort"].name in page


def test_the_matrix_counts_those_of_the_home_teams_municipality(session, course, county, place):
    for item in course.modules[0].items:
        if item in {i for line in place["cohort"].requirement_set for i in line["items"]}:
            record_completion(
                session, enrollment=place["people"]["Ida"], item_id=item, course=course,
                actor_id=None, now=LONG_AGO,
            )
    rows = {row.name: row for row in read(session, county, place, course).rows}

    assert list(rows) == ["Sorsele", "Åsele", None]
    first = rows["Sorsele"].cells[0]
    assert (first.done, first.active, first.late, first.late_teams) == (1, 3, 2, 1)
    assert rows[None].key == "regional"
    assert not rows["Sorsele"].cells[1].is_open


def test_late_is_neither_handed_in_nor_waived_nor_given_a_new_date(session, course, county, place):
    people, cohort = place["people"], place["cohort"]
    for name, state, due in (
        ("Ida", SubmissionState.SUBMITTED, None),
        ("Omar", SubmissionState.RETURNED, FUTURE),
        ("Pia Polis", SubmissionState.RETURNED, None),
    ):
        session.add(
            Submission(
                cohort_id=cohort.id, enrollment_id=people[name].id, assignment_id="U1",
                state=state, due_on=due, submitted_at=LONG_AGO,
            )
        )
    record_completion(
        session, enrollment=people["Åke"], item_id="U1", course=course, actor_id=None,
        now=LONG_AGO, kind=CompletionKind.WAIVED, reason="föräldraledig",
    )
    found = read(session, county, place, course)
    assert {person.name for person in found.late} == {"Pia Polis", "Reg Ina"}
    assert found.in_phase == found.participants - 2
    assert found.waiting == 1


def test_a_new_date_that_has_passed_too_is_shown_nowhere(session, course, county, place):
    """Only work that was sent back has one."""
    session.add(
        Submission(
            cohort_id=place["cohort"].id, enrollment_id=place["people"]["Ida"].id,
            assignment_id="U1", state=SubmissionState.RETURNED, due_on=PAST + timedelta(days=9),
            submitted_at=LONG_AGO,
        )
    )
    late = {one.name: one.since for one in read(session, county, place, course).late}

    assert late["Ida"] == late["Omar"] == PAST


def test_a_new_date_before_the_one_that_all_have_makes_nobody_late(session, course, county, place):
    deadline = session.scalars(
        select(CohortDeadline).where(
            CohortDeadline.cohort_id == place["cohort"].id, CohortDeadline.item_id == "U1"
        )
    ).one()
    deadline.due_on = FUTURE
    session.add(
        Submission(
            cohort_id=place["cohort"].id, enrollment_id=place["people"]["Ida"].id,
            assignment_id="U1", state=SubmissionState.RETURNED, due_on=PAST,
            submitted_at=LONG_AGO,
        )
    )

    assert read(session, county, place, course).late == ()


def test_a_municipal_coordinator_counts_only_whom_the_municipality_employs(
    session, course, municipal, place
):
    found = read(session, municipal, place, course)
    assert [row.name for row in found.rows] == ["Sorsele"]
    assert found.rows[0].active == 3  # with the one in the regional team, without the police
    assert [person.name for person in found.people] == ["Ida", "Omar", "Reg Ina"]
    assert {person.name for person in found.late} == {"Ida", "Omar", "Reg Ina"}
    assert found.others == ("Åsele",)
    assert found.cohort_size is None  # five, of whom two would be left over
    assert found.waiting == 0


def test_the_page_says_in_words_what_the_cells_show(login, county, place):
    page = login(county).get(f"/samordna/{place['cohort'].id}")
    text = words(page)
    assert page.status_code == 200
    assert "5 deltagare i 2 kommuner." in text
    assert "Sorsele, modul 1: 0 av 3 klara" in text
    assert "3 försenade" in text
    assert "Öppnar 9 mars" in text
    assert "Komplettera" not in text


def test_the_same_as_a_list(login, county, place):
    page = login(county).get(f"/samordna/{place['cohort'].id}?vy=lista")
    text = words(page)
    assert "0 av 3 klara" in text
    assert '<table class="mx"' not in page.text


def test_others_are_named_without_numbers(login, municipal, place):
    page = login(municipal).get(f"/samordna/{place['cohort'].id}").get_data(as_text=True)
    row = re.search(r"<tr><th scope=\"row\">Åsele</th>.*?</tr>", page, re.S).group()
    assert "Deltar i utbildningen." in row
    assert not re.search(r"\d", re.sub(r"<[^>]+>", "", row))
    assert "Pia Polis" not in page
    assert "Åke" not in page


def test_opening_the_list_is_logged_once(login, session, county, place):
    login(county).get(f"/samordna/{place['cohort'].id}")
    event = session.scalars(select(AccessEvent)).one()
    assert (event.actor_id, event.subject_id) == (county.id, None)
    assert event.what == f"cohort:{place['cohort'].id}"


def test_who_may_open_it(client, login, session, county, municipal, place):
    path = f"/samordna/{place['cohort'].id}"
    assert client.get(path).status_code == 303
    trainer = make_role(session, Role.TRAINER, cohort=place["cohort"])
    participant = session.get_one(User, place["people"]["Ida"].user_id)
    expected = {county: 200, municipal: 200, trainer: 404, participant: 404,
                make_user(session): 404}
    for user, status in expected.items():
        assert login(user).get(path).status_code == status


def test_who_has_no_cohort_to_coordinate_finds_no_page(login, session):
    assert login(make_user(session)).get("/samordna").status_code == 404


def test_an_identity_without_any_role_coordinates_nothing(session, course, place):
    found = cohort_overview(
        session, Identity(user_id=1, name="X"), place["cohort"], course,
        now=clock.now(), today=clock.today(),
    )
    assert found.rows == ()
    assert found.people == ()
    assert found.participants == 0


def test_someone_in_two_teams_is_counted_in_the_home_teams_row(session, course, county, place):
    join_team(session, place["regional"], place["people"]["Ida"])
    rows = {row.key: row for row in read(session, county, place, course).rows}
    assert rows[str(place["sorsele"].id)].active == 3
    assert rows["regional"].active == 1
