"""What the database tells of a survey: nothing about who answered what, or in which order."""

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier

import pytest
from sqlalchemy import select, text

from app import clock, create_app
from courses.models import (
    Cohort,
    CompletionEvent,
    Enrollment,
    SurveyAnswer,
    SurveyParticipation,
)
from courses.services import surveys
from courses.services.surveys import answer_survey, decline_survey
from tests.conftest import fresh_database, token_from
from tests.factories import make_cohort, make_enrollment, user_of

ANSWERS = [
    {"q01": 1, "q02": 5}, {"q01": 2}, {"q01": 5, "q03": 0}, {"q02": 4}, {"q01": 1, "q02": 5},
    {"q01": 3, "q13": 2}, {"q20": 0},
]


@pytest.fixture
def databases(template, config, tmp_path):
    """Two sites with the same people, whose databases know nothing of each other."""
    from dataclasses import replace

    with ExitStack() as stack:
        sites = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            url = stack.enter_context(fresh_database(template, tmp_path / name))
            app = create_app(replace(config, database_url=url))
            stack.callback(app.extensions["database"].engine.dispose)
            course = app.extensions["editions"].published("processledarutbildning").course("sv")
            with app.extensions["database"].session(writes=True) as session, session.begin():
                cohort = make_cohort(session, course)
                for _ in ANSWERS:
                    make_enrollment(session, cohort)
            sites.append((app, course))
        yield sites


def keys_from(number):
    """The same keys for the same number of rows, so that two databases can be compared."""
    source = random.Random(number)  # noqa: S311 - for a test
    return lambda size: source.randbytes(size).hex()


def give(app, course, order, monkeypatch):
    """Let the people answer one after the other, each in a transaction of their own."""
    survey = next(one for one in course.surveys if one.id == "fore")
    monkeypatch.setattr(surveys, "token_hex", keys_from(1))
    database = app.extensions["database"]
    with database.session(writes=False) as session:
        ids = session.scalars(select(Enrollment.id).order_by(Enrollment.id)).all()
    for enrollment_id, place in zip(ids, order, strict=True):
        with database.session(writes=True) as session, session.begin():
            answer_survey(
                session, enrollment=session.get_one(Enrollment, enrollment_id), course=course,
                survey=survey, answers=ANSWERS[place], today=clock.today(),
            )


def table_of(app):
    """Everything that the table holds, in the order in which it lies there."""
    with app.extensions["database"].session(writes=False) as session:
        order = "" if session.get_bind().dialect.name == "sqlite" else " ORDER BY ctid"
        return session.execute(
            text(f"SELECT key, survey_id, cast(answers AS varchar) FROM survey_answer{order}")
        ).all()


@pytest.mark.parametrize("seed", range(3))
def test_the_same_answers_in_another_order_make_the_same_table(databases, monkeypatch, seed):
    first, second = list(range(len(ANSWERS))), list(range(len(ANSWERS)))
    random.Random(seed).shuffle(second)  # noqa: S311 - for a test
    for (app, course), order in zip(databases, (first, second), strict=True):
        give(app, course, order, monkeypatch)

    one, two = (table_of(app) for app, _ in databases)

    assert first != second
    assert one == two
    assert len(one) == len(ANSWERS)


def test_no_transaction_is_that_of_one_answer(databases, monkeypatch):
    app, course = databases[0]
    give(app, course, range(len(ANSWERS)), monkeypatch)
    with app.extensions["database"].session(writes=False) as session:
        if session.get_bind().dialect.name == "sqlite":
            # no row numbers, and the rows lie by their keys
            with pytest.raises(Exception, match="rowid"):
                session.execute(text("SELECT rowid FROM survey_answer"))
            return
        wrote = session.scalars(text("SELECT xmin::text FROM survey_answer")).all()
        took_part = session.scalars(text("SELECT xmin::text FROM survey_participation")).all()
    assert len(set(wrote)) == 1
    assert len(set(took_part)) == len(ANSWERS)


def test_two_clicks_at_once_are_one_answer(app, session, course, login):
    cohort = make_cohort(session, course)
    user = user_of(session, make_enrollment(session, cohort))
    session.commit()
    browsers = [login(user, on=app.test_client()) for _ in range(4)]
    tokens = [token_from(browser) for browser in browsers]
    barrier = Barrier(4)

    def click(number):
        barrier.wait()
        sent = {"csrf_token": tokens[number], "idem": "same", "q01": str(number + 1)}
        return browsers[number].post("/enkat/fore", data=sent).status_code

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(click, range(4))) == [303] * 4

    session.rollback()
    assert len(session.scalars(select(SurveyAnswer)).all()) == 1
    assert len(session.scalars(select(SurveyParticipation)).all()) == 1
    assert len(session.scalars(select(CompletionEvent)).all()) == 1


def test_all_who_answer_at_once_are_kept(app, session, course, login):
    cohort = make_cohort(session, course)
    people = [user_of(session, make_enrollment(session, cohort)) for _ in range(6)]
    session.commit()
    browsers = [login(user, on=app.test_client()) for user in people]
    tokens = [token_from(browser) for browser in browsers]
    barrier = Barrier(6)

    def click(number):
        barrier.wait()
        sent = {"csrf_token": tokens[number], "q01": str(number % 5 + 1)}
        return browsers[number].post("/enkat/fore", data=sent).status_code

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(click, range(6))) == [303] * 6

    session.rollback()
    kept = session.scalars(select(SurveyAnswer.answers)).all()
    assert sorted(one["q01"] for one in kept) == [1, 1, 2, 3, 4, 5]


def test_a_cohort_knows_nothing_of_anothers_answers(app, session, course):
    survey = next(one for one in course.surveys if one.id == "fore")
    people = [make_enrollment(session, make_cohort(session, course)) for _ in range(2)]
    session.commit()
    with app.extensions["database"].session(writes=True) as own, own.begin():
        for enrollment in people:
            answer_survey(
                own, enrollment=own.get_one(Enrollment, enrollment.id), course=course,
                survey=survey, answers={"q01": enrollment.id % 5 + 1}, today=clock.today(),
            )
    with app.extensions["database"].session(writes=True) as own, own.begin():
        late = make_enrollment(own, own.get_one(Cohort, people[0].cohort_id))
        decline_survey(
            own, enrollment=late, course=course, survey=survey, today=clock.today()
        )
    session.rollback()
    assert {one.cohort_id for one in session.scalars(select(SurveyAnswer))} == {
        enrollment.cohort_id for enrollment in people
    }
