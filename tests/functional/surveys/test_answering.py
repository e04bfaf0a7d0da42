"""A survey is voluntary, answered once, and its answers are nobody's in particular."""

import re
from datetime import timedelta

from sqlalchemy import select, text

from app import clock
from courses.models import (
    AccessEvent,
    AuditEvent,
    Completion,
    CompletionEvent,
    IdempotencyKey,
    SurveyAnswer,
    SurveyParticipation,
)
from courses.rules.surveys import week_of
from courses.vocabulary import EnrollmentState, Role, SurveyChoice
from tests.factories import make_role, make_user

FORE = "/enkat/fore"


def stored(session):
    session.rollback()
    session.expire_all()
    return session.scalars(select(SurveyAnswer).order_by(SurveyAnswer.key)).all()


def test_all_questions_stand_on_one_page_and_can_be_left_out(session, post, person, course):
    browser, enrollment = person()
    page = browser.get(FORE).get_data(as_text=True)
    survey = next(one for one in course.surveys if one.id == "fore")
    assert survey.intro in page
    assert page.index('href="#avsta"') < page.index("<fieldset") < page.index('id="avsta"')
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

    asked = post(FORE, {"choice": "decline", "q01": "4"}, on=browser)
    assert asked.status_code == 422
    assert "Vill du avstå?" in asked.text
    assert re.search(r'<input[^>]*checked[^>]*name="q01"[^>]*value="4"', asked.text)
    assert session.scalars(select(SurveyParticipation)).all() == []
    answer = post(FORE, {"choice": "decline-surely", "q01": "4"}, on=browser)

    assert "Du har avstått" in browser.get(answer.location).get_data(as_text=True)
    assert stored(session) == []
    assert session.get(Completion, (enrollment.id, "fore")) is not None
    assert session.scalars(select(SurveyParticipation.choice)).one() is SurveyChoice.DECLINED


def test_whoever_has_answered_is_not_asked_again(session, post, person):
    browser, _ = person()
    post(FORE, {"q01": "4"}, on=browser)
    for again in ({"q01": "1"}, {"choice": "decline-surely"}):
        assert post(FORE, again, on=browser).status_code == 303

    assert [one.answers for one in stored(session)] == [{"q01": 4}]
    assert len(session.scalars(select(CompletionEvent)).all()) == 1
    assert "<fieldset" not in browser.get(FORE).get_data(as_text=True)


def test_enter_in_an_answer_sends_nothing_and_keeps_it(session, post, person):
    browser, _ = person()
    shown = browser.get(FORE).get_data(as_text=True)
    first = re.search(r'name="choice" value="(\w+)"', shown).group(1)

    page = post(FORE, {"q01": "3", "choice": first}, on=browser)

    assert page.status_code == 422
    text = page.get_data(as_text=True)
    assert "Inget är skickat än." in text
    assert re.search(r'<input checked[^>]* name="q01"[^>]* value="3"', text)
    assert stored(session) == []


def test_a_page_without_an_answer_is_no_answer(session, post, person):
    browser, _ = person()

    page = post(FORE, {"choice": "answer"}, on=browser)

    assert page.status_code == 422
    assert "Svara på minst en fråga" in page.get_data(as_text=True)
    assert post(FORE, {"q01": "9"}, on=browser).status_code == 422
    assert stored(session) == []


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
