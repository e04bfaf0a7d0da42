"""From an answer to where the lesson says it, and past what a content note warns of."""

import re

import pytest

from courses.catalog.reading_again import passage_for
from tests.factories import make_cohort, make_enrollment, user_of


@pytest.fixture
def as_karin(client, login, session, course):
    login(user_of(session, make_enrollment(session, make_cohort(session, course))))
    return client


def path_of(course, lesson):
    return f"/modul/{course.module_of(lesson.id).slug}/{lesson.slug}"


def ids(page):
    return set(re.findall(r'\bid="([^"]+)"', page))


def test_every_question_leads_to_a_place_that_is_on_the_page(as_karin, course):
    pages = {}
    for check in course.checks:
        for question in check.questions:
            lesson = course.items[question.lesson]
            path = path_of(course, lesson)
            if path not in pages:
                pages[path] = ids(as_karin.get(path).text)
            passage = passage_for(question, lesson)
            assert passage.anchor != "innehall", question.id
            assert passage.anchor in pages[path], question.id


def test_the_result_says_right_or_wrong_in_words_and_links_to_the_passage(as_karin, post, course):
    check = course.modules[1].check
    page = f"/modul/{course.modules[1].slug}/kunskapskoll"
    assert "Ingen ser dina svar." in as_karin.get(page).text
    answers = {one.id: str(one.right) for one in check.questions}
    first = check.questions[0]
    answers[first.id] = str((first.right + 1) % len(first.options))

    assert post(page, answers).status_code == 303

    shown = as_karin.get(page).text
    assert shown.count("Inte rätt.") == 1
    passage = passage_for(first, course.items[first.lesson])
    assert f'href="{path_of(course, passage.lesson)}#{passage.anchor}"' in shown
    assert f"Läs avsnittet ”{passage.part}”" in shown


def test_a_note_that_names_a_section_skips_to_it_and_no_further(as_karin, course):
    lesson = course.items["L2.3"]
    part = lesson.goes_on_at
    page = as_karin.get(path_of(course, lesson)).text

    assert part.title in lesson.note.source
    assert f'<a href="#{part.anchor}">Hoppa över den delen, till ”{part.title}”</a>' in page
    assert part.anchor in ids(page)
    assert part != lesson.parts[0]


def test_a_note_about_the_whole_text_skips_all_of_it(as_karin, course):
    lesson = course.items["L2.2"]
    page = as_karin.get(path_of(course, lesson)).text

    assert lesson.goes_on_at is None
    assert '<a href="#efter-texten">Hoppa över texten och gå vidare</a>' in page
