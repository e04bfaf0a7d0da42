"""Two uploads of one person at the same moment, on whichever database the suite runs."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from courses.models import DraftFile, StoredFile
from courses.services import files as service
from tests.conftest import token_from
from tests.factories import user_of
from tests.files.good import pdf
from tests.filing import beside_draft
from tests.functional.files.conftest import U1, form_with


@pytest.fixture
def two_at_once(app, session, login, karin):
    """Upload a file from two browsers of the same person; return the answers."""

    def upload():
        person = user_of(session, karin)
        browsers = [login(person, on=app.test_client()) for _ in range(2)]
        forms = [form_with(pdf(), f"{n}.pdf", token_from(b)) for n, b in enumerate(browsers)]
        barrier = Barrier(2)

        def press(number):
            barrier.wait()
            return browsers[number].post(f"{U1}/filer", **forms[number]).status_code

        with ThreadPoolExecutor(2) as pool:
            return sorted(pool.map(press, range(2)))

    return upload


def count(session, model):
    session.rollback()
    return session.scalar(select(func.count(model.id)))


def test_two_at_once_are_both_taken(two_at_once, session):
    assert two_at_once() == [303, 303]
    assert count(session, DraftFile) == 2


def test_the_last_place_is_taken_once(app, two_at_once, session, karin, course):
    for place in range(1, 5):
        beside_draft(
            app, session, karin, course.items["U1"], by=user_of(session, karin), place=place
        )
    session.commit()

    assert two_at_once() == [303, 422]
    assert count(session, DraftFile) == 5


def test_the_last_room_is_filled_once(two_at_once, session, monkeypatch):
    monkeypatch.setattr(service, "QUOTA", len(pdf()) * 2 - 1)

    assert two_at_once() == [303, 422]
    assert count(session, StoredFile) == 1
