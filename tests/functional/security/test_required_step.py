"""The owner requires a second step: who has none gets one, and does not go on without it."""

import pytest
from sqlalchemy import select

from app import clock
from courses.models import AuditEvent, LoginSession
from courses.rules.second_factor import SETTING
from courses.services.owner_settings import change_setting
from courses.vocabulary import Role, SecondStep
from tests.factories import make_role
from tests.functional.security.conftest import hidden

STEP = "/logga-in/steg-tva"


def is_in(client):
    return client.get("/konto/sakerhet").status_code == 200


@pytest.fixture
def required(session, anna):
    """The owner requires a second step of editors, and Anna is one."""
    make_role(session, Role.EDITOR, user=anna.user)
    change_setting(session, SETTING, ["editor"], by=None, now=clock.now())
    session.commit()
    return anna


def test_who_has_none_gets_one_where_the_owner_requires_it(client, session, required, log_in,
                                                           post):
    answer = log_in(required, next="/konto")
    page = client.get(answer.location)
    assert "Slå på tvåstegsinloggning" in page.text
    assert "data:image/svg+xml" in page.text
    fields = hidden(page)
    required.secret = page.text.split('class="code">')[1].split("<")[0].replace(" ", "")

    wrong = post(f"{STEP}/app", fields | {"code": "000000"})
    assert wrong.status_code == 422
    assert hidden(wrong)["setup"] == fields["setup"]
    codes = post(f"{STEP}/app", fields | {"code": required.code()})

    assert codes.text.count('<li class="code">') == 10
    assert is_in(client)
    assert post("/logga-in/vidare", hidden(codes)).location == "/konto"
    assert {e.action for e in session.scalars(select(AuditEvent))} >= {
        "second_factor:add_app", "second_factor:new_codes"}


def test_nobody_goes_on_without_getting_one(client, required, log_in, post):
    log_in(required)

    assert not is_in(client)
    assert post(STEP, {"code": "000000"}).status_code == 303
    assert not is_in(client)


def test_who_has_no_such_role_is_not_asked(client, session, anna, log_in):
    change_setting(session, SETTING, ["administrator"], by=None, now=clock.now())
    session.commit()
    log_in(anna)

    assert is_in(client)


def test_half_a_login_cannot_prove_with_another_step(session, armed, log_in, post):
    """A login that has a factor does not get another one instead of proving the first."""
    log_in(armed)

    answer = post(f"{STEP}/app", {"setup": "made-up", "code": "000000"})

    assert answer.status_code == 303
    assert session.scalars(select(LoginSession.awaits)).all() == [SecondStep.PROVE]
