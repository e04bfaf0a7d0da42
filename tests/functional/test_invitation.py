import threading
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app import clock
from app.login import passwords
from courses.errors import Refused
from courses.models import Enrollment, Invitation, LoginSession, OutboxMail, User
from courses.services.invitations import accept_invitation, invite
from courses.vocabulary import Language, Role, Sector
from tests.conftest import token_from
from tests.factories import make_cohort, make_enrollment, make_organization, make_role, make_user

PASSWORD = "granskog lampa tisdag"


@pytest.fixture
def coordinator(session):
    return make_role(session, Role.COORDINATOR, user=make_user(session, name="Kim Samordnare"))


@pytest.fixture
def invited(session, course, coordinator):
    """A participant who has been invited, and the token of the link."""
    cohort = make_cohort(session, course, name="Omgång ett")
    organization = make_organization(session, name="Prövnäs")
    user = make_user(session, name="Anna Prov", email="anna@example.org", activated_at=None)
    make_enrollment(session, cohort, user=user, organization_id=organization.id)
    token = invite(session, user, coordinator.id, clock.now())
    session.commit()
    return user, token


def answers(**changed):
    return {"name": "Anna Ändrad", "sector": "care", "language": "en",
            "password": PASSWORD} | changed


def state_of(session):
    session.expire_all()
    row = session.scalars(select(Invitation).order_by(Invitation.id)).first()
    return row.used_at, row.revoked_at


def test_link_shows_who_invites_to_what_and_what_is_stored(client, invited):
    page = client.get(f"/inbjudan/{invited[1]}")

    assert page.status_code == 200
    for text in ("Kim Samordnare har bjudit in dig", "Omgång ett, Prövnäs", "anna@example.org",
                 "Det här sparas om dig", 'value="Anna Prov"', "Deltagare"):
        assert text in page.text


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_mail_scanner_that_opens_the_link_changes_nothing(
    client, session, invited, count_statements, method
):
    with count_statements() as statements:
        for _ in range(3):
            assert getattr(client, method)(f"/inbjudan/{invited[1]}").status_code == 200

    assert len(statements) == 3 * 3
    assert all(one.startswith("SELECT") for one in statements)
    assert state_of(session) == (None, None)


def test_accepting_makes_the_account_and_logs_in(client, session, invited, post):
    user, token = invited

    answer = post(f"/inbjudan/{token}", answers(role="administrator", user_id="1"))

    assert (answer.status_code, answer.location) == (303, "/borja")
    session.expire_all()
    anna = session.get(User, user.id)
    place = session.scalars(select(Enrollment).where(Enrollment.user_id == user.id)).one()
    assert (anna.name, anna.language) == ("Anna Ändrad", Language.ENGLISH)
    assert place.sector is Sector.CARE
    assert passwords.verify(anna.password_hash, PASSWORD)
    assert anna.activated_at is not None
    assert client.get("/borja").location != "/"
    assert client.get_cookie("stegvis-login") is not None
    client.delete_cookie("stegvis-login")
    assert post("/logga-in", {"email": "anna@example.org", "password": PASSWORD}).location


def test_who_is_no_participant_is_not_asked_for_a_sector(client, session, coordinator, post):
    trainer = make_role(
        session, Role.TRAINER, user=make_user(session, activated_at=None, email="t@example.org")
    )
    token = invite(session, trainer, coordinator.id, clock.now())
    session.commit()

    assert "Vilket område" not in client.get(f"/inbjudan/{token}").text
    assert post(f"/inbjudan/{token}", answers(sector="")).status_code == 303


def test_only_a_hash_of_the_token_is_stored(session, invited):
    stored = session.scalars(select(Invitation.token_hash)).one()

    assert invited[1] not in stored
    assert len(invited[1]) >= 43  # 256 bits


def test_the_mail_carries_the_link(session, invited):
    mail = session.scalars(select(OutboxMail)).one()

    assert (mail.recipient, mail.params["token"]) == ("anna@example.org", invited[1])


@pytest.mark.parametrize("changed, message", [
    ({"name": "  "}, "Skriv ditt namn"),
    ({"name": "A\r\nBcc: alla@example.org"}, "Skriv namnet på en rad"),
    ({"name": "x" * 201}, "högst 200 tecken"),
    ({"sector": ""}, "Välj det område du arbetar i"),
    ({"sector": "ministry"}, "Välj det område du arbetar i"),
    ({"language": "tlh"}, "Välj ett språk"),
    ({"password": ""}, "Skriv ett lösenord"),
    ({"password": "kort"}, "minst 12 tecken"),
    ({"password": "x" * 1001}, "högst 1000 tecken"),
    ({"password": "password1234"}, "lätt att gissa"),
    ({"password": "anna prov prövnäs"}, "hör till utbildningen eller dig"),
])
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(session, invited, post, changed,
                                                          message):
    answer = post(f"/inbjudan/{invited[1]}", answers(**changed))

    assert answer.status_code == 422
    assert message in answer.text
    assert PASSWORD not in answer.text
    if "name" not in changed:
        assert 'value="Anna Ändrad"' in answer.text
    assert state_of(session) == (None, None)


def test_all_that_is_wrong_is_said_at_once(invited, post):
    answer = post(f"/inbjudan/{invited[1]}", answers(name="", sector="", password="kort"))

    assert "Det finns 3 fel på sidan" in answer.text


def test_a_thousand_characters_are_a_password(session, invited, post):
    long = ("lång fras om gröna elefanter " * 40)[:1000]

    assert post(f"/inbjudan/{invited[1]}", answers(password=long)).status_code == 303


