"""Two who save the same chapter, or issue the plan, in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from courses.models import MunicipalPlan, PlanChapter
from tests.cast import make_cast
from tests.conftest import token_from
from tests.planning import PARTS, approve, mark_in


@pytest.fixture
def two(session, course, login, app):
    """The holder of the pen with two browsers."""
    cast = make_cast(session, course)
    approve(session, cast.cohort, cast.team, course, *PARTS, by=cast.people["nora"])
    session.commit()
    clients = [login(cast.people["nora"], on=app.test_client()) for _ in range(2)]
    return cast, clients


def at_once(clients, path, forms):
    """Send each form from its own browser in the same moment; return the statuses."""
    tokens = [token_from(client) for client in clients]
    barrier = Barrier(len(clients))

    def send(number):
        barrier.wait()
        data = {"csrf_token": tokens[number], "idem": f"race-{number}"} | forms[number]
        return clients[number].post(path, data=data).status_code

    with ThreadPoolExecutor(len(clients)) as pool:
        return sorted(pool.map(send, range(len(clients))))


def test_of_two_first_texts_both_survive(two, session):
    cast, clients = two
    path = f"/team/{cast.team.id}/plan/kapitel/lage"
    forms = [{"v": 0, "a-GU8-lage": f"Text {number}."} for number in range(2)]
    assert at_once(clients, path, forms) == [303, 409]
    session.commit()
    kept = session.scalars(select(PlanChapter)).one()
    assert kept.answers["GU8-lage"] in ("Text 0.", "Text 1.")
    assert kept.version == 1


def test_two_who_issue_at_once_make_one_edition(two, session):
    cast, clients = two
    path = f"/team/{cast.team.id}/plan/ge-ut"
    mark = mark_in(clients[0].get(path).get_data(as_text=True))
    form = {"mark": mark, "attest": "1", "checked": "1", "language": "sv"}
    assert at_once(clients, path, [form, form]) == [303, 409]
    session.commit()
    assert [one.number for one in session.scalars(select(MunicipalPlan))] == [1]
