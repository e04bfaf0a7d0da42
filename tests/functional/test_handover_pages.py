"""The pages of a change in a team: the note, the one step, catching up."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from courses.models import Enrollment, Handover, HandoverNote, Invitation, Team
from courses.vocabulary import EnrollmentState, Role, Sector
from tests.factories import make_cohort, make_enrollment, make_role, make_team, make_user, user_of

JOINED = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def team(session, course):
    cohort = make_cohort(session, course)
    team = make_team(session, cohort, name="Norr")
    for name in ("Anna Norr", "Cia Norr"):
        make_enrollment(session, cohort, team=team, user=make_user(session, name=name))
    session.commit()
    return team


def place(session, name) -> Enrollment:
    return next(
        one for one in session.scalars(select(Enrollment)) if user_of(session, one).name == name
    )


@pytest.fixture
def anna(session, team):
    return place(session, "Anna Norr")


@pytest.fixture
def as_coordinator(session, team, login):
    who = make_role(session, Role.COORDINATOR)
    session.commit()
    login(who)


def test_a_member_writes_a_note_that_nobody_else_reads(client, login, post, session, team, anna):
    login(user_of(session, anna))
    url = f"/team/{team.id}/overlamningsblad"
    assert post(url, {"text": "Receptionen har nyckeln.", "v": 0}).status_code == 303
    assert "Receptionen har nyckeln." in client.get(url).text
    login(user_of(session, place(session, "Cia Norr")))
    assert "Receptionen" not in client.get(url).text
    assert "Receptionen" not in client.get("/ikapp").text


def test_a_personal_number_in_a_note_is_told_at_the_field(login, post, session, anna, team):
    login(user_of(session, anna))
    answer = post(f"/team/{team.id}/overlamningsblad", {"text": "Ring 850709-9805", "v": 0})
    assert answer.status_code == 422
    assert "Det ser ut som ett personnummer." in answer.text
    assert "Ring 850709-9805" in answer.text
    assert session.scalars(select(HandoverNote)).all() == []


def test_two_windows_keep_both_texts_of_a_note(login, post, session, team, anna):
    login(user_of(session, anna))
    url = f"/team/{team.id}/overlamningsblad"
    post(url, {"text": "Ett", "v": 0})
    answer = post(url, {"text": "Två", "v": 0})
    assert answer.status_code == 409
    assert "Ett" in answer.text
    assert "Två" in answer.text


def replacing(**fields):
    return {"who": "new", "name": "Nils Ny", "email": "nils@example.org",
            "sector": Sector.SCHOOL.value, "message": "", "version": 1} | fields


def test_a_new_person_takes_over_and_is_invited(
    as_coordinator, client, post, session, team, anna
):
    url = f"/samordna/deltagare/{anna.id}/overlamning"
    team.holder_id = anna.id
    session.commit()
    assert post(url, replacing()).status_code == 303
    session.expire_all()
    nils = place(session, "Nils Ny")
    assert session.get_one(Team, team.id).holder_id == nils.id
    assert nils.home_team_id == team.id
    assert session.get_one(Enrollment, anna.id).state is EnrollmentState.ENDED
    assert session.scalars(select(Invitation.user_id)).all() == [nils.user_id]
    page = client.get(f"/samordna/team/{team.id}").text
    assert -1 < page.find("Bytet är gjort.") < page.find("Inbjudan skickas till Nils Ny")


@pytest.mark.parametrize(
    "fields,error",
    [
        ({"who": ""}, "Välj vem som tar över"),
        ({"name": ""}, "Skriv namnet"),
        ({"email": "nils"}, "Skriv en hel e-postadress"),
        ({"who": "present", "present": ""}, "Välj personen"),
        ({"message": "Fråga 850709-9805"}, "Det ser ut som ett personnummer."),
    ],
)
def test_what_is_wrong_is_told_at_the_field_and_nothing_happens(
    as_coordinator, post, session, anna, fields, error
):
    answer = post(f"/samordna/deltagare/{anna.id}/overlamning", replacing(**fields))
    assert answer.status_code == 422
    assert error in answer.text
    assert session.scalars(select(Handover)).all() == []


def test_somebody_who_is_in_the_cohort_already_is_told_of_at_the_address(
    as_coordinator, post, session, anna
):
    cia = user_of(session, place(session, "Cia Norr"))
    url = f"/samordna/deltagare/{anna.id}/overlamning"
    answer = post(url, replacing(email=cia.email))
    assert answer.status_code == 422
    assert "Personen är redan med i utbildningsomgången." in answer.text


def test_the_successor_reads_the_note_and_what_to_catch_up_on(
    client, login, post, session, team, anna
):
    login(user_of(session, anna))
    post(f"/team/{team.id}/overlamningsblad", {"text": "Receptionen har nyckeln.", "v": 0})
    cia = place(session, "Cia Norr")
    login(make_role_of(session))
    answer = post(
        f"/samordna/deltagare/{anna.id}/overlamning",
        {"who": "present", "present": cia.id, "message": "Ring mig.", "version": 1},
    )
    assert answer.status_code == 303
    session.get_one(Enrollment, cia.id).created_at = JOINED  # in the tenth week
    session.commit()
    login(user_of(session, cia))
    page = client.get("/ikapp").text
    assert "Du tar över efter Anna Norr i Norr." in page
    assert "Receptionen har nyckeln." in page
    assert "Ring mig." in page
    assert "Läs modul 1 till 3 i egen takt." in page
    assert "Kom ikapp" in client.get("/hem").text


def make_role_of(session):
    who = make_role(session, Role.COORDINATOR)
    session.commit()
    return who


def test_whoever_was_there_from_the_start_is_not_told_to_catch_up(client, login, session, anna):
    login(user_of(session, anna))
    assert "Kom ikapp" not in client.get("/hem").text
    assert "inget att läsa ikapp" in client.get("/ikapp").text


def test_a_second_click_hands_over_once(as_coordinator, client, post, session, anna):
    url = f"/samordna/deltagare/{anna.id}/overlamning"
    fields = replacing(who="nobody", name="", email="")
    assert post(url, fields).status_code == 303
    assert post(url, fields).status_code == 409
    session.rollback()
    assert len(session.scalars(select(Handover)).all()) == 1
