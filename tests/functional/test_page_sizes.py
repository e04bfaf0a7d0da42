"""What the pages of the whole course weigh when they are sent, in both languages."""

import gzip

import pytest

from tests.factories import make_cohort, make_enrollment, user_of

PAGE = 25_000
WHOLE_COURSE = 250_000
"""For a document that one asks for and that the link says is long."""


def sent(client, path, language):
    """Return how many bytes the page takes, packed as any proxy can."""
    answer = client.get(f"{path}{'&' if '?' in path else '?'}lang={language}")
    assert answer.status_code == 200, path
    return len(gzip.compress(answer.data, 6))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_pages_of_the_course_are_light(client, login, session, course, language, record_property):
    login(user_of(session, make_enrollment(session, make_cohort(session, course))))
    lessons = {
        f"/modul/{module.slug}/{lesson.slug}"
        for module in course.modules
        for lesson in module.lessons
    }
    others = {"/", "/hem", "/sok?q=v%C3%A5ld", *(f"/modul/{one.slug}" for one in course.modules),
              *(f"/{page.slug}" for page in course.pages)}
    weights = {path: sent(client, path, language) for path in lessons | others}
    heaviest = max(lessons, key=weights.__getitem__)
    record_property(f"tyngsta lektion, {language} (gzip, byte)", weights[heaviest])
    record_property(f"startsidan, {language} (gzip, byte)", weights["/"])
    assert {path: size for path, size in weights.items() if size > PAGE} == {}

    whole = sent(client, "/utbildningen/skriv-ut", language)
    record_property(f"hela utbildningen för utskrift, {language} (gzip, byte)", whole)
    assert whole <= WHOLE_COURSE
