import pytest

from courses.models import User
from courses.vocabulary import Language
from tests.factories import make_cohort, make_enrollment, make_organization, user_of


@pytest.fixture
def anna(session, course, login):
    cohort = make_cohort(session, course, name="Omgång ett")
    norr = make_organization(session, name="Norr")
    user = user_of(session, make_enrollment(session, cohort, organization_id=norr.id))
    login(user)
    return user


def test_account_says_who_one_is_and_where_one_works(client, anna):
    page = client.get("/konto")

    assert page.status_code == 200
    for text in (anna.name, anna.email, "Omgång ett", "Norr", "Stämmer något inte?"):
        assert text in page.text
    assert 'href="/konto" aria-current="page"' in page.text


def test_name_and_language_can_be_changed(session, client, anna, post):
    answer = post("/konto", {"name": " Anna Ny ", "language": "en"})

    assert (answer.status_code, answer.location) == (303, "/konto")
    session.expire_all()
    assert (anna.name, anna.language) == ("Anna Ny", Language.ENGLISH)
    assert "Your changes are saved." in client.get("/konto").text


@pytest.mark.parametrize("changed, message", [
    ({"name": " "}, "Skriv ditt namn"),
    ({"name": "A\nB"}, "Skriv namnet på en rad"),
    ({"name": "Anna \u202egnolh"}, "Skriv namnet på en rad"),
    ({"language": "tlh"}, "Välj ett språk"),
])
def test_what_is_wrong_is_said_and_nothing_is_changed(session, anna, post, changed, message):
    name = anna.name

    answer = post("/konto", {"name": "Anna Ny", "language": "sv"} | changed)

    assert answer.status_code == 422
    assert message in answer.text
    session.expire_all()
    assert session.get(User, anna.id).name == name
