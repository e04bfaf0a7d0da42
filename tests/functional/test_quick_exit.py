"""Without JavaScript *Lämna sidan* is a plain link to a page that says nothing about anybody."""

import re

import pytest

from tests.factories import make_cohort, make_enrollment, user_of

LINK = re.compile(r'<a class="btn exit" href="([^"]+)" rel="([^"]+)"')


@pytest.fixture
def as_karin(client, login, session, course):
    login(user_of(session, make_enrollment(session, make_cohort(session, course))))
    return client


def path_of(course, lesson):
    return f"/modul/{course.module_of(lesson.id).slug}/{lesson.slug}"


@pytest.mark.parametrize("page", ["lesson", "/stod", "/reflektioner", "/reflektioner/ny"])
def test_a_sensitive_page_has_it_right_after_the_skip_link(as_karin, course, page):
    if page == "lesson":
        page = path_of(course, next(one for one in course.lessons if one.sensitive))
    text = as_karin.get(page).text

    href, rel = LINK.search(text).groups()
    assert href == "https://www.smhi.se/"
    assert "noreferrer" in rel
    assert 0 < text.index('class="skip"') < text.index("data-exit") < text.index("<header")
    assert re.search(r'<script type="module" src="/static/[^"]*exit\.js', text)


def test_other_lessons_do_without(as_karin, course):
    calm = next(one for one in course.lessons if not one.sensitive)

    assert "data-exit" not in as_karin.get(path_of(course, calm)).text
