"""`flask content publish`: says what changed and for how many, or why nothing did."""

from dataclasses import replace

import pytest

from app import db
from courses.models import Cohort
from courses.queries.publishing import consequences
from tests.conftest import statements_of
from tests.factories import make_cohort, make_enrollment, make_submission, make_team
from tests.press import Press
from tests.small_course import PLAN, Line, Part, Step, changed, files_of, without


@pytest.fixture
def config(config, tmp_path):
    return replace(config, data_dir=tmp_path / "data", content_dir=tmp_path / "none")


@pytest.fixture
def press(app):
    press = Press(app)
    press.publish(PLAN)
    return press


@pytest.fixture
def cohort(app, press):
    with db.transaction(app) as session:
        cohort = make_cohort(session, press.course, name="Höstens omgång")
        team = make_team(session, cohort)
        anna, _bo = (make_enrollment(session, cohort, team=team) for _ in range(2))
        make_submission(session, cohort, anna, press.course.items["U1"])
        make_submission(session, cohort, team, press.course.items["G1"])
        return cohort


@pytest.fixture
def run(app, tmp_path):
    def publish(plan, *options, **replaced):
        folder = tmp_path / "kurs"
        for path, content in (files_of(plan) | replaced).items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return app.test_cli_runner().invoke(args=["content", "publish", str(folder), *options])

    return publish


def test_it_says_what_changed_and_for_how_many(run, session, cohort):
    plan = without(changed(PLAN, "L2"), "U1", "G1")
    result = run(replace(plan, steps=(*plan.steps, Step("M3", (Part("L9"), Part("L8"))))))

    assert result.output.splitlines() == [
        "smakurs: upplaga 2",
        "  2 nya, 2 borttagna, 1 ändrade, 0 flyttade, 1 ändrade krav",
        "  Höstens omgång: läser upplaga 2, 2 deltagare",
        "    1 person och 1 team har påbörjat en uppgift som inte finns kvar",
    ]


def test_cohorts_can_stay_where_they_are(run, session, cohort):
    result = run(changed(PLAN, "L2"), "--cohorts", "new")

    assert "  Höstens omgång: står kvar på upplaga 1, 2 deltagare" in result.output
    assert session.get_one(Cohort, cohort.id).edition_id == cohort.edition_id


def test_what_has_errors_is_named_and_nothing_is_published(run, press):
    result = run(PLAN, **{"m1/module.md": b"+++\n+++\n"})

    assert result.exit_code == 1
    assert "m1/module.md" in result.output
    assert len(press.history().lines) == 1


def test_a_refusal_is_told_in_words(run, press, cohort):
    plan = replace(
        PLAN, steps=(Step("M9", (Part("L9"),)),), lines=(Line("ny", ("L9",)),)
    )
    result = run(plan)

    assert result.exit_code == 1
    assert "ingenting av det som ”Höstens omgång” kräver" in result.output
    assert len(press.history().lines) == 1


def test_whom_it_concerns_is_found_in_three_statements_whatever_the_size(app, press, cohort):
    with db.transaction(app) as session:
        for _ in range(3):
            other = make_cohort(session, press.course)
            for _ in range(4):
                make_enrollment(session, other)
    loaded = press.keep(without(changed(PLAN, "L1"), "G1"))
    with (
        app.extensions["database"].session(writes=False) as session,
        statements_of(app) as statements,
    ):
        told = consequences(session, press.store, loaded, today=cohort.starts_on)

    assert (len(told.cohorts), len(statements)) == (4, 3)
