"""Somebody with a password, and what they have besides."""

from dataclasses import dataclass, field

import pyotp
import pytest

from app import clock
from app.login import passwords, recovery, totp
from courses.models import AuthenticatorApp, User
from courses.rules.second_factor import time_step
from tests.browser.sitemap import read
from tests.factories import make_user

PASSWORD = "hemligt nog att minnas"


@dataclass
class Person:
    user: User
    secret: str = ""
    codes: list[str] = field(default_factory=list)

    def code(self, seconds=0):
        """What the app shows, so many seconds from now."""
        return pyotp.TOTP(self.secret).at(clock.now().timestamp() + seconds)


@pytest.fixture
def anna(session):
    """Has a password and nothing else."""
    user = make_user(
        session, email="anna@example.org", password_hash=passwords.hash_password(PASSWORD)
    )
    session.commit()
    return Person(user)


@pytest.fixture
def armed(app, session, anna):
    """Anna with an app and recovery codes."""
    anna.secret = totp.new_secret()
    with app.app_context():
        session.add(
            AuthenticatorApp(
                user_id=anna.user.id, secret=totp.seal(anna.secret, anna.user.id),
                last_step=time_step(clock.now()) - 10, created_at=clock.now(),
            )
        )
        anna.codes = recovery.renew(session, anna.user, recovery.make(), clock.now())
    session.commit()
    return anna


@pytest.fixture
def log_in(post):
    """Send the login form: e-mail and password."""

    def send(person, **more):
        fields = {"email": person.user.email, "password": PASSWORD} | more
        kwargs = {"on": fields.pop("on")} if "on" in fields else {}
        return post("/logga-in", fields, **kwargs)

    return send


def hidden(page) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    return {name: value for form in read(page.text).forms.values() for name, value in form.items()}
