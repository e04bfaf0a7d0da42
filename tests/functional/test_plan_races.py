"""Two who save the same chapter, or issue the plan, in the same moment."""

import pytest
from sqlalchemy import select

from courses.models import MunicipalPlan, PlanChapter
from tests.cast import make_cast
from tests.planning import PARTS, approve, mark_in


@pytest.fixture
def cast(session, course):
    """With everything approved, so that the holder of the pen has a plan in two browsers."""
    cast = make_cast(session, course)
    approve(session, cast.cohort, cast.team, course, *PARTS, by=cast.people["nora"])
    session.commit()
    return cast


def test_of_two_first_texts_both_survive(cast, session, at_once):
    nora, path = cast.people["nora"], f"/team/{cast.team.id}/plan/kapitel/lage"
    forms = [{"v": 0, "a-GU8-lage": f"Text {number}."} for number in range(2)]
    assert sorted(at_once(*[(nora, path, form) for form in forms])) == [303, 409]
    session.commit()
    kept = session.scalars(select(PlanChapter)).one()
    assert kept.answers["GU8-lage"] in ("Text 0.", "Text 1.")
    assert kept.version == 1


def test_two_who_issue_at_once_make_one_edition(cast, session, login, at_once):
    nora, path = cast.people["nora"], f"/team/{cast.team.id}/plan/ge-ut"
    mark = mark_in(login(nora).get(path).get_data(as_text=True))
    form = {"mark": mark, "attest": "1", "checked": "1", "language": "sv"}
    assert sorted(at_once((nora, path, form), (nora, path, form))) == [303, 409]
    session.commit()
    assert [one.number for one in session.scalars(select(MunicipalPlan))] == [1]
