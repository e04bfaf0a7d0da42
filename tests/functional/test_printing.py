"""A module and the whole course on one page, and a module as a file that needs nothing else."""

import re
from datetime import date

import pytest

from courses.vocabulary import Role
from tests.documents import Document
from tests.factories import make_cohort, make_enrollment, make_role, make_user, user_of

AHEAD = date(2099, 2, 9)
LARGEST_FILE = 200_000


@pytest.fixture
def as_karin(client, login, session, course):
    user = make_user(session, name="Quirina Qvist", email="quirina.qvist@example.org")
    login(user_of(session, make_enrollment(session, make_cohort(session, course), user=user)))
    return client


def get(client, path, language="sv"):
    return client.get(path, query_string={"lang": language} if language != "sv" else {})


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_module_is_on_one_page_with_all_that_belongs_to_it(as_karin, app, course, language):
    there = app.extensions["editions"].get(course.digest).course(language)
    for module in there.modules:
        page = get(as_karin, f"/modul/{module.slug}/skriv-ut", language)

        assert page.status_code == 200
        assert Document(page.text).problems() == []
        assert f'<html lang="{language}">' in page.text
        shown = Document(page.text).ids
        for item in module.items.values():
            assert item.id in shown, item.id
        for lesson in module.lessons:
            assert all(f"{lesson.id}-{source.anchor}" in shown for source in lesson.sources)
            assert all(f"{lesson.id}-{part.anchor}" in shown for part in lesson.parts)
        for exercise in (one for lesson in module.lessons for one in lesson.exercises):
            assert page.text.count('class="sq"') >= len(exercise.choices) * len(exercise.items)
        assert "<form" not in page.text.split("<main")[1]


def test_the_whole_course_is_on_one_page(as_karin, course):
    page = as_karin.get("/utbildningen/skriv-ut")

    assert page.status_code == 200
    document = Document(page.text)
    assert document.problems() == []
    for item in (*course.modules, *course.items.values()):
        assert item.id in document.ids


def test_a_page_with_lessons_about_violence_can_be_left_at_once(as_karin, course):
    for module in course.modules:
        page = as_karin.get(f"/modul/{module.slug}/skriv-ut").text
        assert ("data-exit" in page) == any(lesson.sensitive for lesson in module.lessons)
    assert "data-exit" in as_karin.get("/utbildningen/skriv-ut").text


@pytest.mark.parametrize("path", ["skriv-ut", "spara"])
def test_a_source_is_printed_once_with_its_site_and_no_long_address(as_karin, course, path):
    page = as_karin.get(f"/modul/{course.modules[0].slug}/{path}").text
    lists = [part.split("</ol>")[0] for part in page.split('<div class="notes">')[1:]]

    with_sources = [lesson for lesson in course.modules[0].lessons if lesson.sources]
    for lesson, listed in zip(with_sources, lists, strict=True):
        assert listed.count("<li ") == len(lesson.sources)
        assert "https://" not in re.sub("<[^>]*>", "", listed)
        for source in lesson.sources:
            assert f'href="{source.url}"' in listed
            assert f"</a>, {source.host}." in listed


def test_links_between_lessons_lead_within_the_page(as_karin, course):
    page = as_karin.get("/utbildningen/skriv-ut").text
    main = page.split("<main")[1].split("</main>")[0]
    site = {link for link in Document(main).links if link.startswith("/modul/")}
    assert site == set()


def test_what_has_not_opened_is_printed_as_its_summary(client, login, session, course):
    closed = course.modules[1]
    cohort = make_cohort(session, course, opens={closed.id: AHEAD})
    login(user_of(session, make_enrollment(session, cohort)))

    answer = client.get(f"/modul/{closed.slug}/skriv-ut")
    assert (answer.status_code, answer.location) == (303, f"/modul/{closed.slug}")
    answer = client.get(f"/modul/{closed.slug}/spara")
    assert (answer.status_code, answer.location) == (303, f"/modul/{closed.slug}")
    page = client.get("/utbildningen/skriv-ut")
    assert closed.summary in page.text
    assert "Modulen öppnar 9 februari 2099." in page.text
    assert closed.lessons[0].id not in Document(page.text).ids
    assert Document(page.text).problems() == []


def test_those_who_follow_the_course_print_ahead(client, login, session, course):
    cohort = make_cohort(session, course, opens={course.modules[1].id: AHEAD})
    login(make_role(session, Role.TRAINER, cohort=cohort))
    assert client.get(f"/modul/{course.modules[1].slug}/skriv-ut").status_code == 200


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_saved_module_needs_nothing_else(
    as_karin, app, course, language, record_property
):
    there = app.extensions["editions"].get(course.digest).course(language)
    largest = 0
    for module in there.modules:
        answer = get(as_karin, f"/modul/{module.slug}/spara", language)
        document = Document(answer.text)

        assert answer.status_code == 200
        name = f"modul-{module.number}-{module.slug}.html"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        largest = max(largest, len(answer.data))
        assert len(answer.data) <= LARGEST_FILE, (module.id, len(answer.data))
        assert document.language == language
        assert document.problems() == []
        assert document.fetched == []
        assert not document.tags & {"script", "link", "img", "iframe", "form", "base"}
        sources = {source.url for lesson in module.lessons for source in lesson.sources}
        outward = {link for link in document.links if not link.startswith("#")}
        assert outward <= sources, outward - sources
        assert all(link.startswith("https://") for link in outward)
        said = {"sv": "Upplaga 1 av utbildningen", "en": "Edition 1 of the course"}
        assert said[language] in answer.text
    record_property(f"största sparade modul, {language} (byte)", largest)


def test_a_saved_module_says_nothing_about_its_reader(as_karin, course):
    page = as_karin.get(f"/modul/{course.modules[0].slug}/spara").text
    for word in ("Quirina", "Qvist", "example.org", "csrf", "Logga ut"):
        assert word not in page


def test_a_saved_module_brings_its_own_styles(as_karin, course):
    page = as_karin.get(f"/modul/{course.modules[0].slug}/spara").text
    styles = page.split("<style>")[1].split("</style>")[0]
    for needed in ("prefers-color-scheme:dark", "@media print", ".f-text", ".admonition", "@page"):
        assert needed in styles
    assert "@font-face" not in styles
    assert len(styles) < 12_000


def test_the_module_page_leads_to_them(as_karin, course):
    slug = course.modules[0].slug
    page = as_karin.get(f"/modul/{slug}").text
    for path in (f"/modul/{slug}/skriv-ut", f"/modul/{slug}/spara", "/utbildningen/skriv-ut"):
        assert f'href="{path}"' in page


@pytest.mark.parametrize(
    "path", ["/modul/{}/skriv-ut", "/modul/{}/spara", "/utbildningen/skriv-ut"]
)
def test_printing_asks_little_of_the_database(as_karin, course, path, count_statements):
    with count_statements() as statements:
        as_karin.get(path.format(course.modules[0].slug))
    assert len(statements) <= 6
