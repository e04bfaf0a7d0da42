"""Writing to the owner, without an account."""

import pytest
from sqlalchemy import select

from courses.models import ContactMessage, OutboxMail
from courses.vocabulary import Language

MESSAGE = {"topic": "training", "text": "När börjar nästa omgång?", "reply_to": "me@example.org"}


def messages(session):
    session.rollback()
    return session.scalars(select(ContactMessage)).all()


def test_a_message_is_kept_and_told_to_the_owner(session, post, client, course):
    answer = post("/kontakt", MESSAGE)

    assert answer.status_code == 303
    assert "Meddelandet är skickat" in client.get(answer.location).text
    [message] = messages(session)
    assert (message.topic, message.text, message.reply_to, message.language) == (
        "training", "När börjar nästa omgång?", "me@example.org", Language.SWEDISH,
    )
    mail = session.scalars(select(OutboxMail)).one()
    assert mail.recipient == course.owner.email
    assert mail.params["text"] == "När börjar nästa omgång?"


def test_a_barrier_is_reported_from_the_statement_itself(session, post):
    answer = post("/tillganglighet", MESSAGE | {"topic": "accessibility", "reply_to": ""})

    assert answer.status_code == 303
    assert [m.topic for m in messages(session)] == ["accessibility"]


def test_a_second_click_writes_nothing_new(session, post):
    first = post("/kontakt", MESSAGE | {"idem": "same"})
    second = post("/kontakt", MESSAGE | {"idem": "same"})

    assert first.location == second.location
    assert len(messages(session)) == 1
    assert len(session.scalars(select(OutboxMail)).all()) == 1


@pytest.mark.parametrize("path", ["/kontakt", "/tillganglighet"])
@pytest.mark.parametrize(
    "wrong, words",
    [
        ({"text": ""}, "Skriv ditt meddelande"),
        ({"text": "å" * 5001}, "högst 5 000 tecken"),
        ({"reply_to": "inte en adress"}, "Skriv en hel e-postadress"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(session, post, path, wrong, words):
    answer = post(path, MESSAGE | wrong)

    assert answer.status_code == 422
    assert "<title>Fel:" in answer.text
    assert answer.text.count(words) == 2  # in the summary and by the field
    assert next(iter(wrong.values())) in answer.text
    assert messages(session) == []


def test_an_unknown_topic_is_refused(session, post):
    assert post("/kontakt", MESSAGE | {"topic": "nonsense"}).status_code == 422
    assert messages(session) == []


def test_too_many_messages_wait_with_their_text(session, post):
    for number in range(5):
        assert post("/kontakt", MESSAGE | {"text": f"Nummer {number}"}).status_code == 303

    answer = post("/kontakt", MESSAGE | {"text": "Den sjätte"})

    assert answer.status_code == 429
    assert "Vänta" in answer.text
    assert "Den sjätte" in answer.text
    assert len(messages(session)) == 5


def test_a_page_that_lay_open_gives_the_text_back(session, client):
    answer = client.post("/kontakt", data=MESSAGE | {"csrf_token": "old"})

    assert answer.status_code == 400
    assert "När börjar nästa omgång?" in answer.text
    assert "Din text finns kvar" in answer.text
    assert 'name="password"' not in answer.text
    assert messages(session) == []


def test_html_in_a_message_is_text(post):
    answer = post("/kontakt", MESSAGE | {"text": "<script>x</script>", "reply_to": "fel"})

    assert "<script>x" not in answer.text
