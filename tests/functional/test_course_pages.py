"""The course's own pages: for managers, with what the course takes; the sheet to use at work."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from courses.catalog import effort_of
from courses.models import CohortMeeting
from tests.documents import Document
from tests.factories import make_cohort

MANAGERS = "/till-dig-som-ar-chef"
NEXT_YEAR = date(2098, 9, 15)  # Monday of week 38


def get(client, path, language):
    return client.get(path, query_string={"lang": language})


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_of_the_course_can_be_read_by_anyone(client, app, course, language):
    there = app.extensions["editions"].get(course.digest).course(language)
    assert there.pages
    for page in there.pages:
        answer = get(client, f"/{page.slug}", language)
        assert answer.status_code == 200
        assert page.html in answer.text
        assert page.title in answer.text
        assert "Set-Cookie" not in answer.headers
        assert Document(answer.text).problems() == []
        assert f"/{page.slug}?lang={language}" in get(client, "/", language).text


def test_an_address_that_is_no_page_is_not_found(client):
    assert client.get("/finns-inte").status_code == 404


def test_managers_see_what_the_course_takes(client, course):
    page = client.get(MANAGERS).text
    effort = effort_of(course)

    assert f"ungefär {effort.working_days} arbetsdagar" in page
    assert f"under {effort.weeks} veckor" in page
    assert f"{effort.half_days_on_site} halvdagar" in page
    for meeting in course.meetings:
        assert f'<th scope="row">{meeting.title}</th><td>{meeting.week}</td>' in page
    assert "räknade från att omgången börjar" in page


def test_how_long_a_meeting_is_stands_on_both_pages(client):
    for path in ("/", MANAGERS):
        page, english = client.get(path).text, client.get(f"{path}?lang=en").text
        assert page.count("<td>2 dagar, lunch till lunch</td>") == 2
        assert "<td>2 halvdagar</td>" in page
        assert "<td>1 halvdag</td>" in page
        assert english.count("<td>2 days, lunch to lunch</td>") == 2


def test_the_figures_are_counted_from_the_course(course):
    effort = effort_of(course)

    assert effort.lessons == sum(module.minutes for module in course.modules)
    assert effort.assignments == sum(one.minutes for one in course.assignments)
    assert effort.on_site + effort.online == 60 * sum(one.hours for one in course.meetings)
    assert effort.meetings_on_site + effort.meetings_online == len(course.meetings)
    longer = replace(course, meetings=(*course.meetings, replace(course.meetings[0], week=99)))
    assert effort_of(longer).weeks == 99
    assert effort_of(replace(course, modules=(), meetings=(), plan=replace(
        course.plan, opens={}, due={}))).a_week == 0


def test_a_cohort_that_is_planned_is_told_of_in_weeks_alone(client, session, course):
    cohort = make_cohort(session, course, starts_on=NEXT_YEAR, opened_at=None, name="Hemlig")
    session.add(
        CohortMeeting(
            cohort_id=cohort.id, meeting_id=course.meetings[0].id, place="Rum 3", link="",
            starts_at=datetime(2098, 9, 24, 8, tzinfo=UTC),
            ends_at=datetime(2098, 9, 24, 14, tzinfo=UTC),
        )
    )
    make_cohort(session, course, starts_on=date(2099, 1, 5))
    session.commit()

    page = client.get(MANAGERS).text

    assert "Nästa omgång planeras börja vecka 38 år 2098." in page
    assert f'<th scope="row">{course.meetings[0].title}</th><td>39, 2098</td>' in page
    for secret in ("Hemlig", "Rum 3", "24 september"):
        assert secret not in page


def test_a_cohort_that_has_begun_is_not_the_next(client, session, course):
    make_cohort(session, course)
    session.commit()
    assert "Nästa omgång" not in client.get(MANAGERS).text


def test_the_managers_page_asks_one_thing_of_the_database(client, count_statements):
    with count_statements() as statements:
        client.get(MANAGERS)
    assert len(statements) == 1


def test_the_foot_of_every_page_leads_there(client, course):
    for path in ("/kontakt", "/logga-in", "/finns-inte"):
        assert f'href="{MANAGERS}"' in client.get(path).text


def test_they_are_found_by_a_search(client, course):
    for page in course.pages:
        found = client.get("/sok", query_string={"q": page.title}).text
        assert f'<a href="/{page.slug}">' in found
        assert "Sida som alla kan läsa" in found
