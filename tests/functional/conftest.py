"""Several browsers that press at the same moment; and the small course of the tests, served
alone: nothing in Stegvis may know the real one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from config import ROOT
from courses.catalog import Course
from tests.conftest import token_from
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


@pytest.fixture
def at_once(app, login):
    """Post forms, each `(user, path, fields)` from a browser of its own, at the same moment;
    return the statuses in the same order."""

    def press(*clicks):
        browsers = [login(user, on=app.test_client()) for user, _path, _fields in clicks]
        tokens = [token_from(browser) for browser in browsers]
        barrier = Barrier(len(clicks))

        def click(number):
            _user, path, fields = clicks[number]
            keys = {"csrf_token": tokens[number], "idem": f"race-{number}"}
            barrier.wait()
            return browsers[number].post(path, data=keys | fields).status_code

        with ThreadPoolExecutor(len(clicks)) as pool:
            return list(pool.map(click, range(len(clicks))))

    return press
