"""Karin, Olle and Pia write a joint assignment."""


import pytest

from tests.factories import make_cohort
from tests.writing_together import make_trio, work_of


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course)


@pytest.fixture
def trio(session, cohort):
    return make_trio(session, cohort)


@pytest.fixture
def joint(course):
    return course.items["GU4"]


@pytest.fixture
def text(joint):
    """The first section of free text."""
    return next(one.id for one in joint.sections if one.kind == "text")


@pytest.fixture
def works(session, trio, course, joint):
    """Work of Karin, Olle and Pia."""
    people = (trio.karin, trio.olle, trio.pia)
    return [work_of(one, trio.team, course, joint) for one in people]
