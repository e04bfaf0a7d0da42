"""Mail against a real SMTP server: delivered, down, refusing, slow to agree, and killed."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from app import clock, create_app
from app.mail.problems import MailNotSent, Problem, in_words
from app.mail.sending import send_all, send_next
from app.mail.writing import write
from app.worker import Worker
from config import ROOT
from courses.services.invitations import invite
from courses.services.jobs import send_again
from courses.vocabulary import Language, MailState
from tests.factories import make_user
from tests.mailserver import free_port, mail, use


@pytest.fixture
def mailing(app, server):
    """The app, with a mail server."""
    return use(app, f"smtp://127.0.0.1:{server.port}")


def test_a_mail_is_delivered_and_what_stood_in_it_forgotten(mailing, server, session, invited):
    assert send_all(mailing) == (1, 0)

    recipients, message = server.taken[0]
    text = message.get_content()
    assert recipients == ["anna@example.org"]
    assert message["Subject"] == "Inbjudan till processledarutbildningen i våldsprevention"
    assert message["From"].addresses[0].addr_spec == "no-reply@stegvis.example"
    assert message["Message-ID"] == f"<outbox-{mail(session).id}@stegvis.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "Hej Anna Prov!" in text
    assert f"https://stegvis.example/inbjudan/{invited[1]}" in text
    assert "Kim Samordnare har bjudit in dig" in text
    row = mail(session)
    assert (row.state, row.params, row.attempts) == (MailState.SENT, {}, 1)
    assert row.sent_at is not None
    assert send_all(mailing) == (0, 0)


def test_a_mail_speaks_the_recipients_language(mailing, server, session):
    user = make_user(session, activated_at=None, language=Language.ENGLISH)
    invite(session, user, None, clock.now())
    session.commit()

    send_all(mailing)

    message = server.taken[0][1]
    assert message["Subject"].startswith("Invitation to the process-leader training")
    assert message["Content-Language"] == "en"
    assert "Create your account here:" in message.get_content()


def test_without_a_mail_server_mail_waits(app, session, invited):
    assert send_next(app) is False

    assert (mail(session).state, mail(session).attempts) == (MailState.WAITING, 0)


def test_a_server_that_is_down_is_tried_again(app, session, invited):
    use(app, f"smtp://127.0.0.1:{free_port()}")
    with time_machine.travel(clock.now(), tick=False) as traveller:
        assert send_all(app) == (0, 1)
        row = mail(session)
        assert row.state is MailState.WAITING
        assert row.last_error.startswith("unreachable: ")
        assert row.params["token"] == invited[1]
        assert send_all(app) == (0, 0)
        traveller.shift(timedelta(minutes=1))
        assert send_all(app) == (0, 1)
        assert mail(session).attempts == 2


def test_all_the_others_are_not_tried_while_the_server_is_down(app, server, session, invited):
    use(app, "smtp://127.0.0.1:1")
    invite(session, make_user(session, activated_at=None), None, clock.now())
    session.commit()

    assert send_all(app) == (0, 1)
    worker = Worker(app)
    assert [worker.step(), worker.step()] == [True, False]


def test_later_means_later(mailing, server, session, invited):
    server.answers = ["450 4.2.0 greylisted", "250 OK"]
    with time_machine.travel(clock.now(), tick=False) as traveller:
        assert send_all(mailing) == (0, 1)
        assert mail(session).last_error == "later: 450 4.2.0 greylisted"
        traveller.shift(timedelta(minutes=1))
        assert send_all(mailing) == (1, 0)

    assert (mail(session).state, mail(session).last_error) == (MailState.SENT, None)


@pytest.mark.parametrize("answer, problem", [
    ("RCPT 550 5.1.1 no such user", "recipient"), ("554 5.7.1 looks like spam", "refused"),
])
def test_no_means_no_until_somebody_says_again(mailing, server, session, invited, answer,
                                               problem):
    server.answers = [answer]

    assert send_all(mailing) == (0, 1)

    row = mail(session)
    assert row.state is MailState.FAILED
    assert row.last_error == f"{problem}: {answer.removeprefix('RCPT ')}"
    send_again(session, row, now=clock.now())
    session.commit()
    assert send_all(mailing) == (1, 0)


def test_a_mail_fails_after_two_days(app, session, invited):
    use(app, "smtp://127.0.0.1:1")
    with time_machine.travel(clock.now(), tick=False) as traveller:
        start = clock.now()
        while mail(session).state is MailState.WAITING:
            send_all(app)
            traveller.shift(max(mail(session).not_before - clock.now(), timedelta()))

        assert clock.now() - start == timedelta(hours=48)


def test_a_template_that_breaks_is_told_and_tried_again(mailing, session, invited):
    row = mail(session)
    row.template = "does-not-exist"
    session.commit()

    assert send_all(mailing) == (0, 1)

    assert mail(session).last_error == "template: TemplateNotFound"
    assert mail(session).state is MailState.WAITING


@pytest.mark.parametrize("name", ["Anna\r\nBcc: alla@example.org", "{{ 7 * 7 }}"])
def test_nothing_that_people_write_becomes_a_header_or_a_template(mailing, session, invited,
                                                                  server, name):
    invited[0].name = name
    session.commit()

    send_all(mailing)

    message = server.taken[0][1]
    assert message["Bcc"] is None
    assert "49" not in message["Subject"]
    assert server.taken[0][0] == ["anna@example.org"]


def test_an_address_that_is_none_reaches_nobody(mailing, session, invited, server):
    row = mail(session)
    row.recipient = "anna@example.org\r\nBcc: alla@example.org"
    session.commit()

    assert send_all(mailing) == (0, 1)
    assert server.taken == []


def test_every_template_begins_with_a_subject():
    for path in (ROOT / "app" / "templates" / "mail").glob("*.txt"):
        if path.name != "footer.txt":
            lines = path.read_text("utf-8").splitlines()
            while lines[0].startswith(("{%", "{#")):
                lines.pop(0)
            assert lines[0].strip(), path.name
            assert lines[1] == "", path.name


def test_the_same_row_is_the_same_message(app, session, invited):
    row = mail(session)

    assert write(app, row, "A")["Message-ID"] == write(app, row, "A")["Message-ID"]


def test_a_worker_killed_after_sending_sends_the_same_message_again(
    config, database_url, server, session, invited, tmp_path
):
    """Killed between the server's yes and our note of it: twice, but under one Message-ID."""
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--once"], cwd=ROOT,
        env=os.environ | {
            "STEGVIS_DATABASE_URL": database_url, "STEGVIS_SECRET_KEY": config.secret_key,
            "STEGVIS_DATA_DIR": str(config.data_dir), "STEGVIS_BASE_URL": config.base_url,
            "STEGVIS_SMTP_URL": f"smtp://127.0.0.1:{server.port}",
        },
        stderr=subprocess.DEVNULL,
    )
    server.on_data = lambda: os.kill(process.pid, signal.SIGKILL)
    assert process.wait(timeout=60) == -signal.SIGKILL
    server.on_data = lambda: None
    assert mail(session).state is MailState.WAITING

    app = create_app(replace(config, smtp_url=f"smtp://127.0.0.1:{server.port}"))
    assert send_all(app) == (0, 0)  # the dead one's lease still runs
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        assert send_all(app) == (1, 0)
    app.extensions["database"].engine.dispose()

    assert [message["Message-ID"] for _, message in server.taken] == [
        f"<outbox-{mail(session).id}@localhost>"
    ] * 2


def test_every_problem_has_a_sentence(app):
    with app.app_context():
        for problem in Problem:
            assert in_words(MailNotSent(problem, "x").stored)[0]
        assert in_words(None) == ("", "")
