"""Whatever a browser answers: only the passkey that was asked, once, by its owner, gets in."""

import html
import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app import clock
from courses.models import AuditEvent, OutboxMail, Passkey
from tests.factories import make_user
from tests.functional.security.conftest import hidden
from tests.soft_key import PRESENT, SoftKey

ADD, LOGIN = "/konto/sakerhet/passnyckel", "/logga-in/passnyckel"


def asked(client, path="/logga-in"):
    """What a page asks the browser for, and the challenge that goes back with the answer."""
    page = client.get(path)
    options = html.unescape(re.search(r'data-options="([^"]+)"', page.text)[1])
    return options, hidden(page)["challenge"]


@pytest.fixture
def key(client, session, anna, login, post):
    """Anna's passkey, added and never used; nobody is logged in."""
    login(anna.user)
    key = SoftKey()
    options, challenge = asked(client, ADD)
    fields = {"name": "Nyckel", "credential": key.make(options), "challenge": challenge}
    assert post(ADD, fields).status_code == 200
    post("/logga-ut")
    return key


@pytest.fixture
def enter(client, post):
    """Answer what the login page asks with a passkey."""

    def send(key, *, on=client):
        options, challenge = asked(on)
        return post(LOGIN, {"credential": key.answer(options), "challenge": challenge}, on=on)

    return send


def is_in(client):
    return client.get("/konto/sakerhet").status_code == 200


def test_it_lets_its_owner_in(client, session, key, enter):
    assert enter(key).location == "/borja"
    assert is_in(client)
    assert session.scalars(select(Passkey.last_used_at)).one() is not None


def test_an_answer_is_taken_once(client, key, post, caplog):
    caplog.set_level("INFO")
    options, challenge = asked(client)
    fields = {"credential": key.answer(options), "challenge": challenge}
    before = client.get_cookie("stegvis").value
    assert post(LOGIN, fields).status_code == 303
    client.delete_cookie("stegvis-login")
    client.set_cookie("stegvis", before)  # the form session that the challenge is tied to

    assert post(LOGIN, fields).status_code == 422
    assert "answered before" in caplog.text
    assert not is_in(client)


def test_an_answer_is_taken_once_however_its_challenge_is_spelled(client, key, post):
    """The last sign of a signature has bits that nobody reads: others say the same."""
    options, challenge = asked(client)
    credential = key.answer(options)
    before = client.get_cookie("stegvis").value
    assert post(LOGIN, {"credential": credential, "challenge": challenge}).status_code == 303

    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for sign in set(signs) - {challenge[-1]}:
        client.delete_cookie("stegvis-login")
        client.set_cookie("stegvis", before)
        again = {"credential": credential, "challenge": challenge[:-1] + sign}
        assert post(LOGIN, again).status_code == 422


def test_an_answer_to_another_browsers_page_is_not_taken(app, client, key, post):
    options, challenge = asked(client)
    other = app.test_client()

    answer = post(LOGIN, {"credential": key.answer(options), "challenge": challenge}, on=other)

    assert answer.status_code == 422


def test_an_old_challenge_is_not_taken(client, key, post):
    options, challenge = asked(client)
    fields = {"credential": key.answer(options), "challenge": challenge}
    with time_machine.travel(clock.now() + timedelta(minutes=21)):
        assert post(LOGIN, fields).status_code == 422


@pytest.mark.parametrize("wrong", [
    {"origin": "http://localhost.example"}, {"host": "example"}, {"flags": PRESENT},
    {"handle": "c3RlZ3Zpczo5OTk"}, {"id": b"unknown"},
])
def test_what_was_not_asked_for_is_not_taken(client, key, enter, wrong):
    vars(key).update(wrong)

    answer = enter(key)

    assert answer.status_code == 422
    assert "Passnyckeln gick inte att använda" in answer.text
    assert not is_in(client)


def test_another_keys_signature_is_not_taken(client, key, enter):
    key.private = SoftKey().private

    assert enter(key).status_code == 422


@pytest.mark.parametrize("credential", ["", "{}", "[]", "null", '{"id": 1}', "\x00", "å" * 300])
def test_what_is_no_answer_at_all_is_not_taken(client, post, credential):
    _, challenge = asked(client)

    assert post(LOGIN, {"credential": credential, "challenge": challenge}).status_code == 422


def test_a_key_that_counts_backwards_is_told_of(client, session, key, enter, post):
    key.count = 5
    assert enter(key).status_code == 303
    post("/logga-ut")
    key.count = 5

    assert enter(key).status_code == 422
    assert "passkey:suspect" in session.scalars(select(AuditEvent.action)).all()
    assert "passkey_suspect" in {m.params.get("what") for m in session.scalars(
        select(OutboxMail))}


def test_a_key_that_never_counts_may_come_again(client, key, enter, post):
    for _ in range(2):
        assert enter(key).status_code == 303
        post("/logga-ut")


def test_a_disabled_account_has_no_key(client, session, anna, key, enter):
    anna.user.disabled_at = clock.now()
    session.commit()

    assert enter(key).status_code == 422


def test_a_passkey_is_one_persons(app, client, session, key, login, post):
    """The same credential again, by somebody else: refused, and the first keeps it."""
    other = login(make_user(session), on=app.test_client())
    options, challenge = asked(other, ADD)
    fields = {"name": "Stulen", "credential": key.make(options), "challenge": challenge}

    assert post(ADD, fields, on=other).status_code == 422
    assert session.scalars(select(Passkey.name)).all() == ["Nyckel"]


def test_without_a_name_for_the_site_there_are_no_passkeys(app, client):
    app.config["STEGVIS"] = replace(app.config["STEGVIS"], base_url="http://127.0.0.1")

    assert "data-passkey" not in client.get("/logga-in").text
