"""The second step of a login, and that half a login is worth nothing."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app import clock
from courses.models import (
    AuthenticatorApp,
    LoginSession,
    OutboxMail,
    RecoveryCode,
    RememberedDevice,
)
from courses.rules.tokens import token_hash
from courses.services.account_links import make_link
from courses.vocabulary import LinkPurpose
from tests.cast import make_cast
from tests.conftest import token_from
from tests.functional.test_matrix import rules

STEP = "/logga-in/steg-tva"


def cookie(client):
    return client.get_cookie("stegvis-login").value


def is_in(client):
    return client.get("/konto/sakerhet").status_code == 200


def test_without_a_second_factor_the_password_is_enough(client, anna, log_in):
    assert log_in(anna).location == "/borja"
    assert is_in(client)


def test_the_password_alone_leads_to_the_second_step(client, armed, log_in):
    answer = log_in(armed, next="/hem")

    assert answer.location == f"{STEP}?next=/hem"
    assert not is_in(client)
    page = client.get(answer.location)
    assert 'autocomplete="one-time-code"' in page.text
    assert 'inputmode="numeric"' in page.text
    assert "checked" not in page.text


def test_the_right_code_leads_in_and_on(client, armed, log_in, post):
    log_in(armed)

    answer = post(STEP, {"code": armed.code(), "next": "/konto"})

    assert (answer.status_code, answer.location) == (303, "/konto")
    assert is_in(client)


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_the_code_before_and_the_code_after_are_taken(client, armed, log_in, post, seconds):
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        log_in(armed)
        post(STEP, {"code": armed.code(seconds)})

        assert is_in(client)


@pytest.mark.parametrize("seconds", [-90, 90])
def test_no_other_code_is_taken(client, armed, log_in, post, seconds):
    log_in(armed)

    answer = post(STEP, {"code": armed.code(seconds)})

    assert answer.status_code == 422
    assert "Koden stämmer inte" in answer.text
    assert not is_in(client)


def test_a_code_is_taken_once(app, armed, log_in, post):
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        code = armed.code()
        log_in(armed)
        assert post(STEP, {"code": code}).status_code == 303

        other = app.test_client()
        log_in(armed, on=other)
        assert post(STEP, {"code": code}, on=other).status_code == 422
        assert not is_in(other)


def test_what_is_no_code_is_said_at_the_field(armed, log_in, post):
    log_in(armed)

    assert "Skriv de sex siffrorna" in post(STEP, {"code": "12 34"}).text
    assert "tolv tecken" in post(STEP, {"recovery": "kort"}).text


def test_wrong_codes_are_counted_with_wrong_passwords(armed, log_in, post):
    for _ in range(5):
        log_in(armed, password="fel")
    log_in(armed)
    for _ in range(5):
        assert post(STEP, {"code": "000000"}).status_code == 422

    answer = post(STEP, {"code": armed.code()})

    assert answer.status_code == 429
    assert "För många försök" in answer.text
    assert int(answer.headers["Retry-After"]) > 3000


def test_a_recovery_code_leads_in_once(app, client, session, armed, log_in, post):
    log_in(armed)
    typed = armed.codes[0].lower().replace("-", " ")
    assert post(STEP, {"recovery": typed}).status_code == 303
    assert is_in(client)

    other = app.test_client()
    log_in(armed, on=other)
    assert post(STEP, {"recovery": armed.codes[0]}, on=other).status_code == 422
    assert len(session.scalars(
        select(RecoveryCode).where(RecoveryCode.used_at.is_(None))).all()) == 9
    assert "code_used" in {m.params.get("what") for m in session.scalars(select(OutboxMail))}


def test_the_cookie_is_another_at_every_step(client, armed, log_in, post):
    client.set_cookie("stegvis-login", "chosen-by-somebody-else")
    log_in(armed)
    first = cookie(client)
    post(STEP, {"code": armed.code()})
    second = cookie(client)

    assert len({"chosen-by-somebody-else", first, second}) == 3
    client.set_cookie("stegvis-login", first)
    assert not is_in(client)


def test_the_second_step_has_to_come_soon(client, armed, log_in, post):
    log_in(armed)
    with time_machine.travel(clock.now() + timedelta(minutes=21)):
        assert client.get(STEP).location == "/logga-in"
        post(STEP, {"code": armed.code()})
        assert not is_in(client)


def test_a_remembered_device_is_asked_for_the_password_only(app, client, session, armed, log_in,
                                                            post):
    log_in(armed)
    post(STEP, {"code": armed.code(), "remember": "y"})
    post("/logga-ut")

    log_in(armed)

    assert is_in(client)
    other = app.test_client()
    log_in(armed, on=other)
    assert not is_in(other)
    post("/logga-ut")
    with time_machine.travel(clock.now() + timedelta(days=31)):
        log_in(armed)
        assert not is_in(client)


def test_a_device_is_remembered_only_when_asked(session, armed, log_in, post):
    log_in(armed)
    post(STEP, {"code": armed.code()})

    assert session.scalars(select(RememberedDevice)).all() == []


def test_a_login_that_waits_reaches_no_route(app, client, session, course, armed, log_in):
    """Over all routes: the answer is the one that a visitor gets."""
    make_cast(session, course)
    session.commit()
    log_in(armed)
    waiting = session.scalars(
        select(LoginSession).where(LoginSession.awaits.is_not(None))
    ).one()
    assert waiting.token_hash == token_hash(cookie(client))
    visitor = app.test_client()
    tokens = {who: token_from(who) for who in (client, visitor)}
    wrong = []
    for rule, method in rules(app):
        if getattr(app.view_functions[rule.endpoint], "guard", None) == "public":
            continue
        path = app.url_map.bind("localhost").build(
            rule.endpoint, dict.fromkeys(rule.arguments, 1), method=method
        )
        answers = [
            who.open(path, method=method, data={"csrf_token": tokens[who]})
            for who in (client, visitor)
        ]
        if len({(a.status_code, a.location) for a in answers}) > 1 or answers[0].status_code < 300:
            wrong.append((method, path, [a.status_code for a in answers]))
    assert wrong == []


def test_without_its_key_an_app_is_no_help_but_a_recovery_code_is(
    app, client, session, armed, log_in, post
):
    stored = session.scalars(select(AuthenticatorApp)).one()
    stored.secret = b"\x00\x09" + stored.secret[2:]
    session.commit()
    log_in(armed)

    assert post(STEP, {"code": armed.code()}).status_code == 422
    assert post(STEP, {"recovery": armed.codes[0]}).status_code == 303


@pytest.mark.parametrize("purpose", [LinkPurpose.LOGIN, LinkPurpose.RESET])
def test_a_link_by_mail_does_not_lead_past_the_second_step(
    app, client, session, armed, post, purpose
):
    token = make_link(session, armed.user, purpose, now=clock.now())
    session.commit()
    paths = {LinkPurpose.LOGIN: "/inloggningslank/", LinkPurpose.RESET: "/nytt-losenord/"}

    answer = post(paths[purpose] + token, {"password": "fyra helt andra ord"})

    assert answer.location == STEP
    assert not is_in(client)
