"""What the certificate asks for, from the first day, and what one vouches for oneself."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from courses.models import Completion, CompletionEvent
from courses.services.progress import record_completion
from courses.vocabulary import CompletionKind, EnrollmentState
from tests.conftest import statements_of
from tests.factories import make_cohort, make_enrollment, make_team, make_user, user_of

PAGE = "/hem/krav/webbkurs"


@pytest.fixture
def karin(session, course):
    cohort = make_cohort(session, course)
    return make_enrollment(
        session, cohort, team=make_team(session, cohort), user=make_user(session, name="Karin Ek")
    )


def finish(session, course, enrollment, *item_ids):
    for item_id in item_ids:
        record_completion(
            session, enrollment=enrollment, item_id=item_id, course=course,
            actor_id=enrollment.user_id, now=clock.now(),
        )


def line(page, title):
    """The line of the list under *Vägen till intyget*."""
    listed = page.text.split("Vägen till intyget", 1)[1]
    return next(one for one in listed.split("<li>") if title in one).split("</li>")[0]


def test_every_line_is_there_from_the_first_day(client, login, session, course, karin):
    login(user_of(session, karin))

    page = client.get("/hem")

    for one in course.requirements:
        assert "återstår" in line(page, one.title), one.id


def test_each_line_says_what_to_do_or_who_tells(client, login, session, course, karin):
    finish(session, course, karin, "L1.1")
    login(user_of(session, karin))

    page = client.get("/hem")

    assert f"Nästa: {course.items['L1.2'].title}" in line(page, "Alla lektioner")
    assert "1 av 36, 35 återstår" in line(page, "Alla lektioner")
    assert f"Nästa: {course.items['K1'].title}" in line(page, "Alla kunskapskollar")
    assert PAGE in line(page, "Webbkurs om våld")
    assert "Utbildaren noterar närvaron vid träffarna." in line(page, "elva av tretton")
    assert "Skriv en rad om ditt bidrag" in line(page, "Eget bidrag")
    assert "Utbildaren noterar det." in line(page, "slutpresentationen")
    assert "Att svara och att avstå räknas lika." in line(page, "Enkäterna")


def test_eleven_half_days_are_enough_but_not_without_the_first_meeting(
    client, login, session, course, karin
):
    half_days = [one for one in course.beside if one[0] == "T"]
    finish(session, course, karin, *half_days[2:])
    login(user_of(session, karin))

    page = client.get("/hem")

    assert "Klart" in line(page, "elva av tretton")
    assert "0 av 2, 2 återstår" in line(page, "Båda halvdagarna på Träff 1")


def test_one_vouches_for_the_web_course_and_takes_it_back(
    client, login, session, post, course, karin
):
    login(user_of(session, karin))
    assert "Jag har gjort det" in client.get(PAGE).text
    day = clock.today() - timedelta(days=40)

    answer = post(PAGE, {"on": day.isoformat()})

    assert (answer.status_code, answer.location) == (303, PAGE)
    assert f"gjorde det {day.day} " in client.get(PAGE).text
    assert "Du intygade det" in line(client.get("/hem"), "Webbkurs om våld")
    event = session.scalars(select(CompletionEvent)).one()
    assert (event.item_id, event.kind) == ("webbkurs", CompletionKind.DONE)
    assert (event.actor_id, event.at.date()) == (karin.user_id, day)

    assert post(f"{PAGE}/angra").status_code == 303
    assert "Jag har gjort det" in client.get(PAGE).text
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Completion)) == 0


@pytest.mark.parametrize("typed, error", [
    ("", "Välj en dag"), ("2098-01-01", "Välj en dag som har varit"),
    ("0202-01-01", "Välj en dag mellan åren"), ("i går", "datum"),
])
def test_a_day_that_is_none_is_asked_for_again(
    client, login, session, post, karin, typed, error
):
    login(user_of(session, karin))

    answer = post(PAGE, {"on": typed})

    assert answer.status_code == 422
    assert error in answer.text.split('id="fel"', 1)[1].split("</ul>")[0]
    assert session.scalar(select(func.count()).select_from(CompletionEvent)) == 0


@pytest.mark.parametrize("path", ["T1.1", "slutpresentation", "fore", "GU4.bidrag", "L1.1", "x"])
def test_nothing_else_can_be_vouched_for(client, login, session, post, karin, path):
    login(user_of(session, karin))

    assert client.get(f"/hem/krav/{path}").status_code == 404
    assert post(f"/hem/krav/{path}", {"on": "2026-01-01"}).status_code == 404


def test_who_has_a_break_can_read_but_not_vouch(client, login, session, post, karin):
    karin.state = EnrollmentState.PAUSED
    login(user_of(session, karin))

    page = client.get(PAGE)

    assert page.status_code == 200
    assert "Jag har gjort" not in page.text
    assert post(PAGE, {"on": "2026-01-01"}).status_code == 403


def test_the_page_asks_few_questions(app, client, login, session, karin):
    login(user_of(session, karin))

    for path in (PAGE, "/hem"):
        with statements_of(app) as statements:
            client.get(path)
        assert len(statements) <= 8
