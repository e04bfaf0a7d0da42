"""A lesson that says something else than when one did it says so, and shows what."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app import clock
from courses.models import Completion, CompletionEvent, Edition
from courses.services.progress import derive, record_completion
from courses.vocabulary import CompletionKind, Decision
from tests.conftest import statements_of
from tests.factories import make_cohort, make_enrollment, make_user, user_of
from tests.press import Press
from tests.small_course import COURSE, PLAN, changed

NOW = clock.now()
LESSON, CHANGE = "/modul/m1/l1", "/modul/m1/l1/andrat"


@pytest.fixture
def config(config, tmp_path):
    """A site whose only course is the small one."""
    return replace(config, data_dir=tmp_path / "data", content_dir=tmp_path / "none")


@pytest.fixture
def press(app):
    press = Press(app)
    press.publish(PLAN)
    return press


@pytest.fixture
def nora(session, press):
    nora = make_enrollment(
        session, make_cohort(session, press.course), user=make_user(session, name="Nora Norr")
    )
    derive(session, [nora], press.course)
    for item_id in ("L1", "L2"):
        record_completion(
            session, enrollment=nora, item_id=item_id, course=press.course,
            actor_id=nora.user_id, now=NOW,
        )
    session.commit()
    return nora


@pytest.fixture
def as_nora(client, login, session, press, nora):
    """She comes back after two editions, of which the first changed what she has done."""
    press.publish(changed(PLAN, "L1", text="mycket ändrad"), Decision.KEEP)
    press.publish(changed(PLAN, "L1", text="helt ändrad"), Decision.KEEP)
    login(user_of(session, nora))
    return client


def test_the_lesson_says_that_it_has_changed_and_shows_what(as_nora):
    page = as_nora.get(LESSON)
    assert "Lektionen har ändrats sedan du läste den" in page.text
    assert f'href="{CHANGE}"' in page.text

    shown = as_nora.get(CHANGE)
    assert "Du är fortfarande klar med lektionen." in shown.text
    assert "<del>" in shown.text
    assert "Borttagen rad:" in shown.text
    assert "<mark>först</mark>" in shown.text
    assert "<mark>helt ändrad</mark>" in shown.text
    assert "mycket" not in shown.text


def test_reading_the_change_keeps_when_one_was_done(as_nora, post, session, nora, press):
    before = session.get_one(Completion, (nora.id, "L1"))
    was = (before.at, before.event_id)

    assert post(CHANGE).status_code == 303
    assert post(CHANGE).status_code == 303

    session.expire_all()
    session.rollback()
    after = session.get_one(Completion, (nora.id, "L1"))
    assert (after.at, after.event_id) == was
    events = session.scalars(
        select(CompletionEvent).where(CompletionEvent.item_id == "L1").order_by(CompletionEvent.id)
    ).all()
    assert [one.kind for one in events] == [CompletionKind.DONE] * 2
    assert events[1].content_digest == press.course.items["L1"].digest
    assert derive(session, [nora], press.course) == 0
    assert "har ändrats" not in as_nora.get(LESSON).text
    assert as_nora.get(CHANGE).location == LESSON


def test_a_lesson_that_says_the_same_says_nothing(as_nora):
    assert "har ändrats" not in as_nora.get("/modul/m1/l2").text
    assert as_nora.get("/modul/m1/l2/andrat").location == "/modul/m1/l2"
    assert "har ändrats" not in as_nora.get("/modul/m2/l3").text


def test_who_is_asked_again_sees_what_changed_and_marks_it_anew(
    client, login, session, press, nora, post
):
    press.publish(changed(PLAN, "L1"), Decision.ASK_AGAIN)
    login(user_of(session, nora))

    assert "har ändrats sedan du läste den" in client.get(LESSON).text
    assert "Jag har läst ändringen" not in client.get(CHANGE).text
    assert post(f"{LESSON}/klar").status_code == 303
    assert "har ändrats" not in client.get(LESSON).text


def test_reading_a_change_of_what_is_not_done_finishes_nothing(
    client, login, session, press, nora, post
):
    press.publish(changed(PLAN, "L1"), Decision.ASK_AGAIN)
    login(user_of(session, nora))

    post(CHANGE)

    session.rollback()
    assert session.get(Completion, (nora.id, "L1")) is None


def test_when_the_edition_is_no_longer_kept_the_page_says_so(as_nora, session, app, press):
    digest = session.scalars(
        select(Edition.digest).where(Edition.course_id == COURSE).order_by(Edition.number)
    ).first()
    (press.store.directory / f"{digest}.zip").unlink()
    press.store._loaded.clear()

    page = as_nora.get(CHANGE)

    assert page.status_code == 200
    assert "Den tidigare texten går inte att visa." in page.text
    assert "Jag har läst ändringen" in page.text


def test_the_pages_ask_few_questions(app, as_nora):
    for path in (LESSON, CHANGE):
        with statements_of(app) as statements:
            as_nora.get(path)
        assert len(statements) <= 8
