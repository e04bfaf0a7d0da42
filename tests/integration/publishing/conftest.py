"""A cohort on a small course, and a press that publishes it."""

from dataclasses import replace
from datetime import date

import pytest

from app import db
from tests.factories import make_cohort, make_enrollment, make_user
from tests.looking_at_progress import finish
from tests.press import Press
from tests.small_course import PLAN


@pytest.fixture
def config(config, tmp_path):
    """A data folder of its own: these tests publish."""
    return replace(config, data_dir=tmp_path / "data")


@pytest.fixture
def press(app):
    press = Press(app)
    press.publish(PLAN)
    return press


@pytest.fixture
def cohort(press, app):
    with db.transaction(app) as session:
        return make_cohort(session, press.course, opens={"M2": date(2026, 10, 5)})


@pytest.fixture
def anna(app, press, cohort):
    """Somebody who has finished everything but the joint assignment."""
    with db.transaction(app) as session:
        anna = make_enrollment(session, cohort, user=make_user(session, name="Anna"))
        finish(session, press.course, anna, "L1", "L2", "K1", "U1", "L3", "L4")
        return anna
