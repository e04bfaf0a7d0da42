"""A device is somebody's own only when that person has said so."""

import pytest
from flask_login import login_user

from app.http import devices
from app.http.signing import signer
from app.identity import CurrentUser
from courses.identity import Identity


@pytest.fixture
def asked(app):
    """Answer whether the device of somebody with this cookie is their own."""

    def ask(user_id, cookie=""):
        headers = {"Cookie": f"{devices.COOKIE}={cookie}"} if cookie else {}
        with app.test_request_context("/logga-in", headers=headers):
            if user_id:
                login_user(CurrentUser(Identity(user_id=user_id, name="Nora")))
            return devices.is_own_device()

    return ask


@pytest.fixture
def signed(app):
    with app.app_context():
        return signer("own-device").dumps(7)


def test_nobodys_device_is_their_own_until_they_say_so(asked):
    assert not asked(7)


def test_it_is_the_own_device_of_who_said_so(asked, signed):
    assert asked(7, signed)


def test_it_is_not_the_own_device_of_another_person(asked, signed):
    assert not asked(8, signed)


def test_it_is_not_a_visitors_own_device(asked, signed):
    assert not asked(None, signed)


def test_a_made_up_mark_counts_for_nothing(asked):
    assert not asked(7, "7.x.y")
