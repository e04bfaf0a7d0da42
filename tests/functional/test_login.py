from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import func, select

from app import clock
from app.login import passwords
from courses.models import LoginSession, User
from courses.vocabulary import Language
from tests.factories import make_user

WRONG = "Fel e-postadress eller lösenord."


@pytest.fixture
def anna(session):
    user = make_user(
        session, email="anna@example.org", password_hash=passwords.hash_password("hemligt")
    )
    session.commit()
    return user


def attempt(post, typed="hemligt", email="anna@example.org", **kwargs):
    return post("/logga-in", {"email": email, "password": typed}, **kwargs)


def test_right_password_logs_in(client, anna, post):
    answer = attempt(post, email="Anna@Example.org ")

    assert answer.status_code == 303
    assert answer.location == "/borja"
    assert client.get_cookie("stegvis-login") is not None


def test_wrong_password_and_unknown_person_get_the_same_answer(anna, post):
    wrong = attempt(post, "fel")
    unknown = attempt(post, "fel", "ingen@example.org")

    assert wrong.status_code == unknown.status_code == 422
    assert WRONG in wrong.text
    assert WRONG in unknown.text


def test_a_post_without_token_is_refused(client):
    assert client.post("/logga-in", data={"email": "a@example.org"}).status_code == 400


def test_an_empty_form_says_what_is_missing(post):
    answer = post("/logga-in", {"email": "", "password": ""})

    assert answer.status_code == 422
    assert "Skriv din e-postadress" in answer.text
    assert "<title>Fel: " in answer.text


@pytest.mark.parametrize("email", ["a\x00b@example.org", "å" * 500, "'; DROP TABLE user; --"])
def test_odd_addresses_are_unknown(post, email):
    assert attempt(post, "fel", email).status_code == 422


def test_login_page_asks_the_database_nothing(client, login, session, count_statements):
    with count_statements() as logged_out:
        assert client.get("/logga-in").status_code == 200
    login(make_user(session))
    with count_statements() as logged_in:
        assert client.get("/logga-in").status_code == 200

    assert (logged_out, logged_in) == ([], [])


@pytest.mark.parametrize("fields", [{"activated_at": None}, {"disabled_at": clock.now()}])
def test_who_is_not_active_cannot_log_in(session, post, fields):
    make_user(session, email="bo@example.org", **fields,
              password_hash=passwords.hash_password("hemligt"))
    session.commit()

    assert attempt(post, email="bo@example.org").status_code == 422


def test_a_login_ends_when_the_account_is_disabled(session, anna, client, login):
    login(anna)
    anna.disabled_at = clock.now()
    session.commit()

    assert client.get("/borja").location == "/"


def test_login_gives_a_new_login_row_and_ends_the_old_one(session, anna, client, login, post):
    login(make_user(session))
    planted = client.get_cookie("stegvis-login").value

    attempt(post)

    assert client.get_cookie("stegvis-login").value != planted
    client.set_cookie("stegvis-login", planted)
    assert client.get("/borja").location == "/"


def test_a_cookie_planted_before_login_is_worth_nothing_after(anna, client, post):
    client.set_cookie("stegvis-login", "planted-by-somebody")

    attempt(post)

    client.set_cookie("stegvis-login", "planted-by-somebody")
    assert client.get("/borja").location == "/"


def test_logging_out_ends_the_login_on_the_server(session, anna, client, post):
    attempt(post)
    kept = client.get_cookie("stegvis-login").value

    answer = post("/logga-ut")

    assert answer.status_code == 303
    assert "Clear-Site-Data" in answer.headers
    assert client.get_cookie("stegvis-login") is None
    client.set_cookie("stegvis-login", kept)
    assert client.get("/borja").location == "/"
    assert session.scalar(select(func.count(LoginSession.id)).where(
        LoginSession.ended_at.is_(None))) == 0


def test_a_login_in_use_is_noted_at_most_every_five_minutes(session, anna, client, post):
    def seen():
        session.rollback()
        return session.scalars(select(LoginSession.last_seen_at)).one()

    begun = datetime(2026, 11, 9, 11, 0, tzinfo=UTC)
    with time_machine.travel(begun, tick=False) as traveller:
        attempt(post)
        traveller.shift(timedelta(minutes=5))
        client.get("/hem")
        assert seen() == begun
        traveller.shift(timedelta(seconds=1))
        client.get("/hem")
        assert seen() == begun + timedelta(minutes=5, seconds=1)


def test_an_old_hash_is_renewed_at_login(session, anna, post):
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash("hemligt")
    anna.password_hash = old
    session.commit()

    assert attempt(post).status_code == 303

    session.expire_all()
    renewed = session.get(User, anna.id).password_hash
    assert renewed != old
    assert not passwords.needs_rehash(renewed)
    assert passwords.verify(renewed, "hemligt")


def test_login_goes_on_to_the_page_that_was_asked_for(anna, client, post):
    asked = client.get("/borja")  # not asked for by name: the start page
    assert asked.location == "/"

    answer = post("/logga-in", {"email": "anna@example.org", "password": "hemligt",
                                "next": "/stod?x=1"})

    assert answer.location == "/stod?x=1"


@pytest.mark.parametrize("target", [
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
    "https:evil.example", "http:///evil.example", "///evil.example", "/\t/evil.example",
    "\t//evil.example", " //evil.example", "/%0d%0a//evil.example", "javascript:alert(1)",
    "%2f%2fevil.example", "/\n/evil.example", "/a//evil.example", "evil.example", "",
    "/" + "a" * 3000, "/logga-in?next=/logga-in",
])
def test_login_never_leads_elsewhere(anna, post, target):
    answer = post("/logga-in", {"email": "anna@example.org", "password": "hemligt",
                                "next": target})

    assert answer.location == "/borja"


def test_who_has_no_page_yet_is_told_so(session, client, login):
    login(make_user(session))

    page = client.get("/borja")

    assert page.status_code == 200
    assert "Du är inloggad" in page.text


def test_a_chosen_language_is_kept_on_the_account(session, anna, client, login, post):
    login(anna)

    answer = post("/sprak", {"language": "en", "next": "/borja"})

    assert answer.location == "/borja"
    session.expire_all()
    assert session.get(User, anna.id).language is Language.ENGLISH
    assert "You are signed in" in client.get("/borja").text
    assert '<html lang="en">' in client.get("/stod").text


def test_a_visitors_language_is_kept_in_the_browser_alone(client, post):
    post("/sprak", {"language": "en"})
    assert '<html lang="en">' in client.get("/stod").text
    post("/sprak", {"language": "tlh"})
    assert '<html lang="en">' in client.get("/stod").text


def test_the_accounts_language_goes_before_the_browsers(session, anna, client, login):
    client.set_cookie("stegvis-language", "en")
    login(anna)

    assert "Du är inloggad" in client.get("/borja").text
