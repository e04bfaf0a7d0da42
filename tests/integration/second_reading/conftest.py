"""A text that two are to read."""


import pytest

from tests.factories import make_cohort
from tests.reading import (
    make_pair,
)


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course)


@pytest.fixture
def gu5(course):
    return course.items["GU5"]


@pytest.fixture
def pair(session, cohort, gu5):
    return make_pair(session, cohort, gu5)