def test_a_used_link_does_not_work_again(app, client, session, invited, post):
    post(f"/inbjudan/{invited[1]}", answers())
    stranger = app.test_client()

    page = stranger.get(f"/inbjudan/{invited[1]}")
    again = post(f"/inbjudan/{invited[1]}", answers(password="en helt annan fras"), on=stranger)

    assert (page.status_code, again.status_code) == (410, 409)
    assert "Länken är redan använd. Logga in eller be om en ny." in page.text
    session.expire_all()
    assert passwords.verify(session.get(User, invited[0].id).password_hash, PASSWORD)
    assert stranger.get_cookie("stegvis-login") is None


def test_a_second_click_is_answered_like_the_first(app, invited, post):
    post(f"/inbjudan/{invited[1]}", answers())
    again = post(f"/inbjudan/{invited[1]}", answers(), on=app.test_client())

    assert (again.status_code, again.location) == (303, "/borja")


def test_a_replay_later_is_refused_even_with_the_password(app, invited, post):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        post(f"/inbjudan/{invited[1]}", answers())
        traveller.shift(timedelta(minutes=3))

        again = post(f"/inbjudan/{invited[1]}", answers(), on=app.test_client())

    assert again.status_code == 409


def test_of_two_at_the_same_time_one_gets_the_account(app, session, invited):
    token = invited[1]
    barrier = threading.Barrier(4)
    statuses = []

    def take(number):
        client = app.test_client()
        fields = answers(password=f"{PASSWORD} {number}") | {"csrf_token": token_from(client)}
        barrier.wait()
        statuses.append(client.post(f"/inbjudan/{token}", data=fields).status_code)

    threads = [threading.Thread(target=take, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [303, 409, 409, 409]
    assert session.scalar(select(func.count(LoginSession.id))) == 1


def test_the_service_itself_lets_one_through(session, invited):
    kwargs = {"name": "A", "language": Language.SWEDISH, "sector": None, "password_hash": "x",
              "now": clock.now()}
    accept_invitation(session, invited[1], **kwargs)

    with pytest.raises(Refused):
        accept_invitation(session, invited[1], **kwargs)


def test_an_expired_link_offers_a_new_one_to_the_same_address(client, session, invited, post):
    token = invited[1]
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        page = client.get(f"/inbjudan/{token}")
        refused = post(f"/inbjudan/{token}", answers())
        for _ in range(3):
            answer = post(f"/inbjudan/{token}/ny-lank", {"email": "annan@example.org"})
        after = client.get(answer.location)
        mail = session.scalars(select(OutboxMail)).one()
        renewed = client.get(f"/inbjudan/{mail.params['token']}")

    assert (page.status_code, refused.status_code) == (410, 409)
    assert "Länken gällde till" in page.text
    assert "Skicka en ny länk" in page.text
    assert answer.status_code == 303
    assert "ersatts av en nyare" in after.text
    assert (mail.recipient, renewed.status_code) == ("anna@example.org", 200)
    assert mail.params["token"] != token
    assert session.scalar(select(func.count(Invitation.id))) == 2


@pytest.mark.parametrize("when", ["fresh", "used"])
def test_no_new_link_is_mailed_for_one_that_has_not_run_out(session, invited, post, when):
    if when == "used":
        post(f"/inbjudan/{invited[1]}", answers())

    post(f"/inbjudan/{invited[1]}/ny-lank")

    assert session.scalar(select(func.count(Invitation.id))) == 1


def test_a_newer_invitation_replaces_the_older(client, session, invited, coordinator, post):
    user, old = invited
    new = invite(session, user, coordinator.id, clock.now())
    session.commit()

    assert "ersatts av en nyare" in client.get(f"/inbjudan/{old}").text
    assert post(f"/inbjudan/{old}", answers()).status_code == 409
    assert session.scalars(select(OutboxMail)).one().params["token"] == new
    assert post(f"/inbjudan/{new}", answers()).status_code == 303


def test_who_has_an_account_is_not_invited_again(session, coordinator):
    with pytest.raises(Refused):
        invite(session, make_user(session), coordinator.id, clock.now())


def test_a_link_for_a_new_password_ends_every_login(client, session, login, post):
    user = make_user(session, password_hash=passwords.hash_password("gammalt"))
    login(user)
    token = invite(session, user, None, clock.now(), renews_account=True)
    session.commit()

    assert "Välj ett nytt lösenord" in client.get(f"/inbjudan/{token}").text
    old = client.get_cookie("stegvis-login").value
    assert post(f"/inbjudan/{token}", answers()).status_code == 303
    client.set_cookie("stegvis-login", old)
    assert client.get("/borja").location == "/"


@pytest.mark.parametrize("token", ["finns-inte", "å", "x" * 3000, "a%00b"])
def test_an_unknown_link_is_not_found(client, post, token):
    assert client.get(f"/inbjudan/{token}").status_code == 404
    assert post(f"/inbjudan/{token}", answers()).status_code == 404
    for path in ("", "/ny-lank"):
        assert client.post(f"/inbjudan/{token}{path}", data=answers()).status_code == 404


def test_a_disabled_person_has_no_link(client, session, invited):
    invited[0].disabled_at = clock.now()
    session.commit()

    assert client.get(f"/inbjudan/{invited[1]}").status_code == 404


def test_without_token_nothing_is_accepted(client, session, invited):
    answer = client.post(f"/inbjudan/{invited[1]}", data=answers())

    assert answer.status_code == 400
    assert 'value="Anna Ändrad"' in answer.text
    assert "Sidan hade legat öppen länge" in answer.text
    assert state_of(session) == (None, None)


def test_the_page_speaks_english(client, invited):
    page = client.get(f"/inbjudan/{invited[1]}?lang=en").text

    assert "Create your account" in page
    assert "This is stored about you" in page
