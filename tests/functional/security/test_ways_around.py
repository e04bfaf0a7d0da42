"""Ways around the second step, and around the password that protects it, that lead nowhere."""

from datetime import timedelta

import pyotp
import pytest
import time_machine
from sqlalchemy import func, select

from app import clock
from app.mail.writing import write
from courses.models import (
    AuthenticatorApp,
    CalendarAddress,
    OutboxMail,
    Passkey,
    RecoveryCode,
    RememberedDevice,
)
from courses.rules.second_factor import SETTING
from courses.services.account_links import make_link
from courses.services.calendar_addresses import renew_calendar_address
from courses.services.invitations import invite
from courses.services.owner_settings import change_setting
from courses.vocabulary import LinkPurpose, Role
from tests.cast import make_passkey
from tests.factories import make_role
from tests.functional.security.conftest import PASSWORD, hidden

APP, PASSKEY = "/konto/sakerhet/app", "/konto/sakerhet/passnyckel"
STEP = "/logga-in/steg-tva"


def count(session, model):
    session.rollback()
    return session.scalar(select(func.count(model.id)))


def later(minutes=16):
    return time_machine.travel(clock.now() + timedelta(minutes=minutes))


@pytest.mark.parametrize("path, fields", [
    (APP, {"code": "000000"}), (APP, {"code": "000000", "setup": "made-up"}), (APP, {}),
    (PASSKEY, {}), (PASSKEY, {"name": "Min"}), (PASSKEY, {"name": "Min", "challenge": "made-up"}),
])
def test_a_refused_form_offers_nothing_new_without_the_password(
    anna, login, post, path, fields
):
    """Who finds a login left open must not get by mistyping what asking nicely does not give."""
    login(anna.user)
    with later():
        page = post(path, fields)

    assert "Skriv ditt lösenord igen" in page.text
    assert "setup" not in hidden(page) or hidden(page)["setup"] == fields.get("setup")
    assert "data-options" not in page.text


def test_what_was_offered_after_the_password_can_be_finished_late(client, anna, login, post):
    login(anna.user)
    page = client.get(APP)
    secret = page.text.split('class="code">')[1].split("<")[0].replace(" ", "")
    with later():
        wrong = post(APP, hidden(page) | {"code": "000000"})
        right = hidden(page) | {"code": pyotp.TOTP(secret).at(clock.now().timestamp())}

        assert (wrong.status_code, hidden(wrong)["setup"]) == (422, hidden(page)["setup"])
        assert "Dina återställningskoder" in post(APP, right).text


def test_who_waits_to_get_a_step_cannot_replace_the_one_got_meanwhile(
    client, session, anna, log_in, post
):
    """Somebody else knows the password, and has begun before Anna got her step."""
    make_role(session, Role.EDITOR, user=anna.user)
    change_setting(session, SETTING, ["editor"], by=None, now=clock.now())
    session.commit()
    log_in(anna)
    page = client.get(STEP)
    secret = page.text.split('class="code">')[1].split("<")[0].replace(" ", "")
    make_passkey(session, anna.user)
    session.commit()

    code = pyotp.TOTP(secret).at(clock.now().timestamp())
    post(f"{STEP}/app", hidden(page) | {"code": code})

    assert count(session, AuthenticatorApp) == 0
    assert client.get("/konto/sakerhet").status_code == 303
    assert "Slå på tvåstegsinloggning" not in client.get(STEP).text


def test_an_address_taken_back_takes_away_what_the_other_one_added(session, anna, post):
    """Whoever moved the account away may have left a key to it behind."""
    now = clock.now()
    make_passkey(session, anna.user, created_at=now - timedelta(days=3))
    keep = make_link(
        session, anna.user, LinkPurpose.OLD_ADDRESS, now=now - timedelta(hours=2),
        email="anna@example.org",
    )
    make_passkey(session, anna.user, created_at=now - timedelta(hours=1))
    session.add_all([
        AuthenticatorApp(user_id=anna.user.id, secret=b"", last_step=0, created_at=now),
        RecoveryCode(user_id=anna.user.id, selector="ABCD", code_hash="", created_at=now),
    ])
    renew_calendar_address(session, anna.user.id, now=now)
    session.commit()

    assert post(f"/behall-adress/{keep}").status_code == 200

    assert session.scalar(select(Passkey.created_at)) == now - timedelta(days=3)
    assert [count(session, m) for m in (Passkey, AuthenticatorApp, RecoveryCode)] == [1, 0, 0]
    assert session.scalar(select(func.count(CalendarAddress.user_id))) == 0


def test_a_new_password_by_invitation_leaves_no_older_way_in(session, anna, post):
    now = clock.now()
    login_link = make_link(session, anna.user, LinkPurpose.LOGIN, now=now)
    session.add(RememberedDevice(
        user_id=anna.user.id, token_hash="x" * 64, created_at=now,
        expires_at=now + timedelta(days=30),
    ))
    token = invite(session, anna.user, None, now, renews_account=True)
    session.commit()

    answer = post(f"/inbjudan/{token}", {
        "name": "Anna Prov", "language": "sv", "password": f"{PASSWORD} och lite till"})

    assert answer.status_code == 303
    assert count(session, RememberedDevice) == 0
    assert post(f"/inloggningslank/{login_link}").status_code == 409


def test_nobody_keeps_an_owner_from_a_new_password_by_guessing_the_old_one(
    app, anna, login, post, log_in
):
    login(anna.user)
    stranger = app.test_client()
    answers = [log_in(anna, password="fel", on=stranger).status_code for _ in range(11)]
    assert answers[-1] == 429

    answer = post("/konto/sakerhet/losenord", {
        "present_password": PASSWORD, "new_password": f"{PASSWORD} och lite till"})

    assert answer.status_code == 303


def test_an_owner_hears_once_a_day_that_somebody_who_knows_the_password_guesses_codes(
    app, session, armed, log_in, post
):
    log_in(armed)
    answers = [post(STEP, {"code": "000000"}).status_code for _ in range(12)]

    assert answers == [422] * 10 + [429] * 2
    told = session.scalars(select(OutboxMail)).all()
    assert [one.params["what"] for one in told if "what" in one.params][-1] == "codes_guessed"
    assert len([one for one in told if one.params.get("what") == "codes_guessed"]) == 1
    with app.app_context():
        text = write(app, told[-1], "Anna").get_content()
    assert "känner ditt lösenord" in text.replace("\n", " ")
