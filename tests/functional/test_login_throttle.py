"""Only failures are counted, and nobody is locked out by what others do."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app import clock
from app.login import passwords
from courses.models import LoginFailure
from tests.factories import make_user
from tests.functional.test_login import attempt


@pytest.fixture
def anna(session):
    user = make_user(
        session, email="anna@example.org", password_hash=passwords.hash_password("hemligt")
    )
    session.commit()
    return user


def test_eleventh_failure_has_to_wait_and_is_told_how_long(session, anna, post):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(10):
            assert attempt(post, "fel").status_code == 422
        traveller.shift(timedelta(minutes=58))

        refused = attempt(post)

        assert refused.status_code == 429
        assert "Vänta 2 minuter." in refused.text
        assert refused.headers["Retry-After"] == "120"
        assert 'value="anna@example.org"' in refused.text
        traveller.shift(timedelta(minutes=2))
        assert attempt(post).status_code == 303


def test_unknown_addresses_are_throttled_alike(post):
    answers = [attempt(post, "fel", "ingen@example.org").status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]


def test_a_known_device_is_let_in_while_others_guess(app, anna, client, post):
    assert attempt(post).status_code == 303
    stranger = app.test_client()
    for _ in range(10):
        attempt(post, "fel", on=stranger)

    assert attempt(post, on=stranger).status_code == 429
    assert attempt(post).status_code == 303


def test_a_known_device_that_guesses_is_stopped_later(anna, post):
    attempt(post)

    answers = [attempt(post, "fel").status_code for _ in range(31)]

    assert answers == [422] * 30 + [429]


def test_a_forged_device_cookie_is_no_known_device(anna, client, post):
    client.set_cookie("stegvis-device", "eyJhY2NvdW50cyI6WyJ4Il19.x.y", path="/logga-in")

    assert [attempt(post, "fel").status_code for _ in range(11)][-1] == 429


def test_one_address_has_three_hundred_failures(session, app, anna, post):
    attempt(post, "fel", "ingen@example.org")
    address = session.scalars(select(LoginFailure.address)).one()
    session.add_all(
        LoginFailure(account_key=f"x{n}", address=address, at=clock.now()) for n in range(299)
    )
    session.commit()

    assert attempt(post).status_code == 429


def test_neither_addresses_nor_passwords_are_kept_of_a_failure(session, post):
    attempt(post, "fel", "ingen@example.org")

    row = session.scalars(select(LoginFailure)).one()
    assert "ingen" not in row.account_key
    assert "127.0.0.1" not in row.address
