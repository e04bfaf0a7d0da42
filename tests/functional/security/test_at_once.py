"""What works once works once, also for two at the same moment, on either database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from courses.models import LoginSession
from tests.conftest import token_from

HANDS = 3


@pytest.fixture
def at_once(app, armed, log_in):
    """Send the same second step from several browsers that all have the password."""

    def press(fields):
        browsers = [app.test_client() for _ in range(HANDS)]
        for browser in browsers:
            log_in(armed, on=browser)
        tokens = [token_from(browser) for browser in browsers]
        barrier = Barrier(HANDS)

        def click(number):
            barrier.wait()
            data = fields | {"csrf_token": tokens[number]}
            return browsers[number].post("/logga-in/steg-tva", data=data).status_code

        with ThreadPoolExecutor(HANDS) as pool:
            return sorted(pool.map(click, range(HANDS)))

    return press


def entered(session):
    return session.scalar(select(func.count(LoginSession.id)).where(
        LoginSession.awaits.is_(None), LoginSession.ended_at.is_(None)))


def test_the_code_of_an_app(session, armed, at_once):
    assert at_once({"code": armed.code()}) == [303, 422, 422]
    assert entered(session) == 1


def test_a_recovery_code(session, armed, at_once):
    assert at_once({"recovery": armed.codes[0]}) == [303, 422, 422]
    assert entered(session) == 1
