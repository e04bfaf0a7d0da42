from sqlalchemy import select

from courses.models import Enrollment, ModuleProgress, OutboxMail, Team, TeamMember, User
from courses.services.progress import record_completion
from courses.vocabulary import EnrollmentState, Role
from tests.factories import LONG_AGO, make_enrollment, make_role, make_user
from tests.functional.people.test_cohort_people import look


def change(place, enrollment, **fields):
    return {
        "organization": place["sorsele"].id, "sector": "care", "home_team": place["team"].id,
        "further_team": "", "state": "active", "version": enrollment.version,
    } | fields


def test_who_moves_keeps_what_is_earned_and_leaves_the_pen(login, post, session, course, place):
    place["team"].holder_id = None
    person = make_enrollment(session, place["cohort"], team=place["team"])
    place["team"].holder_id = person.id
    record_completion(
        session, enrollment=person, item_id="L1.1", course=course, actor_id=None, now=LONG_AGO
    )
    session.commit()
    login(place["county"])
    answer = post(
        f"/samordna/deltagare/{person.id}/andra",
        change(place, person, home_team=place["regional"].id, state="paused"),
    )
    assert answer.status_code == 303
    look(session)
    moved = session.get_one(Enrollment, person.id)
    assert (moved.home_team_id, moved.state) == (place["regional"].id, EnrollmentState.PAUSED)
    assert session.get_one(Team, place["team"].id).holder_id is None
    members = {
        m.team_id: m.left_on
        for m in session.scalars(select(TeamMember).where(TeamMember.enrollment_id == person.id))
    }
    assert members[place["team"].id] is not None
    assert members[place["regional"].id] is None
    progress = session.get_one(ModuleProgress, (person.id, course.modules[0].id))
    assert progress.done == 1

    back = change(place, moved)
    session.rollback()
    assert post(f"/samordna/deltagare/{person.id}/andra", back).status_code == 303
    look(session)
    assert session.get_one(TeamMember, (place["team"].id, person.id)).left_on is None


def test_the_address_of_who_will_hold_more_than_one_could_give_stays(
    login, client, post, session, place
):
    """Whoever moves the address of an invited administrator gets the account."""
    ida = make_user(session, email="ida@example.org", activated_at=None)
    person = make_enrollment(session, place["cohort"], team=place["team"], user=ida)
    make_role(session, Role.ADMINISTRATOR, user=ida)
    session.commit()
    login(place["county"])
    path = f"/samordna/deltagare/{person.id}/andra"

    assert 'name="email"' not in client.get(path).text
    assert post(path, change(place, person, email="mig@example.org")).status_code == 303

    look(session)
    assert session.get_one(User, ida.id).email == "ida@example.org"


def test_the_second_of_two_who_change_a_participant_is_told(login, post, session, place):
    person = make_enrollment(session, place["cohort"], team=place["team"])
    session.commit()
    login(place["county"])
    path = f"/samordna/deltagare/{person.id}/andra"
    assert post(path, change(place, person)).status_code == 303
    page = post(path, change(place, person, sector="safety"))
    assert page.status_code == 409
    assert "Någon annan sparade" in page.text


def test_an_address_is_corrected_until_there_is_an_account(login, client, post, session, place):
    make_user(session, email="taken@example.org")
    person = make_enrollment(
        session, place["cohort"], team=place["team"], user=make_user(session, activated_at=None)
    )
    session.commit()
    login(place["county"])
    path = f"/samordna/deltagare/{person.id}/andra"
    taken = post(path, change(place, person, email="taken@example.org"))
    assert taken.status_code == 422
    assert "Det finns redan en person" in taken.text
    assert post(path, change(place, person, email="Right@example.org")).status_code == 303
    look(session)
    user = session.get_one(User, person.user_id)
    assert user.email == "right@example.org"
    user.activated_at = LONG_AGO
    session.commit()
    assert 'name="email"' not in client.get(path).text


def test_what_was_sent_to_the_wrong_address_no_longer_works(login, app, post, session, place):
    person = make_enrollment(
        session, place["cohort"], team=place["team"], user=make_user(session, activated_at=None)
    )
    session.commit()
    login(place["county"])
    path = f"/samordna/deltagare/{person.id}"
    post(f"{path}/inbjudan")
    look(session)
    token = session.scalars(select(OutboxMail)).one().params["token"]
    assert app.test_client().get(f"/inbjudan/{token}").status_code == 200

    corrected = change(place, person, email="right@example.org")
    assert post(f"{path}/andra", corrected).status_code == 303

    assert app.test_client().get(f"/inbjudan/{token}").status_code == 410
    look(session)
    assert session.scalars(select(OutboxMail)).all() == []
    assert post(f"{place['path']}/bjud-in").status_code == 303
    look(session)
    assert session.scalars(select(OutboxMail.recipient)).all() == ["right@example.org"]
