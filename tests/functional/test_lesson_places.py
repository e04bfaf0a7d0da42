"""Where in a lesson one was is remembered until the lesson is done."""

from datetime import date

import pytest
from sqlalchemy import func, select

from courses.models import LessonPlace
from courses.vocabulary import EnrollmentState
from tests.conftest import statements_of
from tests.factories import make_cohort, make_enrollment, user_of


@pytest.fixture
def lesson(course):
    return course.items["L2.2"]


@pytest.fixture
def path(course, lesson):
    return f"/modul/{course.module_of(lesson.id).slug}/{lesson.slug}"


@pytest.fixture
def karin(session, course):
    return make_enrollment(session, make_cohort(session, course))


@pytest.fixture
def as_karin(client, login, session, karin):
    login(user_of(session, karin))
    return client


def places(session):
    session.rollback()
    return session.scalars(select(LessonPlace)).all()


def card(page):
    return page.text.split('class="next"', 1)[1].split("</section>", 1)[0]


def test_a_button_keeps_the_place_and_the_first_page_leads_there(
    as_karin, post, session, lesson, path
):
    part = lesson.parts[1]
    assert f'value="{part.anchor}"' in as_karin.get(path).text

    answer = post(f"{path}/plats", {"part": part.anchor})

    assert (answer.status_code, answer.location) == (303, "/hem")
    page = as_karin.get("/hem")
    assert f"Nästa gång börjar du vid ”{part.title}”." in page.text
    assert f"Du var vid ”{part.title}”." in card(page)
    assert f"Fortsätt: {lesson.title}" in card(page)
    assert f'href="{path}#{part.anchor}"' in card(page)
    assert f'<a href="#{part.anchor}">Läs vidare där</a>' in as_karin.get(path).text


def test_the_browser_is_told_nothing_and_the_last_place_holds(
    as_karin, post, session, lesson, path
):
    for part in lesson.parts[1:3]:
        answer = post(f"{path}/plats", {"part": part.anchor, "tyst": "1"})
        assert (answer.status_code, answer.data) == (204, b"")

    kept, = places(session)
    assert kept.part == lesson.parts[2].anchor


def test_a_part_that_is_gone_is_no_place(as_karin, post, session, path):
    answer = post(f"{path}/plats", {"part": "avsnitt-som-inte-finns"})

    assert (answer.status_code, answer.location) == (303, path)
    assert places(session) == []


def test_when_the_lesson_is_done_the_place_is_forgotten(
    as_karin, post, session, lesson, path, course
):
    post(f"{path}/plats", {"part": lesson.parts[1].anchor})
    assert post(f"{path}/klar").status_code == 303

    assert places(session) == []
    assert "resumed" not in as_karin.get("/hem").text
    post(f"{path}/plats", {"part": lesson.parts[1].anchor})
    assert places(session) == []
    assert 'id="plats"' not in as_karin.get(path).text
    assert course.lessons[0].title in card(as_karin.get("/hem"))


def test_opening_a_lesson_changes_nothing(as_karin, session, path):
    as_karin.get(path)

    assert places(session) == []


def test_a_place_in_a_module_that_has_not_opened_is_not_kept(
    client, login, session, post, course, lesson, path
):
    karin = make_enrollment(session, make_cohort(session, course, opens={"M2": date(2099, 1, 1)}))
    login(user_of(session, karin))

    assert post(f"{path}/plats", {"part": lesson.parts[1].anchor}).status_code == 409
    assert places(session) == []


def test_during_a_break_nothing_is_kept(as_karin, post, session, karin, lesson, path):
    karin.state = EnrollmentState.PAUSED
    session.commit()

    assert post(f"{path}/plats", {"part": lesson.parts[1].anchor}).status_code == 403
    assert 'id="plats"' not in as_karin.get(path).text


def test_the_lesson_and_the_first_page_ask_few_questions(
    app, as_karin, post, lesson, path, session
):
    post(f"{path}/plats", {"part": lesson.parts[1].anchor})

    for page in (path, "/hem"):
        with statements_of(app) as statements:
            as_karin.get(page)
        assert len(statements) <= 8
    assert session.scalar(select(func.count()).select_from(LessonPlace)) == 1
