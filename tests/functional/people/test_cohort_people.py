import re

import pytest
from sqlalchemy import select

from courses.models import (
    Enrollment,
    Invitation,
    ModuleProgress,
    OutboxMail,
    RoleAssignment,
    Team,
    TeamMember,
    User,
)
from courses.queries.identity import identity_of
from courses.vocabulary import EnrollmentState, Role, Sector
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_role,
    make_team,
    make_user,
)


def look(session):
    """What is read next is what has been committed."""
    session.rollback()
    session.expire_all()


def ida(place, **fields):
    return {
        "name": "Ida Nord", "email": "Ida@Example.org ", "organization": place["sorsele"].id,
        "sector": "school", "home_team": place["team"].id,
        "further_team": place["regional"].id,
    } | fields


def test_a_participant_is_added_with_home_team_and_counted_rows(
    login, post, session, course, place
):
    login(place["county"])
    assert post(f"{place['path']}/deltagare", ida(place)).status_code == 303

    user = session.scalars(select(User).where(User.email == "ida@example.org")).one()
    enrollment = session.scalars(select(Enrollment).where(Enrollment.user_id == user.id)).one()
    assert (enrollment.sector, enrollment.home_team_id) == (Sector.SCHOOL, place["team"].id)
    teams = session.scalars(
        select(TeamMember.team_id).where(TeamMember.enrollment_id == enrollment.id)
    )
    assert set(teams) == {place["team"].id, place["regional"].id}
    rows = session.scalars(
        select(ModuleProgress).where(ModuleProgress.enrollment_id == enrollment.id)
    ).all()
    assert len(rows) == len(course.modules)


def test_who_has_an_account_keeps_it(login, post, session, place):
    known = make_user(session, email="ida@example.org", name="Ida som hon heter")
    session.commit()
    login(place["county"])
    assert post(f"{place['path']}/deltagare", ida(place)).status_code == 303
    look(session)
    assert session.scalars(select(Enrollment)).one().user_id == known.id
    assert session.get_one(User, known.id).name == "Ida som hon heter"


def test_nobody_is_added_twice_and_what_was_typed_is_kept(login, post, session, place):
    login(place["county"])
    post(f"{place['path']}/deltagare", ida(place))
    page = post(f"{place['path']}/deltagare", ida(place))
    assert page.status_code == 422
    assert "redan med i utbildningsomgången" in page.text
    assert 'value="Ida Nord"' in page.text
    assert len(session.scalars(select(Enrollment)).all()) == 1


def test_a_second_click_adds_nobody_twice(login, post, session, place):
    login(place["county"])
    answers = {post(f"{place['path']}/deltagare", ida(place) | {"idem": "same"}).location
               for _ in range(2)}
    assert answers == {place["path"]}
    assert len(session.scalars(select(Enrollment)).all()) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "ida"), ("name", ""), ("organization", ""), ("organization", "999999"),
     ("sector", "trolleri"), ("home_team", "999999"), ("home_team", "x")],
)
def test_what_is_wrong_is_said_at_the_field(login, post, session, place, field, value):
    login(place["county"])
    page = post(f"{place['path']}/deltagare", ida(place, **{field: value}))
    assert page.status_code == 422
    assert f'href="#{field}"' in page.text
    assert session.scalars(select(Enrollment)).all() == []


def test_another_cohorts_team_cannot_be_chosen(login, post, session, course, place):
    other = make_team(session, make_cohort(session, course))
    session.commit()
    login(place["county"])
    assert post(
        f"{place['path']}/deltagare", ida(place, home_team=other.id)
    ).status_code == 422


def test_trainers_and_coordinators_are_added_once_and_ended(login, post, session, place):
    login(place["county"])
    trainer = {"name": "Tora", "email": "tora@example.org"}
    municipal = {"name": "Kim", "email": "kim@example.org", "organization": place["sorsele"].id}
    for _ in range(2):
        assert post(f"{place['path']}/utbildare", trainer).status_code == 303
        assert post(f"{place['path']}/samordnare", municipal).status_code == 303
    assert post(
        f"{place['path']}/samordnare", municipal | {"organization": ""}
    ).status_code == 422

    cohort = place["cohort"]
    tora = session.scalars(select(User).where(User.email == "tora@example.org")).one()
    kim = session.scalars(select(User).where(User.email == "kim@example.org")).one()
    assert identity_of(session, tora).trains == {cohort.id}
    assert identity_of(session, kim).organizations_in(cohort.id) == {place["sorsele"].id}
    assert not identity_of(session, kim).is_county_coordinator_of(cohort.id)
    roles = session.scalars(
        select(RoleAssignment).where(RoleAssignment.cohort_id == cohort.id)
    ).all()
    assert len(roles) == 2
    session.get_one(Team, place["team"].id).first_reader_id = tora.id
    session.commit()

    role = next(r for r in roles if r.role is Role.TRAINER)
    assert post(f"{place['path']}/uppdrag/{role.id}/avsluta").status_code == 303
    look(session)
    assert identity_of(session, tora).trains == frozenset()
    assert session.get_one(Team, place["team"].id).first_reader_id is None


