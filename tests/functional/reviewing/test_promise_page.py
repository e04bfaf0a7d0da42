"""A trainer moves the promised day; whose work it is sees both days and why."""

from datetime import date

import pytest
from sqlalchemy import select

from courses.models import Notice, PromiseChange, User
from courses.vocabulary import NoticeKind, SubmissionState
from tests.reviewing import fresh

PROMISED = date(2026, 11, 16)
NEW = date(2026, 11, 24)


@pytest.fixture
def waiting(session, submission):
    submission.promised_on = PROMISED
    session.commit()
    return submission


def fields(**changed):
    return {
        "to": NEW.isoformat(), "reason": "Vi är båda på kurs i veckan.",
        "seen": PROMISED.isoformat(),
    } | changed


def test_the_page_proposes_five_working_days(client, login, anna, waiting):
    login(anna)

    page = client.get(f"/granska/{waiting.id}/svarsdag").text

    assert "16 november 2026" in page
    assert 'value="2026-11-16"' in page


def test_a_new_day_with_a_reason(client, session, login, post, anna, karin, waiting):
    login(anna)

    answer = post(f"/granska/{waiting.id}/svarsdag", fields())

    assert (answer.status_code, answer.location) == (303, f"/granska/{waiting.id}")
    assert fresh(session, waiting).promised_on == NEW
    notice = session.scalars(select(Notice)).one()
    assert (notice.user_id, notice.kind) == (karin.user_id, NoticeKind.PROMISE_MOVED)
    assert "24 november 2026" in client.get(f"/granska/{waiting.id}").text


@pytest.mark.parametrize("path", ["/uppgift/{slug}", "/uppgift/{slug}/kvitto"])
def test_the_participant_sees_both_days_and_why(
    client, session, login, post, anna, karin, own, waiting, path
):
    login(anna)
    post(f"/granska/{waiting.id}/svarsdag", fields())
    client.get("/granska")
    login(session.get_one(User, karin.user_id))

    page = client.get(path.format(slug=own.slug)).text

    assert "senast 24 november 2026" in page
    assert "Först lovade vi svar senast 16 november 2026." in page
    assert "Vi är båda på kurs i veckan." in page
    assert "Svaret är försenat" not in page


def test_a_day_that_has_passed_is_said_to_have(client, session, login, karin, own, waiting):
    waiting.promised_on = date(2026, 11, 6)
    session.commit()
    login(session.get_one(User, karin.user_id))

    assert "Svaret är försenat." in client.get(f"/uppgift/{own.slug}").text


@pytest.mark.parametrize("changed, words", [
    ({"to": ""}, "Välj en dag"),
    ({"to": "2026-11-08"}, "Välj en annan dag än den utlovade"),
    ({"to": "2026-11-22"}, "Välj en vardag"),
    ({"reason": " "}, "Skriv varför svaret kommer en annan dag."),
    ({"reason": "x" * 301}, "Skriv högst 300 tecken"),
    ({"reason": "Vi väntar på 19121212-1212."}, "personnummer"),
    ({"reason": "Ring 070-123 45 67."}, "telefonnummer"),
])
def test_what_cannot_be_promised_stays_in_the_form(
    session, login, post, anna, waiting, changed, words
):
    login(anna)

    answer = post(f"/granska/{waiting.id}/svarsdag", fields(**changed))

    assert answer.status_code == 422
    assert words in answer.text
    assert fields(**changed)["reason"].strip() in answer.text
    assert fresh(session, waiting).promised_on == PROMISED


def test_what_is_asked_about_once_can_be_answered(session, login, post, anna, waiting):
    login(anna)

    answer = post(
        f"/granska/{waiting.id}/svarsdag",
        fields(reason="Ring växeln 070-123 45 67.", has_checked="y"),
    )

    assert answer.status_code == 303


def test_a_personal_number_can_not(login, post, anna, waiting):
    login(anna)
    reason = "Vi väntar på 19121212-1212."

    answer = post(f"/granska/{waiting.id}/svarsdag", fields(reason=reason, has_checked="y"))

    assert answer.status_code == 422


def test_a_day_that_a_colleague_moved_meanwhile(session, login, post, anna, waiting):
    login(anna)

    answer = post(f"/granska/{waiting.id}/svarsdag", fields(seen="2026-11-13"))

    assert answer.status_code == 409
    assert "Någon annan flyttade dagen nyss." in answer.text
    assert "Vi är båda på kurs i veckan." in answer.text
    assert session.scalars(select(PromiseChange)).all() == []


def test_what_is_answered_has_no_day_to_move(client, session, login, post, anna, waiting):
    waiting.state = SubmissionState.APPROVED
    session.commit()
    login(anna)

    assert client.get(f"/granska/{waiting.id}/svarsdag").location == f"/granska/{waiting.id}"
    assert post(f"/granska/{waiting.id}/svarsdag", fields()).status_code == 409


def test_it_needs_a_token(client, login, anna, waiting):
    login(anna)

    assert client.post(f"/granska/{waiting.id}/svarsdag", data=fields()).status_code == 400
