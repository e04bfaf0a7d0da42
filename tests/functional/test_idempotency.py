"""A form that is sent twice is answered once, whatever the browser does."""

from threading import Barrier, Thread

import pytest
from flask import redirect, request
from sqlalchemy import func, select

from app import db
from app.guard import guarded
from courses.models import Organization
from courses.permissions import Permission
from courses.vocabulary import OrganizationKind
from tests.conftest import token_from
from tests.factories import make_user


@pytest.fixture
def member(app, session, login):
    """Somebody logged in, and a form of theirs that adds an organization."""

    @guarded(Permission.HOME_READ)
    def add(_context):
        name = request.form["name"]
        if not name:
            return "", 422
        organization = Organization(kind=OrganizationKind.OTHER, name=f"{name} {_count()}")
        db.session().add(organization)
        db.session().flush()
        return redirect(f"/added/{organization.id}", 303)

    app.add_url_rule("/add", "test.add", add, methods=["POST"])
    return login(make_user(session))


def _count():
    return db.session().scalar(select(func.count(Organization.id)))


def send(client, name, idem, token=None):
    data = {"csrf_token": token or token_from(client), "idem": idem, "name": name}
    return client.post("/add", data=data)


def test_a_second_click_gets_the_first_answer(member, session):
    first, second = send(member, "Ny", "key-1"), send(member, "Ny", "key-1")

    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    assert session.scalar(select(func.count(Organization.id))) == 1


def test_another_key_is_another_form(member, session):
    send(member, "Ny", "key-1")
    send(member, "Ny", "key-2")

    assert session.scalar(select(func.count(Organization.id))) == 2


def test_the_same_key_with_another_text_is_no_repeat(member, session):
    send(member, "Ny", "key-1")

    answer = send(member, "Annan", "key-1")

    assert answer.status_code == 303
    assert session.scalar(select(func.count(Organization.id))) == 2


def test_a_refused_form_may_be_sent_again(member):
    assert send(member, "", "key-1").status_code == 422
    assert send(member, "Ny", "key-1").status_code == 303


def test_twenty_clicks_at_once_make_one(app, member, session):
    token, cookie = token_from(member), member.get_cookie("stegvis-login").value
    csrf = member.get_cookie("stegvis").value
    barrier, answers = Barrier(20), []

    def click():
        own = app.test_client()
        own.set_cookie("stegvis-login", cookie)
        own.set_cookie("stegvis", csrf)
        barrier.wait()
        answers.append(send(own, "Ny", "key-1", token).location)

    threads = [Thread(target=click) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 20
    assert set(answers) == {"/added/1"}
    assert session.scalar(select(func.count(Organization.id))) == 1
