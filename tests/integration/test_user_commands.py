import pytest
from sqlalchemy import func, select

from courses.models import (
    AuditEvent,
    Invitation,
    LoginSession,
    OutboxMail,
    Passkey,
    RoleAssignment,
    User,
)
from courses.vocabulary import Role
from tests.cast import make_login, make_passkey
from tests.factories import make_user


@pytest.fixture
def run(app):
    def invoke(*args):
        return app.test_cli_runner().invoke(args=["user", *args])

    return invoke


def test_the_first_administrator_gets_a_link_and_no_password(client, session, run):
    answer = run("create-admin", "Kim@Example.org", "Kim Ett")

    assert answer.exit_code == 0, answer.output
    user = session.scalars(select(User)).one()
    role = session.scalars(select(RoleAssignment)).one()
    assert (user.email, user.password_hash, user.activated_at) == ("kim@example.org", None, None)
    assert (role.user_id, role.role, role.cohort_id) == (user.id, Role.ADMINISTRATOR, None)
    path = answer.output.strip().removeprefix("http://localhost")
    assert "Administratör" in client.get(path).text
    assert session.scalar(select(func.count(OutboxMail.id))) == 1


def test_saying_it_twice_gives_a_new_link_and_no_second_person(session, run):
    run("create-admin", "kim@example.org", "Kim Ett")
    run("create-admin", "kim@example.org", "Kim Ett")

    assert session.scalar(select(func.count(User.id))) == 1
    assert session.scalar(select(func.count(RoleAssignment.id))) == 1
    assert session.scalar(
        select(func.count(Invitation.id)).where(Invitation.revoked_at.is_(None))
    ) == 1


def test_a_coordinator_can_be_invited_from_the_server(session, run):
    assert run("invite", "eva@example.org", "Eva Ett", "--role", "coordinator").exit_code == 0

    assert session.scalars(select(RoleAssignment.role)).all() == [Role.COORDINATOR]


def test_who_has_forgotten_the_password_gets_a_link(client, session, run):
    make_user(session, email="eva@example.org", name="Eva Ett")
    session.commit()

    answer = run("invite", "eva@example.org", "Eva")

    path = answer.output.strip().removeprefix("http://localhost")
    assert "Välj ett nytt lösenord" in client.get(path).text
    assert session.scalars(select(User.name)).all() == ["Eva Ett"]


def test_what_is_no_address_is_refused(session, run):
    answer = run("invite", "ingen adress", "Eva")

    assert answer.exit_code == 1
    assert session.scalar(select(func.count(User.id))) == 0


def test_outbox_send_says_that_there_is_no_server(app):
    answer = app.test_cli_runner().invoke(args=["outbox", "send"])

    assert answer.exit_code == 1
    assert "STEGVIS_SMTP_URL" in answer.output


def test_who_is_locked_out_gets_rid_of_the_second_step(session, run):
    user = make_user(session, email="eva@example.org")
    make_passkey(session, user)
    make_login(session, user)
    session.commit()

    answer = run("reset-second-factor", "Eva@example.org")

    assert answer.exit_code == 0, answer.output
    assert session.scalars(select(Passkey)).all() == []
    assert session.scalars(select(LoginSession.ended_at)).one() is not None
    assert session.scalars(select(AuditEvent.action)).all() == ["second_factor:reset"]
    assert session.scalars(select(OutboxMail.params)).one()["what"] == "second_factor_reset"


def test_nobody_has_nothing_to_reset(run):
    answer = run("reset-second-factor", "ingen@example.org")

    assert answer.exit_code == 1
    assert "no such account" in answer.output
