"""A team of three, and a moment in which nothing is late."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.teamwork import Trio

NOON = datetime(2026, 11, 9, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def trio(session, course):
    """Karin, who holds the pen, Anders of the same municipality, and Yngve of the police."""
    return Trio(session, course, needs_sign_off=True)


@pytest.fixture
def as_(app, login):
    """A browser of somebody's own."""
    return lambda user: login(user, on=app.test_client())
