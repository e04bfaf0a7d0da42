"""A mail server, and somebody who gets mail."""

import pytest
from aiosmtpd.controller import Controller

from app import clock
from courses.services.invitations import invite
from tests.factories import make_user
from tests.mailserver import Server, free_port


@pytest.fixture
def server():
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()


@pytest.fixture
def invited(session):
    """A person with an invitation in the outbox, and its token."""
    inviter = make_user(session, name="Kim Samordnare")
    user = make_user(session, name="Anna Prov", email="anna@example.org", activated_at=None)
    token = invite(session, user, inviter.id, clock.now())
    session.commit()
    return user, token
