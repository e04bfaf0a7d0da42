"""A page that saves by itself gets JSON from the address of its form, by the same rules."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select

from app.http import devices
from app.login import passwords
from courses.models import Draft, IdempotencyKey
from tests.conftest import SECRET, token_from
from tests.factories import make_cohort, make_enrollment, make_submission, make_user, user_of

U1 = "/uppgift/mitt-uppdrag/skriv"
NOON = datetime(2026, 11, 9, 11, 0, tzinfo=UTC)
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def clock_stands():
    with time_machine.travel(NOON, tick=False) as moving:
        yield moving


@pytest.fixture
def cohort(session, course):
    return make_cohort(session, course)


@pytest.fixture
def karin(session, cohort):
    return make_enrollment(session, cohort, user=make_user(session, name="Karin"))


@pytest.fixture
def page(client, login, session, karin):
    """The hidden fields of the writing page, open before Karin."""
    login(user_of(session, karin))
    return hidden(client.get(U1).text)


def hidden(page):
    form = page[page.index(f'action="{U1}"') :]
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    return {name: found[name] for name in ("csrf_token", "author", "v")}


def draft(session):
    session.rollback()
    return session.scalars(select(Draft)).one_or_none()


def save(client, page, text="Åtta timmar.", **fields):
    return client.post(U1, data=page | {"a-tid": text} | fields, headers=JSON)


def test_it_is_saved_and_the_page_told_from_what_to_go_on(client, session, page):
    answer = save(client, page)

    assert answer.status_code == 200
    assert answer.json == {
        "state": "saved", "v": 1, "said": "Sparat kl. 12.00",
        "until": "Du är inloggad till kl. 13.00. Tiden räknas om när du sparar.",
    }
    assert draft(session).answers == {"tid": "Åtta timmar."}
    assert save(client, page, "Tio timmar.", v="1").json["v"] == 2


def test_saving_takes_few_statements(client, page, count_statements):
    save(client, page)
    with count_statements() as statements:
        save(client, page, "Tio timmar.", v="1")
    assert len(statements) <= 10


def test_the_same_text_sent_again_is_one_draft(client, session, page):
    for _time in range(2):
        assert save(client, page).json["v"] == 1
    assert draft(session).version == 1


def test_saving_again_and_again_leaves_no_rows_behind(client, session, page):
    for version in range(10):
        assert save(client, page, f"Text {version}", v=str(version)).status_code == 200
    assert session.scalar(select(func.count()).select_from(IdempotencyKey)) == 0
    assert draft(session).version == 10


def test_another_text_in_between_is_a_conflict_that_the_button_shows(client, session, page):
    save(client, page, "Den andra flikens")

    answer = save(client, page, "Min text")
    assert (answer.status_code, answer.json) == (409, {"state": "conflict"})
    assert draft(session).answers == {"tid": "Den andra flikens"}
    shown = client.post(U1, data=page | {"a-tid": "Min text"})
    assert shown.status_code == 409
    assert "Min text" in shown.text
    assert "Den andra flikens" in shown.text


def test_what_no_draft_can_hold_is_said(client, session, page):
    answer = save(client, page, "y" * 20_001)

    assert answer.status_code == 422
    assert "Ett utkast rymmer 20\u00a0000 per del." in answer.json["said"]
    assert draft(session) is None


def test_what_is_handed_in_already_is_said(client, session, page, course, cohort, karin):
    make_submission(session, cohort, karin, course.items["U1"])
    session.commit()

    answer = save(client, page)
    assert (answer.status_code, answer.json["state"]) == (409, "refused")
    assert "redan inskickad" in answer.json["said"]


def test_when_the_login_has_run_out_it_says_so_and_the_same_person_goes_on(
    client, session, login, page, karin, clock_stands
):
    clock_stands.shift(timedelta(minutes=61))
    answer = save(client, page)
    assert (answer.status_code, answer.json) == (401, {"state": "login"})
    assert draft(session) is None

    login(user_of(session, karin))
    assert save(client, page).status_code == 200
    assert draft(session).answers == {"tid": "Åtta timmar."}


def test_who_has_logged_out_leaves_nothing_on_the_device(client, page):
    client.delete_cookie("stegvis-login")

    assert save(client, page).json == {"state": "left"}


def test_an_old_token_is_renewed_for_the_writer_alone(client, session, login, page, karin):
    client.delete_cookie("stegvis")
    answer = save(client, page)
    assert (answer.status_code, answer.json["state"]) == (400, "token")
    assert draft(session) is None
    assert save(client, page, csrf_token=answer.json["csrf"]).status_code == 200

    session.rollback()
    login(make_user(session))
    client.delete_cookie("stegvis")
    assert save(client, page, "Annans").json == {"state": "other"}


def test_another_site_gets_no_token(client, page):
    answer = client.post(U1, data={}, headers=JSON | {"Origin": "https://annan.example"})

    assert (answer.status_code, answer.json) == (400, {"state": "refused"})


def test_another_person_who_has_logged_in_saves_nothing(client, session, login, cohort, page):
    other = user_of(session, make_enrollment(session, cohort))
    login(other)

    answer = save(client, page, "Karins egen text")
    assert (answer.status_code, answer.json) == (403, {"state": "other"})
    assert draft(session) is None
    assert save(client, page | {"author": ""}).json == {"state": "other"}


def test_after_the_cohort_nothing_is_saved(client, session, login, course):
    ended = make_cohort(session, course, ends_on=date(2026, 11, 8))
    login(user_of(session, make_enrollment(session, ended)))

    assert client.post(U1, data={}, headers=JSON).status_code in (400, 403)


def test_the_page_says_until_when_the_login_lasts(client, page):
    assert "Du är inloggad till kl. 13.00." in client.get(U1).text


def test_a_shared_device_keeps_no_copy(client, session, login, karin, page):
    assert 'data-device="shared"' in client.get(U1).text
    client.set_cookie(devices.COOKIE, own_device_of(karin.user_id + 1))
    assert 'data-device="shared"' in client.get(U1).text
    client.set_cookie(devices.COOKIE, own_device_of(karin.user_id))
    assert 'data-device="copies"' in client.get(U1).text


def test_what_keeps_the_copies_comes_with_the_page(client, session, login, karin, page):
    """Asked for when a text could not be saved, it would not come either."""
    shared = client.get(U1).text
    client.set_cookie(devices.COOKIE, own_device_of(karin.user_id))

    assert 'unsaved.js"></script>' not in shared
    assert 'unsaved.js"></script>' in client.get(U1).text


def own_device_of(user_id) -> str:
    return URLSafeTimedSerializer(SECRET, salt="own-device").dumps(user_id)


def test_somebody_elses_login_clears_the_browser_and_a_login_that_ran_out_does_not(
    client, session, login, karin, page, clock_stands
):
    made = [make_user(session, password_hash=passwords.hash_password("hemligt")) for _ in "ab"]
    session.commit()

    def log_in(person):
        fields = {"csrf_token": token_from(client), "email": person.email, "password": "hemligt"}
        return client.post("/logga-in", data=fields).headers

    assert "Clear-Site-Data" in log_in(made[0])  # Karin was logged in
    assert "Clear-Site-Data" not in log_in(made[0])
    assert "Clear-Site-Data" in log_in(made[1])
    clock_stands.shift(timedelta(hours=2))
    assert "Clear-Site-Data" not in client.get("/borja").headers  # the cookie alone goes
    client.set_cookie(devices.COOKIE, own_device_of(karin.user_id))
    assert "Clear-Site-Data" in log_in(made[1])


def test_who_writes_is_named_by_nothing_that_others_know(client, session, karin, page):
    text = client.get(U1).text
    name = re.search(r'data-writer="([^"]+)"', text)[1]
    assert re.fullmatch("[0-9a-f]{16}", name)
