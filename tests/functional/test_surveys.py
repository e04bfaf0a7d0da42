"""Surveys: voluntary, nobody's in particular, and shown for a whole cohort from five answers."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from app import clock
from app.views import surveys as views
from courses.models import (
    AccessEvent,
    AuditEvent,
    Completion,
    CompletionEvent,
    IdempotencyKey,
    SurveyAnswer,
    SurveyParticipation,
    SurveyResult,
)
from courses.rules.surveys import week_of
from courses.vocabulary import EnrollmentState, Role, SurveyChoice
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_organization,
    make_role,
    make_user,
    user_of,
)

FORE = "/enkat/fore"


@pytest.fixture
def cohort(session, course):
    cohort = make_cohort(session, course)
    session.commit()
    return cohort


@pytest.fixture
def person(app, session, cohort, login):
    """Give a new participant's browser and place."""

    def join(**fields):
        enrollment = make_enrollment(session, cohort, **fields)
        session.commit()
        return login(user_of(session, enrollment), on=app.test_client()), enrollment

    return join


@pytest.fixture
def everybody(post, person):
    """Let so many people answer a survey, each as `filled_in(number)` says."""

    def answer(many, filled_in=lambda number: {"q01": str(number % 5 + 1)}, survey="fore"):
        for number in range(many):
            browser, _ = person()
            sent = filled_in(number)
            assert post(f"/enkat/{survey}", sent, on=browser).status_code == 303

    return answer


@pytest.fixture
def coordinator(app, session, cohort, login):
    user = make_role(session, Role.COORDINATOR, cohort=cohort)
    session.commit()
    return login(user, on=app.test_client())


def stored(session):
    session.rollback()
    session.expire_all()
    return session.scalars(select(SurveyAnswer).order_by(SurveyAnswer.key)).all()


def test_all_questions_stand_on_one_page_and_can_be_left_out(session, post, person, course):
    browser, enrollment = person()
    page = browser.get(FORE).get_data(as_text=True)
    survey = next(one for one in course.surveys if one.id == "fore")
    assert survey.intro in page
    assert page.count("<fieldset") == len(survey.questions) == 20
    assert page.count("vet inte</span>") == 16
    assert page.count("inte aktuellt</span>") == 4

    answer = post(FORE, {"q01": "4", "q02": "0", "q13": "5"}, on=browser)

    assert answer.status_code == 303
    assert "dina svar är sparade" in browser.get(answer.location).get_data(as_text=True)
    assert [one.answers for one in stored(session)] == [{"q01": 4, "q02": 0, "q13": 5}]
    participation = session.scalars(select(SurveyParticipation)).one()
    assert participation.enrollment_id == enrollment.id
    assert participation.choice is SurveyChoice.ANSWERED
    assert participation.week == week_of(clock.today())
    assert session.get(Completion, (enrollment.id, "fore")) is not None


def test_declining_counts_as_done_and_keeps_no_answers(session, post, person):
    browser, enrollment = person()

    answer = post(FORE, {"choice": "decline", "q01": "4"}, on=browser)

    assert "Du har avstått" in browser.get(answer.location).get_data(as_text=True)
    assert stored(session) == []
    assert session.get(Completion, (enrollment.id, "fore")) is not None
    assert session.scalars(select(SurveyParticipation.choice)).one() is SurveyChoice.DECLINED


def test_whoever_has_answered_is_not_asked_again(session, post, person):
    browser, _ = person()
    post(FORE, {"q01": "4"}, on=browser)
    for again in ({"q01": "1"}, {"choice": "decline"}):
        assert post(FORE, again, on=browser).status_code == 303

    assert [one.answers for one in stored(session)] == [{"q01": 4}]
    assert len(session.scalars(select(CompletionEvent)).all()) == 1
    assert "<fieldset" not in browser.get(FORE).get_data(as_text=True)


def test_a_page_without_an_answer_is_no_answer(session, post, person):
    browser, _ = person()

    page = post(FORE, {"choice": "answer"}, on=browser)

    assert page.status_code == 422
    assert "Svara på minst en fråga" in page.get_data(as_text=True)
    assert post(FORE, {"q01": "9"}, on=browser).status_code == 422
    assert stored(session) == []


