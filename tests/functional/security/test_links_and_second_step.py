"""A link in a mail proves the mailbox, never the second step."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.login import passwords
from courses.models import AccountLink, LoginSession, RememberedDevice, User
from courses.services.account_links import make_link
from courses.services.account_security import change_password
from courses.vocabulary import LinkPurpose

NEW = "blåbär stege onsdag"


@pytest.fixture
def link(session, armed):
    def made(purpose):
        token = make_link(session, armed.user, purpose, now=clock.now(), email="ny@example.org")
        session.commit()
        return token

    return made


@pytest.mark.parametrize("path, purpose", [
    ("/inloggningslank/", LinkPurpose.LOGIN), ("/nytt-losenord/", LinkPurpose.RESET),
])
def test_a_link_leads_to_the_second_step(client, link, post, path, purpose):
    answer = post(path + link(purpose), {"password": NEW})

    assert answer.status_code == 303
    assert answer.location.startswith("/logga-in/")
    assert client.get("/konto").status_code == 303  # not in yet
    assert client.get("/konto").location.startswith("/logga-in")


def test_after_a_new_password_no_device_is_excused(session, armed, link, post):
    now = clock.now()
    session.add(
        RememberedDevice(
            user_id=armed.user.id, token_hash="x" * 64, created_at=now,
            expires_at=now + timedelta(days=30),
        )
    )
    session.commit()

    post(f"/nytt-losenord/{link(LinkPurpose.RESET)}", {"password": NEW})

    assert session.scalar(select(func.count(RememberedDevice.id))) == 0


def test_a_changed_password_spoils_links_asked_for_earlier(session, anna, login, post):
    login(anna.user)
    tokens = {
        purpose: make_link(session, anna.user, purpose, now=clock.now(), email="ny@example.org")
        for purpose in LinkPurpose
    }
    session.commit()
    assert session.scalar(select(func.count(AccountLink.id))) == 4
    session.rollback()

    user = session.get_one(User, anna.user.id)
    login_id = session.scalars(select(LoginSession.id)).first()
    change_password(
        session, user, passwords.hash_password(NEW), login_id=login_id, now=clock.now()
    )
    session.commit()

    assert post(f"/ny-adress/{tokens[LinkPurpose.NEW_ADDRESS]}").status_code == 409
    assert post(f"/behall-adress/{tokens[LinkPurpose.OLD_ADDRESS]}").status_code == 200


@pytest.mark.parametrize("path", ["/konto/sakerhet/app", "/konto/sakerhet/passnyckel"])
def test_who_came_in_by_a_link_adds_no_way_in_without_the_password(
    client, session, anna, post, path
):
    """Somebody who reads the mailbox must not leave a key of their own behind."""
    token = make_link(session, anna.user, LinkPurpose.LOGIN, now=clock.now())
    session.commit()
    assert post(f"/inloggningslank/{token}").status_code == 303
    assert client.get("/konto").status_code == 200

    page = client.get(path, follow_redirects=True)

    assert "Skriv ditt lösenord igen" in page.text
