"""An address changes when the new one has confirmed; the old one can stop it or undo it."""

import pytest
from sqlalchemy import select

from app.login import passwords
from app.worker import Worker
from courses.models import OutboxMail, User
from tests.factories import make_user
from tests.functional.test_account_links import NEW, OLD, is_logged_in, mailbox, mailed  # noqa: F401

FORM = {"email": "ny@example.org", "password": OLD}


@pytest.fixture
def anna(session, login):
    user = make_user(
        session, email="anna@example.org", password_hash=passwords.hash_password(OLD)
    )
    login(user)
    return user


def address_of(session, user):
    session.rollback()
    session.expire_all()
    return session.get(User, user.id).email


def test_an_address_changes_when_the_new_one_has_confirmed(session, anna, post, mailed):  # noqa: F811
    answer = post("/konto/e-post", FORM)

    assert (answer.status_code, answer.location) == (303, "/konto")
    assert address_of(session, anna) == "anna@example.org"
    page = post(mailed("ny@example.org"))
    assert (page.status_code, "ny@example.org" in page.text) == (200, True)
    assert address_of(session, anna) == "ny@example.org"
    assert post("/logga-in", FORM).status_code == 303


def test_the_old_address_stops_a_change_under_way(client, session, anna, post, mailed):  # noqa: F811
    post("/konto/e-post", FORM)
    stop, confirm = mailed("anna@example.org"), mailed("ny@example.org")

    assert post(stop).status_code == 200
    assert post(confirm).status_code == 409
    assert address_of(session, anna) == "anna@example.org"
    assert not is_logged_in(client)
    assert post("/logga-in", {"email": anna.email, "password": OLD}).status_code == 422


def test_the_old_address_takes_back_a_change_that_was_confirmed(
    session, anna, post, mailed  # noqa: F811
):
    post("/konto/e-post", FORM)
    stop, confirm = mailed("anna@example.org"), mailed("ny@example.org")
    post(confirm)

    assert "anna@example.org" in post(stop).text
    assert address_of(session, anna) == "anna@example.org"
    again = mailed("anna@example.org", number=2)
    assert again.startswith("/nytt-losenord/")
    assert post(again, {"password": NEW}).status_code == 303


def test_a_second_change_taken_back_leaves_the_first_address_its_week(
    session, anna, post, mailed  # noqa: F811
):
    """Whoever took the account must not be rid of its owner by stopping a change of their own."""
    post("/konto/e-post", FORM)
    owners_way_back = mailed("anna@example.org")
    post(mailed("ny@example.org"))
    post("/konto/e-post", FORM | {"email": "nyare@example.org"})
    assert post(mailed("ny@example.org", number=2)).status_code == 200
    assert address_of(session, anna) == "ny@example.org"

    assert post(owners_way_back).status_code == 200

    assert address_of(session, anna) == "anna@example.org"
    assert post(owners_way_back).status_code == 409


def test_the_password_is_needed(session, anna, post):
    answer = post("/konto/e-post", FORM | {"password": "fel"})

    assert (answer.status_code, "Fel lösenord." in answer.text) == (422, True)
    assert 'value="ny@example.org"' in answer.text
    assert session.scalars(select(OutboxMail)).all() == []


def test_guessing_the_password_is_stopped(anna, post):
    answers = [post("/konto/e-post", FORM | {"password": "fel"}) for _ in range(11)]

    assert [one.status_code for one in answers] == [422] * 10 + [429]


@pytest.mark.parametrize("email", ["", "ny", "ny@example.org\nBcc: alla@example.org"])
def test_what_is_no_address_is_refused(session, anna, post, email):
    assert post("/konto/e-post", FORM | {"email": email}).status_code == 422


def test_nobody_learns_whether_an_address_has_an_account(session, anna, post, app, mailbox):  # noqa: F811
    make_user(session, email="ny@example.org")
    session.commit()

    answer = post("/konto/e-post", FORM)
    Worker(app).drain()

    assert (answer.status_code, answer.location) == (303, "/konto")
    assert [one["To"] for one in mailbox.messages] == ["anna@example.org"]


def test_nobody_floods_others_with_what_they_call_themselves(
    session, anna, post, app, mailbox  # noqa: F811
):
    anna.own_name = "Läs mer på elak.example"
    session.commit()

    answers = [
        post("/konto/e-post", FORM | {"email": f"offer{n}@example.org"}) for n in range(6)
    ]
    Worker(app).drain()

    assert [one.status_code for one in answers] == [303] * 5 + [429]
    assert "För många försök" in answers[-1].text
    assert 'value="offer5@example.org"' in answers[-1].text
    others = [one for one in mailbox.messages if one["To"].startswith("offer")]
    assert len(others) == 5
    assert not any("elak" in one.get_content() for one in others)


def test_an_address_taken_meanwhile_stays_with_who_took_it(session, anna, post, mailed):  # noqa: F811
    post("/konto/e-post", FORM)
    path = mailed("ny@example.org")
    make_user(session, email="ny@example.org")
    session.commit()

    assert post(path).status_code == 409
    assert address_of(session, anna) == "anna@example.org"


def test_a_second_click_mails_nothing_more(session, anna, post):
    for _ in range(2):
        post("/konto/e-post", FORM)

    assert len(session.scalars(select(OutboxMail)).all()) == 2


def test_the_address_one_has_already_changes_nothing(session, anna, post):
    assert post("/konto/e-post", FORM | {"email": "Anna@example.org"}).status_code == 303
    assert session.scalars(select(OutboxMail)).all() == []
