"""What somebody wrote in another language than the page's is marked as such, also in its field."""

import re

import pytest

from tests.factories import make_cohort, make_enrollment, make_team, user_of
from tests.reflecting import make_reflection
from tests.writing import make_draft

SWEDISH = "Jag vill att vi pratar om det här på nästa möte."
ENGLISH = "I want us to talk about this at the next meeting."


@pytest.fixture
def writer(session, course, login):
    cohort = make_cohort(session, course)
    writer = make_enrollment(session, cohort, team=make_team(session, cohort))
    login(user_of(session, writer))
    return writer


def field(page, text):
    """Return the tag around `text`."""
    return re.search(rf"(<textarea[^>]*>)\s*{re.escape(text)}", page).group(1)


@pytest.mark.parametrize("text, language, mark", [
    (SWEDISH, "en", 'lang="sv"'), (ENGLISH, "sv", 'lang="en"'),
    (SWEDISH, "sv", None), (ENGLISH, "en", None),
])
def test_a_field_says_which_language_its_text_is_in(
    app, client, session, course, writer, text, language, mark
):
    section = next(one for one in course.items["U1"].sections if one.kind == "text")
    rows = next(one for one in course.items["U1"].sections if one.kind == "rows")
    column = next(one for one in rows.fields if one.kind in ("short", "text"))
    make_draft(session, writer, course.items["U1"],
               {section.id: text, rows.id: [{column.id: text + " Rad."}]})
    kept = make_reflection(app, session, user_of(session, writer), text)
    session.commit()

    pages = {
        address: client.get(f"{address}?lang={language}").get_data(as_text=True)
        for address in ("/uppgift/mitt-uppdrag/skriv", f"/reflektioner/{kept.id}")
    }

    tags = [field(page, text) for page in pages.values()]
    tags.append(field(pages["/uppgift/mitt-uppdrag/skriv"], text + " Rad."))
    assert [(mark or "lang=") in tag for tag in tags] == [bool(mark)] * 3


def test_an_empty_field_has_the_language_of_its_page(client, writer):
    for address in ("/uppgift/mitt-uppdrag/skriv", "/reflektioner/ny"):
        page = client.get(f"{address}?lang=en").get_data(as_text=True)
        assert not [tag for tag in re.findall(r"<textarea[^>]*>", page) if "lang=" in tag]
