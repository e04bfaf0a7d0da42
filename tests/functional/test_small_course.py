"""Another course, in another place: what is found, printed and taken away works there too."""

import pytest

from tests.documents import Document


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_small_course_is_shown_to_visitors(small, language):
    course = small.courses[language]
    page = small.visitor.get("/", query_string={"lang": language}).text
    assert course.title in page
    assert all(module.title in page for module in course.modules)


def test_the_small_course_is_searched(small):
    lesson = small.courses["sv"].lessons[0]
    for client in (small.visitor, small.participant):
        page = client.get("/sok", query_string={"q": lesson.title}).text
        assert f"/{lesson.slug}" in page


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_small_course_is_printed_and_saved(small, language):
    for module in small.courses[language].modules:
        for path in (f"/modul/{module.slug}/skriv-ut", f"/modul/{module.slug}/spara",
                     "/utbildningen/skriv-ut"):
            page = small.participant.get(path, query_string={"lang": language})
            assert page.status_code == 200
            assert Document(page.text).problems() == []
            assert module.title in page.text


def test_the_small_course_has_its_own_page_and_none_for_managers(small):
    page = small.courses["sv"].pages[0]
    assert page.html in small.visitor.get(f"/{page.slug}").text
    assert page.title in small.visitor.get("/").text
    assert small.visitor.get("/till-dig-som-ar-chef").status_code == 404
