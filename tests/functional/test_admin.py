import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from courses.models import AccessEvent, ContactMessage, Job, OutboxMail
from courses.vocabulary import JobState, Language, MailState, Role
from tests.factories import make_role, make_user

TOKEN = "a-secret-token-in-a-link"


@pytest.fixture
def admin(session, login):
    user = make_role(session, Role.ADMINISTRATOR)
    session.commit()
    login(user)
    return user


@pytest.fixture
def add(session):
    """Add mails, jobs and messages, and commit them."""
    numbers = iter(range(10_000))

    def add_row(model, **fields):
        n, now = next(numbers), clock.now()
        defaults = {
            OutboxMail: {
                "recipient": f"person{n}@example.org", "template": "invitation",
                "params": {"token": TOKEN}, "language": Language.SWEDISH, "not_before": now,
                "dedupe_key": str(n), "created_at": now, "state": MailState.FAILED,
            },
            Job: {
                "kind": "certificate:render", "payload": {}, "dedupe_key": str(n),
                "run_after": now, "created_at": now, "state": JobState.FAILED,
            },
            ContactMessage: {
                "at": now, "topic": "training", "text": f"Text {n}", "reply_to": "",
                "language": Language.SWEDISH, "key": str(n),
            },
        }[model]
        row = model(**defaults | fields)
        session.add(row)
        session.commit()
        return row

    return add_row


def test_an_administrator_sees_what_did_not_go_and_why(client, admin, add):
    add(OutboxMail, recipient="anna@example.org", attempts=16,
        last_error="recipient: 550 5.1.1 no such user")
    add(OutboxMail, state=MailState.WAITING, last_error="unreachable: timed out",
        not_before=clock.now() + timedelta(minutes=5))
    add(OutboxMail, state=MailState.SENT, sent_at=clock.now(), params={})
    add(Job, last_error="RuntimeError 7f3a91aa", attempts=3)
    add(ContactMessage, topic="accessibility", text="Hej!\n\n<b>Knappen</b> är liten.",
        reply_to="eva@example.org")

    page = client.get("/admin").text

    for text in (
        "anna@example.org", "Mejlservern godtar inte mottagarens adress.",
        "Servern svarade: 550 5.1.1 no such user", "Mejlservern svarar inte.", "Nästa försök:",
        "Ingen mejlserver är inställd", "certificate:render", "RuntimeError 7f3a91aa",
        "Tillgänglighet,", "Svara till: eva@example.org",
        "&lt;b&gt;Knappen&lt;/b&gt; är liten.",
    ):
        assert text in page
    assert TOKEN not in page


def test_an_empty_installation_has_an_empty_page(client, admin):
    page = client.get("/admin").text

    assert "Det finns inga utskick att visa." in page
    assert "Inga jobb har misslyckats." in page
    assert "Ingen har skrivit än." in page


def test_mail_can_be_listed_by_state(client, admin, add):
    add(OutboxMail, recipient="sent@example.org", state=MailState.SENT)
    add(OutboxMail, recipient="failed@example.org")

    page = client.get("/admin?utskick=sent").text

    assert "sent@example.org" in page
    assert "failed@example.org" not in page
    assert "</a>: 1" in page


@pytest.mark.parametrize("query", ["utskick=x", "utskick_fore=x", "utskick_fore=-1",
                                   "jobb_fore=99999999999999999999", "utskick_fore=٣"])
def test_odd_addresses_show_a_page(client, admin, query):
    assert client.get(f"/admin?{query}").status_code == 200


def test_long_lists_are_paged_without_gaps(client, admin, add):
    for _ in range(60):
        add(OutboxMail)

    path, found = "/admin", []
    while path:
        page = client.get(path).text
        found += re.findall(r"(person\d+@example.org)</th>", page)
        older = re.search(r'href="([^"]*utskick_fore=[^"]*)"', page)
        path = older and older[1].replace("&amp;", "&").split("#")[0]

    assert len(found) == len(set(found)) == 60


def test_the_page_costs_the_same_however_much_there_is(client, admin, add, count_statements):
    with count_statements() as few:
        client.get("/admin")
    for model in (OutboxMail, Job, ContactMessage):
        for _ in range(30):
            add(model)
    with count_statements() as many:
        client.get("/admin")

    assert len(few) == len(many) <= 8


def test_opening_the_list_is_logged_once(client, session, admin):
    client.get("/admin")

    assert session.scalars(select(AccessEvent.what)).all() == ["list:administration"]


def test_a_failed_mail_can_be_sent_again(session, admin, add, post):
    mail = add(OutboxMail, attempts=16)

    answer = post(f"/admin/utskick/{mail.id}/skicka-igen")

    assert (answer.status_code, answer.location) == (303, "/admin")
    session.refresh(mail)
    assert (mail.state, mail.attempts) == (MailState.WAITING, 0)


def test_a_sent_mail_is_not_sent_again(session, admin, add, post):
    mail = add(OutboxMail, state=MailState.SENT)

    post(f"/admin/utskick/{mail.id}/skicka-igen")

    session.refresh(mail)
    assert mail.state is MailState.SENT


def test_a_failed_job_can_be_run_again(session, admin, add, post):
    job = add(Job, attempts=16)

    assert post(f"/admin/jobb/{job.id}/kor-igen").status_code == 303

    session.refresh(job)
    assert (job.state, job.attempts) == (JobState.WAITING, 0)


@pytest.mark.parametrize("path", ["/admin/utskick/999/skicka-igen", "/admin/jobb/999/kor-igen",
                                  "/admin/utskick/99999999999999999999/skicka-igen"])
def test_what_is_not_there_is_not_found(admin, post, path):
    assert post(path).status_code == 404


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.EDITOR, Role.SECRECY_OFFICER, None])
def test_nobody_else_may_know_of_it(client, session, login, add, post, role):
    user = make_role(session, role) if role else make_user(session)
    mail = add(OutboxMail)
    login(user)

    assert client.get("/admin").status_code == 404
    assert post(f"/admin/utskick/{mail.id}/skicka-igen").status_code == 404


def test_visitors_are_asked_to_log_in(client):
    answer = client.get("/admin")

    assert (answer.status_code, answer.location) == (303, "/logga-in?next=/admin")


def test_without_token_nothing_is_sent(client, session, admin, add):
    mail = add(OutboxMail)

    assert client.post(f"/admin/utskick/{mail.id}/skicka-igen").status_code == 400
    session.refresh(mail)
    assert mail.state is MailState.FAILED


def test_an_administrator_lands_here(client, admin):
    assert client.get("/borja").location == "/admin"


def test_the_page_speaks_english(client, admin):
    assert "Outgoing e-mail" in client.get("/admin?lang=en").text
