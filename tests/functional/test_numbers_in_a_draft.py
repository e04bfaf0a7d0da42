"""A personal identity number in a team's draft: said at once where nobody but one's own
authority reads it, and not saved where another authority does."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import select

from app.login import passwords
from courses.models import Draft, User
from tests.conftest import token_from
from tests.factories import make_cohort, user_of
from tests.writing_together import make_trio

NUMBER = "19900101-2385"
TEXT = f"Hon heter {NUMBER} i registret"
NOT_SAVED = "så texten är inte sparad än"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(datetime(2026, 11, 9, 11, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course, due={"GU1": date(2026, 11, 20)})


@pytest.fixture
def trio(session, cohort):
    trio = make_trio(session, cohort)
    session.commit()
    return trio


@pytest.fixture
def shared(session, cohort, trio):
    session.merge(cohort).shares_drafts_across_authorities = True
    session.commit()


@pytest.fixture
def page(trio):
    return f"/team/{trio.team.id}/uppgift/teamets-overenskommelse/avsnitt/saknas"


@pytest.fixture
def as_karin(session, login, trio):
    return login(user_of(session, trio.karin))


def text_in(session):
    session.rollback()
    session.expire_all()
    draft = session.scalars(select(Draft)).one_or_none()
    return draft.answers.get("saknas") if draft else None


def autosaved(client, page, text, version="0"):
    author = client.get(page).text.split('name="author" value="')[1].split('"')[0]
    return client.post(
        page, headers={"Accept": "application/json"},
        data={"a-saknas": text, "v": version, "csrf_token": token_from(client), "author": author},
    )


def test_what_is_read_out_when_it_saves_by_itself_is_two_sentences(client, as_karin, page):
    said = autosaved(client, page, TEXT).json["said"]

    assert re.match(r"Sparat kl\. \d\d\.\d\d\. Men ”", said)


def test_it_is_saved_and_said_at_the_section(client, session, as_karin, page, post):
    answer = post(page, {"a-saknas": TEXT, "v": "0", "then": "close"})

    assert (answer.status_code, answer.location) == (303, f"{page}#personnummer")
    assert text_in(session) == TEXT
    shown = client.get(page).text
    assert 'id="personnummer"' in shown
    assert f"<mark>{NUMBER}</mark>" in shown
    assert "Texten är sparad, men ta bort det nu" in shown
    sections = client.get(page.partition("/avsnitt")[0]).text
    assert "Ser ut att innehålla ett personnummer" in sections


def test_it_is_no_longer_said_when_it_has_gone(client, as_karin, page, post):
    post(page, {"a-saknas": TEXT, "v": "0"})
    post(page, {"a-saknas": "Utan nummer", "v": "1"})

    assert "personnummer" not in client.get(page).text
    assert "personnummer" not in client.get(page.partition("/avsnitt")[0]).text


def test_the_page_that_saves_by_itself_says_it_too(client, session, as_karin, page):
    answer = autosaved(client, page, TEXT)

    assert (answer.status_code, answer.json["state"], answer.json["kind"]) == (
        200, "saved", "warned"
    )
    assert NUMBER in answer.json["said"]
    assert text_in(session) == TEXT
    assert "kind" not in autosaved(client, page, "Utan", "1").json


def test_what_another_authority_would_read_is_not_saved_and_not_lost(
    client, session, shared, as_karin, page, post
):
    post(page, {"a-saknas": "Före", "v": "0"})
    answer = post(page, {"a-saknas": TEXT, "v": "1"})

    assert answer.status_code == 422
    for words in (NOT_SAVED, "Polisen läser utkastet", f"<mark>{NUMBER}</mark>", f"\n{TEXT}</t"):
        assert words in answer.text, words
    assert 'href="#a-saknas"' in answer.text
    assert "data-unsaved" in answer.text
    assert text_in(session) == "Före"

    said = autosaved(client, page, TEXT, "1")
    assert (said.status_code, said.json["state"]) == (422, "invalid")
    assert NOT_SAVED in said.json["said"]
    assert text_in(session) == "Före"


def test_another_authority_keeps_its_number_from_the_municipality(
    client, session, shared, login, trio, page, post
):
    login(user_of(session, trio.pia))

    assert post(page, {"a-saknas": TEXT, "v": "0"}).status_code == 422
    assert text_in(session) is None


def test_putting_two_texts_together_is_asked_about_too(
    client, session, shared, as_karin, page, post
):
    post(page, {"a-saknas": "Före", "v": "0"})
    answer = post(page, {"a-saknas": TEXT, "v": "1", "keep": "both"})

    assert answer.status_code == 422
    assert f"Före\n\n{TEXT}" in answer.text
    assert text_in(session) == "Före"


def test_what_was_written_when_the_login_ran_out_is_shown_once_more(
    client, session, shared, login, trio, page, post
):
    user = user_of(session, trio.olle)
    user.password_hash = passwords.hash_password("ett långt lösenord")
    shown = login(user).get(page).text
    author = shown.split('name="author" value="')[1].split('"')[0]
    client.delete_cookie("stegvis-login")

    answer = post("/logga-in", {
        "email": session.get_one(User, user.id).email, "password": "ett långt lösenord",
        "rescue_path": page, "rescue_author": author, "keep.a-saknas": TEXT, "keep.v": "0",
    })

    assert TEXT in answer.text
    assert text_in(session) is None


def test_a_word_file_brings_none_in(client, session, shared, as_karin, page, post):
    word = page.partition("/avsnitt")[0] + "/word/spara"
    answer = post(word, {"a-saknas": TEXT, "v-saknas": "0", "use-saknas": "file"})

    assert text_in(session) is None
    assert TEXT in answer.text


def test_a_word_file_with_a_number_leaves_the_other_sections_as_they_were(
    client, session, shared, as_karin, page, post
):
    word = page.partition("/avsnitt")[0] + "/word/spara"
    sent = {
        "a-saknas": "Vi håller ihop.", "v-saknas": "0", "use-saknas": "file",
        "a-moten": TEXT, "v-moten": "0", "use-moten": "file",
    }
    refused = post(word, sent)
    shown = dict(re.findall(r'name="(v-[a-z]+)" value="(\d+)"', refused.text))
    mended = post(word, sent | shown | {"a-moten": "Utan nummer"})

    assert refused.status_code == 422
    assert (shown["v-saknas"], shown["v-moten"]) == ("0", "0")
    assert mended.status_code == 303
    assert text_in(session) == "Vi håller ihop."
