"""Karin, who writes on her own, and what her browser sends."""

from datetime import UTC, datetime
from secrets import token_hex

import pytest
import time_machine
from sqlalchemy import select

from tests.conftest import token_from
from tests.factories import make_cohort, make_enrollment, make_team, user_of

NOON = datetime(2026, 11, 9, 11, 0, tzinfo=UTC)
U1 = "/uppgift/mitt-uppdrag"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def own(course):
    return course.items["U1"]


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course)


@pytest.fixture
def karin(session, cohort):
    team = make_team(session, cohort, name="Norrbyn")
    karin = make_enrollment(session, cohort, team=team)
    team.holder_id = karin.id
    return karin


@pytest.fixture
def as_karin(session, login, karin):
    return login(user_of(session, karin))


@pytest.fixture
def upload(client):
    def send(content, name="tabell.pdf", *, to=f"{U1}/filer", on=client):
        return on.post(to, **form_with(content, name, token_from(on)))

    return send


def form_with(content, name, token):
    """A body as a browser sends it: the test client would lay a large one into a file."""
    fields = {"csrf_token": token, "idem": token_hex(8)}
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    parts.append(
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode()
    )
    return {
        "data": b"".join([*parts, content, b"\r\n--x--\r\n"]),
        "content_type": "multipart/form-data; boundary=x",
    }


def only(session, model):
    session.rollback()
    return session.scalars(select(model)).one()
