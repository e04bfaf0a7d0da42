"""A text that was written when the login ran out comes through the second step unharmed."""

import pytest

from app import clock
from courses.rules.second_factor import SETTING
from courses.services.owner_settings import change_setting
from courses.vocabulary import Role
from tests.factories import make_role
from tests.functional.security.conftest import PASSWORD
from tests.functional.test_rescue import drafts, hidden, open_page  # noqa: F401 - a fixture

TEXT = "\nVi börjar med  personalrummet.\n\n<b>Åsa</b> & \"fler\"\n"
STEP = "/logga-in/steg-tva"


@pytest.fixture
def asked(client, login):
    """Lose the login while writing, then give the password; return the page that follows."""

    def write(person):
        form = open_page(client, login, person.user)
        shown = client.post("/prov/7", data=form | {"answer-1": TEXT})
        assert shown.status_code == 400
        fields = hidden(shown.text) | {"email": person.user.email, "password": PASSWORD}
        return client.post("/logga-in", data=fields)

    return write


def test_with_a_code(client, drafts, armed, asked):  # noqa: F811
    page = asked(armed)
    assert "Din text finns kvar" in page.text
    wrong = client.post(STEP, data=hidden(page.text) | {"code": "000000"})
    assert wrong.status_code == 422

    answer = client.post(STEP, data=hidden(wrong.text) | {"code": armed.code()})

    assert answer.location == "/prov/7#svar"
    assert [fields["answer-1"] for _, _, fields in drafts] == [[TEXT]]


def test_by_way_of_getting_an_app_first(client, session, drafts, anna, asked):  # noqa: F811
    make_role(session, Role.EDITOR, user=anna.user)
    change_setting(session, SETTING, ["editor"], by=None, now=clock.now())
    session.commit()
    page = asked(anna)
    anna.secret = page.text.split('class="code">')[1].split("<")[0].replace(" ", "")
    setup = page.text.split('name="setup" type="hidden" value="')[1].split('"')[0]

    codes = client.post(
        f"{STEP}/app", data=hidden(page.text) | {"setup": setup, "code": anna.code()}
    )
    answer = client.post("/logga-in/vidare", data=hidden(codes.text))

    assert answer.location == "/prov/7#svar"
    assert [fields["answer-1"] for _, _, fields in drafts] == [[TEXT]]


def test_when_the_second_step_comes_too_late(client, session, drafts, armed, asked):  # noqa: F811
    """The text is shown once more, with a login form that carries it."""
    page = asked(armed)
    client.delete_cookie("stegvis-login")

    shown = client.post(STEP, data=hidden(page.text) | {"code": armed.code()})

    assert shown.status_code == 400
    assert "Din text finns kvar här" in shown.text
    assert hidden(shown.text)["keep.answer-1"] == TEXT
