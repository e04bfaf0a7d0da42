"""*Säkerhet*: everything that protects an account can be seen and changed by its owner."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app import clock
from app.login import passwords
from courses.models import (
    AuthenticatorApp,
    LoginFailure,
    LoginSession,
    OutboxMail,
    Passkey,
    RecoveryCode,
    RememberedDevice,
)
from courses.rules.second_factor import SETTING
from courses.services.owner_settings import change_setting
from courses.vocabulary import Role
from tests.cast import make_login, make_passkey
from tests.factories import make_role, make_user
from tests.functional.security.conftest import PASSWORD, hidden

PAGE = "/konto/sakerhet"
NEW = "fyra helt andra ord här"


@pytest.fixture
def inside(login, anna):
    login(anna.user)
    return anna


def mails(session):
    return [m.params["what"] for m in session.scalars(
        select(OutboxMail).where(OutboxMail.template == "security_change"))]


def later(minutes=16):
    return time_machine.travel(clock.now() + timedelta(minutes=minutes))


def test_the_page_says_where_one_is_logged_in(client, session, inside):
    make_login(session, inside.user)
    session.commit()

    page = client.get(PAGE)

    assert "Senast i dag kl." in page.text
    assert "Chrome på Windows" in page.text
    assert page.text.count("Den här<") == 1


def test_one_login_can_be_ended(client, session, inside, post):
    other = make_login(session, inside.user)
    session.commit()

    post(f"{PAGE}/inloggningar/{other.id}/avsluta")

    session.expire_all()
    assert session.get_one(LoginSession, other.id).ended_at is not None
    assert client.get(PAGE).status_code == 200


def test_logging_out_everywhere_ends_every_login(client, session, inside, post):
    for _ in range(3):
        make_login(session, inside.user)
    make_login(session, make_user(session))
    session.add(RememberedDevice(
        user_id=inside.user.id, token_hash="x", created_at=clock.now(), expires_at=clock.now()))
    session.commit()

    answer = post(f"{PAGE}/logga-ut-overallt")

    assert answer.location == "/logga-in"
    assert client.get(PAGE).status_code == 303
    assert session.scalar(select(func.count(LoginSession.id)).where(
        LoginSession.ended_at.is_(None))) == 1
    assert session.scalars(select(RememberedDevice)).all() == []


def test_the_password_is_changed_with_the_present_one(app, client, session, inside, post):
    make_login(session, inside.user)
    session.commit()
    before = client.get_cookie("stegvis-login").value

    answer = post(f"{PAGE}/losenord", {"present_password": PASSWORD, "new_password": NEW})

    assert answer.status_code == 303
    session.expire_all()
    assert passwords.verify(inside.user.password_hash, NEW)
    assert client.get_cookie("stegvis-login").value != before
    assert client.get(PAGE).status_code == 200
    assert session.scalar(select(func.count(LoginSession.id)).where(
        LoginSession.ended_at.is_(None))) == 1
    assert mails(session) == ["password"]


@pytest.mark.parametrize("fields, message", [
    ({"present_password": "fel lösenord", "new_password": NEW}, "Fel lösenord."),
    ({"present_password": PASSWORD, "new_password": "kort"}, "Lösenordet behöver minst 12 tecken"),
    ({"new_password": NEW}, "Skriv ditt lösenord nu"),
])
def test_a_password_that_is_not_changed_stays(session, inside, post, fields, message):
    answer = post(f"{PAGE}/losenord", fields)

    assert answer.status_code == 422
    assert message in answer.text
    session.expire_all()
    assert passwords.verify(inside.user.password_hash, PASSWORD)


def test_who_is_protected_cannot_choose_their_own_name_either(session, inside, post):
    inside.user.own_name, inside.user.alias = "Annabella Testsson", "Deltagare 1"
    session.commit()

    answer = post(f"{PAGE}/losenord", {
        "present_password": PASSWORD, "new_password": "annabella testsson"})

    assert answer.status_code == 422


def test_guessing_the_present_password_is_counted(session, inside, post):
    for _ in range(10):
        post(f"{PAGE}/losenord", {"present_password": "fel", "new_password": NEW})

    right = {"present_password": PASSWORD, "new_password": NEW}
    stopped = post(f"{PAGE}/losenord", right)
    assert stopped.status_code == 429
    assert int(stopped.headers["Retry-After"]) > 3000
    assert session.scalar(select(func.count(LoginFailure.id))) == 10


def test_an_app_is_added_and_codes_are_shown_once(client, session, inside, post):
    page = client.get(f"{PAGE}/app")
    inside.secret = page.text.split('class="code">')[1].split("<")[0].replace(" ", "")

    answer = post(f"{PAGE}/app", {"setup": hidden(page)["setup"], "code": inside.code()})

    assert answer.text.count('<li class="code">') == 10
    stored = session.scalars(select(AuthenticatorApp)).one()
    assert inside.secret.encode() not in stored.secret
    assert session.scalar(select(func.count(RecoveryCode.id))) == 10
    for code in session.scalars(select(RecoveryCode)):
        assert code.code_hash.startswith("$argon2id$")
    assert '<li class="code">' not in client.get(PAGE).text
    assert set(mails(session)) == {"app_added", "codes_renewed"}


def test_a_secret_that_was_offered_to_another_is_not_taken(app, client, session, inside, post,
                                                          login):
    setup = hidden(client.get(f"{PAGE}/app"))["setup"]
    other = login(make_user(session), on=app.test_client())

    assert post(f"{PAGE}/app", {"setup": setup, "code": "000000"}, on=other).status_code == 422


def test_after_a_quarter_the_password_is_asked_for_again(client, session, armed, login, post):
    login(armed.user)
    with later():
        assert "Skriv ditt lösenord igen" in client.get(f"{PAGE}/app").text
        asked = post(f"{PAGE}/app/ta-bort", {"kept": "what was sent"})
        assert "Skriv ditt lösenord igen" in asked.text
        assert hidden(asked)["kept"] == "what was sent"
        assert session.scalars(select(AuthenticatorApp)).all()
        session.commit()
        wrong = post(f"{PAGE}/app/ta-bort", hidden(asked) | {"proof_password": "fel"})
        assert wrong.status_code == 422
        before = client.get_cookie("stegvis-login").value

        done = post(f"{PAGE}/app/ta-bort", hidden(asked) | {"proof_password": PASSWORD})

        assert done.status_code == 303
        assert client.get_cookie("stegvis-login").value != before
        session.expire_all()
        assert session.scalars(select(AuthenticatorApp)).all() == []
        assert session.scalars(select(RecoveryCode)).all() == []
        assert client.get(f"{PAGE}/app").status_code == 200


def test_the_proof_for_a_page_leads_on_to_it(client, inside, post):
    with later():
        asked = client.get(f"{PAGE}/app")

        answer = post(f"{PAGE}/bekrafta", hidden(asked) | {"proof_password": PASSWORD})

        assert answer.location == f"{PAGE}/app"
        assert "QR-kod" in client.get(f"{PAGE}/app").text


def test_the_last_second_step_stays_where_it_is_required(session, armed, login, post):
    make_role(session, Role.EDITOR, user=armed.user)
    change_setting(session, SETTING, ["editor"], by=None, now=clock.now())
    session.commit()
    login(armed.user)

    assert post(f"{PAGE}/app/ta-bort").status_code == 409
    key = make_passkey(session, armed.user)
    session.commit()
    assert post(f"{PAGE}/app/ta-bort").status_code == 303
    assert post(f"{PAGE}/passnycklar/{key.id}/ta-bort").status_code == 409


def test_a_passkey_is_named_and_taken_away(client, session, inside, post):
    key = make_passkey(session, inside.user)
    session.commit()

    assert post(f"{PAGE}/passnycklar/{key.id}/namn", {"name": " "}).status_code == 422
    post(f"{PAGE}/passnycklar/{key.id}/namn", {"name": "Min telefon"})
    assert "Passnyckel: Min telefon" in client.get(PAGE).text
    post(f"{PAGE}/passnycklar/{key.id}/ta-bort")

    session.expire_all()
    assert session.scalars(select(Passkey)).all() == []
    assert mails(session) == ["passkey_removed"]


def test_a_device_is_ones_own_by_saying_so(client, inside, post):
    assert "Ja, det här är min egen enhet" in client.get(PAGE).text
    post(f"{PAGE}/egen-enhet", {"own": "y"})
    assert "Nej, andra använder den också" in client.get(PAGE).text
    post(f"{PAGE}/egen-enhet", {"own": "n"})
    assert "Ja, det här är min egen enhet" in client.get(PAGE).text


def test_logging_out_keeps_the_own_device_unless_one_says_otherwise(client, inside, post, login):
    post(f"{PAGE}/egen-enhet", {"own": "y"})
    post("/logga-ut")
    login(inside.user)
    assert "Nej, andra använder den också" in client.get(PAGE).text
    post("/logga-ut", {"forget_device": "y"})
    login(inside.user)
    assert "Ja, det här är min egen enhet" in client.get(PAGE).text


def test_no_mail_says_a_secret(session, armed):
    mails = session.scalars(select(OutboxMail)).all()
    assert mails
    assert all(mail.params.keys() == {"what", "at"} for mail in mails)


def test_the_owner_requires_a_second_step_by_role(client, session, login, post):
    login(make_role(session, Role.ADMINISTRATOR))

    answer = post("/admin/tvastegsinloggning", {"roles": ["administrator", "participant"]})

    assert answer.location == "/admin/tvastegsinloggning"
    assert client.get(answer.location).text.count("checked") == 2
    assert post("/admin/tvastegsinloggning", {"roles": ["made-up"]}).status_code == 400


def test_no_password_is_shown_when_the_login_has_run_out(client, inside, post):
    client.delete_cookie("stegvis-login")

    page = post(f"{PAGE}/losenord", {"present_password": PASSWORD, "new_password": NEW})

    assert page.status_code == 400
    assert NEW not in page.text
    assert PASSWORD not in page.text