@pytest.fixture
def at_the_end(monkeypatch):
    """The clock stands in the last weeks of the cohort's plan."""
    monkeypatch.setattr(views.clock, "today", lambda: date(2026, 9, 14) + timedelta(weeks=56))


def test_a_personal_number_stops_the_form_and_keeps_what_was_typed(
    app, session, post, person, at_the_end
):
    browser, _ = person()
    written = {"q01": "3", "f1": "Ring 19811218-9876 om det.", "f2": "Tiden räckte inte."}

    page = post("/enkat/slut", written, on=browser)

    assert page.status_code == 422
    shown = page.get_data(as_text=True)
    assert "ser ut som ett personnummer" in shown
    assert "Tiden räckte inte." in shown
    assert re.search(r'<input checked[^>]* name="q01"[^>]* value="3"', shown)
    assert stored(session) == []
    assert post("/enkat/slut", written | {"f1": "Samtalen."}, on=browser).status_code == 303
    assert stored(session)[0].answers == {
        "q01": 3, "f1": "Samtalen.", "f2": "Tiden räckte inte.",
    }


def test_a_survey_opens_in_its_week_and_not_before(session, post, person):
    browser, _ = person()
    page = browser.get("/enkat/slut").get_data(as_text=True)
    assert "Enkäten öppnar" in page
    assert "<fieldset" not in page
    assert post("/enkat/slut", {"q01": "3"}, on=browser).status_code == 409
    assert browser.get("/enkat/puls").status_code == 404
    assert browser.get("/enkat/annan").status_code == 404
    assert stored(session) == []


def test_who_may_answer(app, session, post, person, cohort, login):
    paused, _ = person(state=EnrollmentState.PAUSED)
    assert "Enkäten är stängd" in paused.get(FORE).get_data(as_text=True)
    assert post(FORE, {"q01": "3"}, on=paused).status_code == 403
    trainer = login(make_role(session, Role.TRAINER, cohort=cohort), on=app.test_client())
    for browser in (trainer, login(make_user(session), on=app.test_client())):
        assert browser.get(FORE).status_code == 404
        assert post(FORE, {"q01": "3"}, on=browser).status_code == 404
    browser, _ = person()
    assert app.test_client().get(FORE).status_code == 303
    assert browser.post(FORE, data={"q01": "3"}).status_code == 400
    assert stored(session) == []


def test_nothing_else_in_the_database_knows_of_an_answer(session, post, person):
    browser, _ = person()
    post(FORE, {"q01": "4"}, on=browser)

    stored(session)
    for table in (IdempotencyKey, AccessEvent, AuditEvent):
        assert session.scalars(select(table)).all() == []
    event = session.scalars(select(CompletionEvent)).one()
    assert event.at.weekday() == 6 or event.at.hour in (22, 23)  # Monday's first moment, in UTC
    assert clock.now() - event.at < timedelta(days=8)
    columns = {column.name for column in SurveyAnswer.__table__.columns}
    assert columns == {"key", "cohort_id", "survey_id", "answers"}


def test_every_row_is_written_anew_with_each_answer(session, everybody):
    everybody(3)
    before = {one.key for one in stored(session)}
    assert len(before) == 3

    everybody(1)

    after = stored(session)
    assert len(after) == 4
    assert before.isdisjoint({one.key for one in after})
    if session.get_bind().dialect.name == "postgresql":
        marks = session.execute(text("SELECT xmin::text, key FROM survey_answer ORDER BY ctid"))
        transactions, keys = zip(*marks, strict=True)
        assert len(set(transactions)) == 1
        assert list(keys) == sorted(keys)


