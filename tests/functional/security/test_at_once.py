"""What works once works once, also for two at the same moment, on either database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pyotp
import pytest
from sqlalchemy import func, select

from app import clock
from courses.models import AuditEvent, LoginSession
from courses.rules.second_factor import SETTING
from courses.services.owner_settings import change_setting
from courses.vocabulary import Role
from tests.conftest import token_from
from tests.factories import make_role
from tests.functional.security.conftest import hidden

HANDS = 3
STEP = "/logga-in/steg-tva"


@pytest.fixture
def at_once(app, log_in):
    """Send a second step from several browsers that all have the password of `person`:
    the same fields, or what `fields` makes of the page that each of them is shown."""

    def press(person, fields, path=STEP):
        browsers = [app.test_client() for _ in range(HANDS)]
        for browser in browsers:
            log_in(person, on=browser)
        sent = [
            (fields(browser.get(STEP)) if callable(fields) else fields)
            | {"csrf_token": token_from(browser)}
            for browser in browsers
        ]
        barrier = Barrier(HANDS)

        def click(number):
            barrier.wait()
            return browsers[number].post(path, data=sent[number]).status_code

        with ThreadPoolExecutor(HANDS) as pool:
            return sorted(pool.map(click, range(HANDS)))

    return press


def entered(session):
    return session.scalar(select(func.count(LoginSession.id)).where(
        LoginSession.awaits.is_(None), LoginSession.ended_at.is_(None)))


def test_the_code_of_an_app(session, armed, at_once):
    assert at_once(armed, {"code": armed.code()}) == [303, 422, 422]
    assert entered(session) == 1


def test_a_recovery_code(session, armed, at_once):
    assert at_once(armed, {"recovery": armed.codes[0]}) == [303, 422, 422]
    assert entered(session) == 1


def test_whoever_gets_a_second_step_first_has_it(session, anna, at_once):
    make_role(session, Role.EDITOR, user=anna.user)
    change_setting(session, SETTING, ["editor"], by=None, now=clock.now())
    session.commit()

    def set_up(page):
        secret = page.text.split('class="code">')[1].split("<")[0].replace(" ", "")
        return hidden(page) | {"code": pyotp.TOTP(secret).at(clock.now().timestamp())}

    at_once(anna, set_up, f"{STEP}/app")

    added = select(AuditEvent.id).where(AuditEvent.action == "second_factor:add_app")
    assert len(session.scalars(added).all()) == 1
    assert entered(session) == 1
