"""What may be kept on a device for reading without a network: texts, and never anything of a
person."""

from dataclasses import replace

import pytest
from flask import g

from app import create_app
from app.http import devices
from tests.documents import Document
from tests.factories import make_cohort, make_enrollment, make_user, user_of

LARGEST = 3_000_000
NAME = "Quirina Qvist"


@pytest.fixture
def karin(session, course):
    user = make_user(session, name=NAME, email="quirina.qvist@example.org")
    return user_of(session, make_enrollment(session, make_cohort(session, course), user=user))


@pytest.fixture
def own(client, app, login, karin):
    """Karin's browser, on a device that she has called her own."""
    login(karin)
    with app.app_context():
        devices.mark_as_own(karin.id)
        client.set_cookie(devices.COOKIE, g.pop("own_device"))
    return client


def listing(client):
    return client.get("/spara/lista").get_json()


def test_everything_that_is_saved_is_marked_and_says_nothing_of_its_reader(own):
    said, size = listing(own), 0

    assert len(said["pages"]) > 10
    for path in said["pages"]:
        answer = own.get(path, buffered=True)
        assert answer.status_code == 200, path
        assert answer.headers["Stegvis-Keeps"] == "yes", path
        size += len(answer.data)
        if answer.mimetype == "text/html":
            assert NAME not in answer.text
            assert 'method="post"' not in answer.text
            assert Document(answer.text).problems() == []
    assert size <= LARGEST


def test_what_was_to_be_said_on_another_page_is_not_kept_and_not_lost(own):
    said = "Vera Prov är tillagd."
    with own.session_transaction() as cookie:
        cookie["_flashes"] = [("message", said)]

    for path in listing(own)["pages"]:
        assert said not in own.get(path, buffered=True).data.decode(errors="replace"), path
    assert said in own.get("/hem").text


def test_no_page_about_a_person_may_be_kept(own):
    for path in ("/hem", "/konto", "/spara", "/spara/lista", "/modul/uppstart"):
        assert "Stegvis-Keeps" not in own.get(path).headers, path


def test_every_page_says_whose_it_is_in_a_mark_of_its_own(own, session, login, app, course):
    mine = own.get("/hem").headers["Stegvis-Reader"]

    assert mine == own.get("/konto").headers["Stegvis-Reader"] == listing(own)["reader"]
    other = login(
        user_of(session, make_enrollment(session, make_cohort(session, course))),
        on=app.test_client(),
    )
    assert other.get("/hem").headers["Stegvis-Reader"] == "shared"
    assert "Stegvis-Reader" not in app.test_client().get("/stod").headers


def test_the_mark_ends_when_the_device_is_shared_again(own):
    own.delete_cookie(devices.COOKIE)

    assert listing(own)["reader"] == "shared"
    assert "data-offline" not in own.get("/spara").text


def test_on_a_shared_device_files_are_offered_instead(client, login, karin):
    login(karin)
    page = client.get("/spara").text

    assert "data-offline" not in page
    assert "/modul/uppstart/spara" in page


def test_the_worker_is_asked_for_anew_each_time_and_can_be_ended(config, client, karin, login):
    login(karin)
    running = client.get("/sw.js", buffered=True)
    assert running.headers["Cache-Control"] == "private, no-store"
    assert running.mimetype == "text/javascript"
    assert "/spara/lista" in running.text

    app = create_app(replace(config, offline=False))
    ended = app.test_client()
    assert "unregister()" in ended.get("/sw.js", buffered=True).text
    assert "data-offline" not in login(karin, on=ended).get("/spara").text
    app.extensions["database"].engine.dispose()


def test_a_module_that_has_not_opened_is_not_saved(own, session, karin, course):
    closed = course.modules[-1].slug
    answer = own.get(f"/modul/{closed}/innehall")
    is_listed = f"/modul/{closed}/innehall" in listing(own)["pages"]

    assert (answer.status_code == 200) == is_listed