def test_the_results_come_with_the_fifth_answer_and_the_next_with_the_tenth(
    session, cohort, coordinator, everybody
):
    where = f"/enkater/{cohort.id}"
    everybody(4, lambda number: {"q01": "4"})
    page = coordinator.get(where).get_data(as_text=True)
    assert page.count("Färre än fem har svarat. Inget visas.") == 3
    assert "<table" not in page
    assert "förklara vad våld är" not in coordinator.get(f"{where}/csv").get_data(as_text=True)
    assert session.scalars(select(SurveyResult)).all() == []

    everybody(1, lambda number: {"q01": "4"})
    page = coordinator.get(where).get_data(as_text=True)
    assert "5 har svarat." in page
    assert "<table" in page

    everybody(4, lambda number: {"q01": "1"})
    assert "5 har svarat." in coordinator.get(where).get_data(as_text=True)

    everybody(1, lambda number: {"q01": "4"})
    page = coordinator.get(where).get_data(as_text=True)
    assert "10 har svarat." in page


def test_before_and_after_stand_side_by_side_on_screen_and_in_the_file(
    cohort, coordinator, everybody, at_the_end
):
    everybody(12, lambda number: {"q01": "2" if number < 6 else "3"})
    everybody(
        10, lambda number: {"q01": "4" if number < 5 else "5", "f1": f"Text nummer {number}"},
        survey="slut",
    )

    page = coordinator.get(f"/enkater/{cohort.id}").get_data(as_text=True)
    file = coordinator.get(f"/enkater/{cohort.id}/csv")

    question = page.split("förklara vad våld är")[1].split("</tbody>")[0]
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', question, re.DOTALL)
    cells = {
        title: re.findall(r'<td class="n">(\d+|<)', row) for title, row in rows
    }
    assert cells == {  # the first ten: six and four, of which neither may be said
        "Enkät före utbildningen": ["0", "<", "<", "0", "0", "0", "0", "2"],
        "Enkät efter utbildningen": ["0", "0", "0", "5", "5", "0", "0", "4"],
    }
    assert page.count("Text nummer") == 10
    assert file.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(file.get_data(as_text=True).lstrip("\ufeff")),
                           delimiter=";"))
    after = {row[2]: row[3] for row in rows
             if row[0] == "Enkät efter utbildningen" and "förklara vad våld" in row[1]}
    assert after == {
        "1": "0", "2": "0", "3": "0", "4": "5", "5": "5", "vet inte": "0", "Inget svar": "0",
        "Median": "4",
    }


def test_texts_are_shown_from_five_and_never_worked_out_by_a_spreadsheet(
    cohort, coordinator, everybody, at_the_end
):
    def filled_in(number):
        written = {"q01": "3", "f1": "=1+1 är min formel"}
        return written | ({"f2": "Bara några skrev det här"} if number < 4 else {})

    everybody(5, filled_in, survey="slut")
    page = coordinator.get(f"/enkater/{cohort.id}").get_data(as_text=True)
    file = coordinator.get(f"/enkater/{cohort.id}/csv").get_data(as_text=True)

    assert page.count("=1+1 är min formel") == 5
    assert "Bara några" not in page + file
    assert ";'=1+1 är min formel" in file


def test_who_may_see_the_results(app, session, cohort, login, everybody):
    everybody(5)
    norr = make_organization(session)
    other = make_cohort(session, app.extensions["editions"].published(cohort.course_id)
                        .course("sv"))
    for path in ("", "/csv"):
        for role, scope, status in (
            (Role.TRAINER, {"cohort": cohort}, 200),
            (Role.COORDINATOR, {}, 200),
            (Role.COORDINATOR, {"cohort": cohort, "organization": norr}, 404),
            (Role.TRAINER, {"cohort": other}, 404),
            (Role.EDITOR, {}, 404),
            (Role.ADMINISTRATOR, {}, 404),
        ):
            browser = login(make_role(session, role, **scope), on=app.test_client())
            assert browser.get(f"/enkater/{cohort.id}{path}").status_code == status


def test_the_results_take_few_statements(cohort, coordinator, everybody, count_statements):
    everybody(5)
    with count_statements() as statements:
        assert coordinator.get(f"/enkater/{cohort.id}").status_code == 200
    assert len(statements) <= 6