def test_another_cohorts_role_is_not_found(login, post, session, course, place):
    other = make_cohort(session, course)
    make_role(session, Role.TRAINER, cohort=other)
    session.commit()
    role = session.scalars(
        select(RoleAssignment).where(RoleAssignment.cohort_id == other.id)
    ).one()
    session.rollback()
    login(place["county"])
    for action in ("avsluta", "bjud-in"):
        assert post(f"{place['path']}/uppdrag/{role.id}/{action}").status_code == 404


def test_the_link_is_shown_once_and_mailed(login, client, post, session, place):
    login(place["county"])
    post(f"{place['path']}/deltagare", ida(place))
    enrollment_id = session.scalars(select(Enrollment.id)).one()
    session.rollback()
    answer = post(f"/samordna/deltagare/{enrollment_id}/inbjudan")
    page = client.get(answer.location)
    assert answer.status_code == 303
    link = re.search(r"http://localhost(/inbjudan/[\w-]+)", page.text).group(1)
    assert client.get(link).status_code == 200
    assert "/inbjudan/" not in client.get(answer.location).text.replace(
        f"/samordna/deltagare/{enrollment_id}/inbjudan", ""
    )
    assert len(session.scalars(select(OutboxMail)).all()) == 1
    assert "Inbjuden" in client.get(place["path"]).text


@pytest.mark.parametrize("role,is_shown", [
    (Role.TRAINER, True), (Role.ADMINISTRATOR, False),
])
def test_a_link_to_more_than_one_could_give_is_mailed_and_not_shown(
    login, client, post, session, place, role, is_shown
):
    person = make_user(session, name="Ida", activated_at=None)
    enrollment = make_enrollment(session, place["cohort"], user=person)
    cohort = place["cohort"] if role is Role.TRAINER else None
    make_role(session, role, user=person, cohort=cohort)
    login(place["county"])

    answer = post(f"/samordna/deltagare/{enrollment.id}/inbjudan")

    assert ("http://localhost/inbjudan/" in client.get(answer.location).text) == is_shown
    assert len(session.scalars(select(OutboxMail)).all()) == 1


def test_everybody_without_account_or_link_is_invited_once(login, post, session, place):
    cohort = place["cohort"]
    for name in ("Ida", "Omar"):
        make_enrollment(session, cohort, user=make_user(session, name=name, activated_at=None))
    make_enrollment(session, cohort)  # has an account
    make_enrollment(
        session, cohort, user=make_user(session, activated_at=None),
        state=EnrollmentState.ENDED,
    )
    make_role(
        session, Role.TRAINER, cohort=cohort, user=make_user(session, activated_at=None)
    )
    session.commit()
    login(place["county"])
    for _ in range(2):
        assert post(f"{place['path']}/bjud-in").status_code == 303
        assert len(session.scalars(select(Invitation)).all()) == 3
        session.rollback()


def test_a_municipal_coordinator_invites_only_whom_the_municipality_employs(
    login, post, session, place
):
    own = make_enrollment(
        session, place["cohort"], team=place["team"], user=make_user(session, activated_at=None)
    )
    other = make_enrollment(
        session, place["cohort"], user=make_user(session, activated_at=None)
    )
    municipal = make_role(
        session, Role.COORDINATOR, cohort=place["cohort"], organization=place["sorsele"]
    )
    session.commit()
    login(municipal)
    assert post(f"/samordna/deltagare/{own.id}/inbjudan").status_code == 303
    assert post(f"/samordna/deltagare/{other.id}/inbjudan").status_code == 404
    assert post(f"/samordna/deltagare/{own.id}/andra").status_code == 403
    assert len(session.scalars(select(Invitation)).all()) == 1
