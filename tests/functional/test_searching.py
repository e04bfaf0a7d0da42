"""Search: what a participant, those who follow the course, others and visitors find."""

import re
from collections import Counter
from datetime import date

import pytest

from app.views.searching import LONGEST
from courses.vocabulary import Role
from tests.factories import make_cohort, make_enrollment, make_role, make_user, user_of

AHEAD = date(2099, 2, 9)


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course, opens={course.modules[1].id: AHEAD})


@pytest.fixture
def as_karin(client, login, session, cohort):
    login(user_of(session, make_enrollment(session, cohort)))
    return client


def search(client, query, **more):
    return client.get("/sok", query_string={"q": query} | more)


def results(page):
    """Title → the whole result, as HTML."""
    found = re.findall(r"<li>\s*<h3>(.*?)</h3>(.*?)</li>", page.text, re.S)
    return {re.sub(r"<.*?>", "", title): title + rest for title, rest in found}


def result_of(page, item):
    return next(html for title, html in results(page).items() if title == item.title)


# ---- members


def test_a_lesson_leads_to_the_part_that_has_the_words(as_karin, course):
    lesson = course.lessons[0]
    heading = lesson.parts[0]

    page = search(as_karin, heading.title)

    assert page.status_code == 200
    found = result_of(page, lesson)
    address = f"/modul/{course.modules[0].slug}/{lesson.slug}"
    assert f'<a href="{address}">' in found
    assert f'href="{address}#{heading.anchor}"' in found
    assert "<mark>" in found
    assert f'id="{heading.anchor}"' in as_karin.get(address).text


def test_a_word_explained_leads_to_the_words_of_its_lesson(as_karin, course):
    terms = Counter(word.term for one in course.lessons for word in one.words)
    lesson, word = next(
        (one, word)
        for one in course.modules[0].lessons for word in one.words if terms[word.term] == 1
    )

    found = results(search(as_karin, word.term))[word.term]

    assert f'/{lesson.slug}#ord"' in found
    assert 'id="ord"' in as_karin.get(f"/modul/{course.modules[0].slug}/{lesson.slug}").text


def test_what_has_not_opened_says_when_and_leads_nowhere(as_karin, course):
    module = course.modules[1]

    page = search(as_karin, module.lessons[0].title)

    closed = result_of(page, module.lessons[0])
    assert "öppnar 9 februari 2099" in closed
    assert "href" not in closed
    summary = result_of(search(as_karin, module.title), module)
    assert f'href="/modul/{module.slug}"' in summary


def test_those_who_follow_the_course_read_ahead(client, login, session, cohort, course):
    login(make_role(session, Role.TRAINER, cohort=cohort))
    lesson = course.modules[1].lessons[0]

    assert f"/{lesson.slug}" in result_of(search(client, lesson.title), lesson)

    assignment = course.modules[0].assignments[0]
    found = result_of(search(client, assignment.title), assignment)
    assert f'href="/modul/{course.modules[0].slug}"' in found


def test_who_reads_no_course_finds_what_everybody_may_read(client, login, session, course):
    login(make_user(session))
    page = search(client, course.lessons[0].title)

    assert page.status_code == 200
    found = result_of(page, course.lessons[0])
    assert "läses av dem som går utbildningen" in found
    assert "href" not in found
    assert 'name="csrf_token"' in page.text  # the member's menu


def test_a_search_asks_little_of_the_database(as_karin, count_statements):
    with count_statements() as statements:
        assert search(as_karin, "våld").status_code == 200
    assert len(statements) <= 5


def test_the_field_stands_in_the_menu(as_karin):
    page = as_karin.get("/hem").text
    assert page.count('role="search"') == 2  # for wide and for narrow screens
    assert 'action="/sok"' in page


# ---- visitors


def test_a_visitor_searches_without_a_database_or_a_cookie(client, course, count_statements):
    lesson = course.lessons[0]
    with count_statements() as statements:
        page = search(client, lesson.title)

    assert statements == []
    assert "Set-Cookie" not in page.headers
    assert "läses inloggad" in result_of(page, lesson)
    module = course.modules[0]
    found = result_of(search(client, module.title), module)
    assert f'href="/#{module.slug}"' in found
    start = client.get("/").text
    assert f'id="{module.slug}"' in start
    assert 'action="/sok"' in start


def test_a_lesson_that_a_visitor_follows_asks_to_log_in_and_leads_there(client, course):
    lesson = course.lessons[0]
    found = result_of(search(client, lesson.title), lesson)
    answer = client.get(re.search(r'href="([^"#]+)"', found)[1])
    assert answer.status_code == 303
    assert answer.location.startswith("/logga-in?next=")


# ---- what people write


def test_an_empty_search_shows_the_field_and_how_it_works(client):
    for path in ("/sok", "/sok?q=", "/sok?q=%20%20"):
        page = client.get(path)
        assert page.status_code == 200
        assert "början av ett ord räcker" in page.text
        assert "träff" not in page.text


def test_a_letter_alone_is_too_little(client):
    assert "minst två bokstäver" in search(client, "ö").text


def test_nothing_found_comes_with_advice(client):
    page = search(client, "xyzzy plugh").text
    for advice in ("Inga träffar", "Kontrollera stavningen", "Ta bort ett ord", "Se alla moduler"):
        assert advice in page
    assert "Ta bort ett ord" not in search(client, "xyzzy").text


def test_markup_in_a_query_is_text(client):
    page = search(client, "<script>alert(1)</script>\"'><b>våld").text
    assert "<script>alert" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("query", ["ord " * 125, "x" * 500, "%" * 500, "våld" * 125])
def test_five_hundred_signs_are_answered(client, query):
    page = search(client, query)
    assert page.status_code == 200
    assert f'value="{" ".join(query.split())[:LONGEST]}"' in page.text


def test_of_many_words_it_is_said_which_were_looked_for(client):
    page = search(client, " ".join(f"ord{n}" for n in range(20))).text
    assert "ord11." in page
    assert "ord12." not in page


def test_english_is_searched_in_english(client, course):
    page = search(client, "violence", lang="en").text
    assert "results</h2>" in page
    assert '<input type="hidden" name="lang" value="en">' in page
