"""The small course of the tests, served alone: nothing in Stegvis may know the real one."""

from dataclasses import dataclass, replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from config import ROOT
from courses.catalog import Course
from tests.factories import make_cohort, make_enrollment, user_of
from tests.speed import COMPILED


@dataclass(frozen=True)
class Small:
    app: Flask
    courses: dict[str, Course]
    """By language."""
    visitor: FlaskClient
    participant: FlaskClient


@pytest.fixture
def small(config, tmp_path, login):
    app = create_app(
        replace(config, data_dir=tmp_path / "small", content_dir=ROOT / "tests" / "content")
    )
    app.jinja_env.bytecode_cache = COMPILED
    course = app.extensions["editions"].published("provkurs")
    with app.extensions["database"].session(writes=True) as session, session.begin():
        cohort = make_cohort(session, course.course("sv"))
        enrollment = make_enrollment(session, cohort)
        user = user_of(session, enrollment)
        session.expunge(user)
    courses = {language: course.course(language) for language in course.languages}
    yield Small(app, courses, app.test_client(), login(user, on=app.test_client()))
    app.extensions["database"].engine.dispose()
