"""When something fails, a page says so, even when the database and the login are what failed."""

import logging
from io import BytesIO

import pytest
from flask import abort
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import TooManyRequests

from app import create_app
from app.guard import public
from courses.errors import Reason, Refused
from courses.models import Cohort
from courses.vocabulary import Role
from tests.conftest import token_from
from tests.factories import make_role


@pytest.fixture
def broken(config):
    """The app of production, with views that fail, and a database that answers nothing."""
    from dataclasses import replace

    app = create_app(replace(config, testing=False))

    def fail(code):
        if code == 409:
            raise Refused(Reason.ALREADY_APPROVED)
        if code == 429:
            raise TooManyRequests(retry_after=90)
        if code == 500:
            raise ZeroDivisionError("secret detail")
        abort(code)

    app.add_url_rule("/fail/<int:code>", view_func=public(fail), endpoint="fail")
    engine = app.extensions["database"].engine

    def refuse(**_how):
        raise OperationalError("no database", None, Exception())

    engine.dispose()
    app.extensions["database"].session = refuse
    yield app
    engine.dispose()


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 415, 429, 500, 503])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_error_page_needs_no_database_and_no_login(broken, code, language, caplog):
    caplog.set_level(logging.CRITICAL)
    client = broken.test_client()
    client.set_cookie("stegvis-login", "a login that cannot be looked up")

    answer = client.get(f"/fail/{code}?lang={language}")

    assert answer.status_code == code
    assert answer.text.count("<h1>") == 1
    assert f'<html lang="{language}">' in answer.text
    assert "secret detail" not in answer.text
    assert "Set-Cookie" not in answer.headers
    assert "/tillganglighet" in answer.text
    assert "<script" not in answer.text
    assert len(answer.data) <= 6_000


def test_waiting_is_told_in_time(broken):
    answer = broken.test_client().get("/fail/429")

    assert answer.headers["Retry-After"] == "90"
    assert "Vänta 90 sekunder och försök igen." in answer.text


def test_a_crash_gives_a_code_to_quote(broken, caplog):
    caplog.set_level(logging.CRITICAL, logger="root")
    answer = broken.test_client().get("/fail/500")

    assert "Felkod: " in answer.text
    assert "Inget du sparat har försvunnit." in answer.text


def test_a_page_that_needs_the_database_fails_with_dignity(broken, caplog):
    client = broken.test_client()
    client.set_cookie("stegvis-login", "a login that cannot be looked up")

    answer = client.get("/borja")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "Det gick fel hos oss" in answer.text


def test_what_was_typed_is_shown_when_it_could_not_be_saved(broken, caplog):
    caplog.set_level(logging.CRITICAL)
    client = broken.test_client()
    text = "Ett långt meddelande & en <b>text</b> som ingen annan har"
    answer = client.post(
        "/kontakt", data={"csrf_token": token_from(client), "topic": "training", "text": text}
    )

    assert answer.status_code == 503
    assert "Ett långt meddelande &amp; en &lt;b&gt;text&lt;/b&gt; som ingen" in answer.text
    assert "Din text finns kvar här." in answer.text


def test_what_is_too_large_is_taken_in_before_the_answer(client):
    """Else the browser, still sending, shows an error of its own."""
    body = BytesIO(b"text=" + b"a" * 3_000_000)
    answer = client.post(
        "/kontakt", input_stream=body, content_length=3_000_005,
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 413
    assert "texten finns kvar i fälten" in answer.text
    assert body.read() == b""


def test_an_unknown_page_is_told_from_a_crash(client):
    answer = client.get("/finns-inte")

    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.text


@pytest.mark.parametrize("number", ["2147483648", "9" * 25])
@pytest.mark.parametrize(
    "path",
    ["/samordna/{}", "/samordna/team/{}", "/samordna/deltagare/{}", "/granska/{}", "/intyg/{}",
     "/intyg/{}/intyg.pdf", "/team/{}/uppgift/x"],
)
def test_a_number_that_no_row_can_have_leads_nowhere(session, login, client, path, number):
    login(make_role(session, Role.COORDINATOR))

    assert client.get(path.format(number)).status_code == 404


def test_what_no_keyboard_writes_is_left_out(session, login, post):
    """PostgreSQL keeps no NUL, and none is worth an error."""
    login(make_role(session, Role.COORDINATOR))
    form = {
        "course": "processledarutbildning", "name": "Om\0gång", "first_monday": "2027-01-11",
        "shares_drafts": "no", "issues": "by_hand", "idem": "a\0b",
    }

    assert post("/samordna/ny", form).status_code == 303
    assert session.scalars(select(Cohort.name)).all() == ["Omgång"]
