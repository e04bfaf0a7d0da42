"""Thirty mails through a server that refuses, puts off, is slow and dies after accepting:
each arrives or is seen as failed, and what arrives twice is one and the same message."""

import asyncio
import random
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from aiosmtpd.controller import Controller
from sqlalchemy import select

from app import clock
from app.jobs.notices import write_digests
from app.mail import smtp
from app.worker import Worker
from courses.models import OutboxMail
from courses.services.notices import notify
from courses.vocabulary import MailState, NoticeKind, Role
from tests.factories import make_cohort, make_enrollment, make_role
from tests.mailserver import free_port, use

PEOPLE = 30
SEED = 20261122


class Storm:
    """A server in bad weather. What it does to a mail is decided when it first comes."""

    def __init__(self):
        self.weather = random.Random(SEED)  # noqa: S311 - the same storm every time
        self.accepted = []
        """Message-ID and recipient of everything that the server took, also unanswered."""
        self.met = Counter()

    async def handle_DATA(self, server, _session, envelope):
        number = next(
            line for line in envelope.content.decode().splitlines()
            if line.lower().startswith("message-id:")
        ).split(":", 1)[1].strip()
        to = envelope.rcpt_tos[0]
        what = self.weather.choice(["take", "take", "later", "never", "slow", "die"])
        self.met[what] += 1
        if what == "later":
            return "451 4.3.0 try again later"
        if what == "never":
            return "550 5.7.1 not wanted"
        if what == "slow":
            await asyncio.sleep(0.3)  # longer than the worker waits
        self.accepted.append((number, to))
        if what == "die":
            server.transport.abort()
        return "250 kept"


@pytest.fixture
def storm():
    handler = Storm()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()


def test_every_mail_arrives_or_is_seen_to_have_failed(
    app, session, course, client, login, storm, monkeypatch
):
    monkeypatch.setattr(smtp, "SECONDS", 0.15)
    monkeypatch.setattr("app.worker.MAIL_PAUSE_SECONDS", 0)
    cohort = make_cohort(session, course)
    people = [make_enrollment(session, cohort) for _ in range(PEOPLE)]
    admin = make_role(session, Role.ADMINISTRATOR)
    notify(session, [one.user_id for one in people], NoticeKind.FEEDBACK, "feedback:1",
           cohort_id=cohort.id, item_id=course.assignments[0].id, now=clock.now())
    session.commit()
    plain = app.config["STEGVIS"]
    use(app, f"smtp://127.0.0.1:{storm.port}")
    with app.app_context():
        assert write_digests(app) == PEOPLE

    with time_machine.travel(clock.now(), tick=True) as traveller:
        for _ in range(60):
            Worker(app).drain()
            session.expire_all()
            waiting = session.scalars(
                select(OutboxMail).where(OutboxMail.state == MailState.WAITING)
            ).all()
            session.commit()
            if not waiting:
                break
            next_try = max(mail.not_before for mail in waiting)
            traveller.move_to(max(next_try, clock.now()) + timedelta(seconds=1))
        assert not waiting

    mails = {f"<outbox-{one.id}@stegvis.example>": one
             for one in session.scalars(select(OutboxMail))}
    sent = {key for key, one in mails.items() if one.state is MailState.SENT}
    failed = {key for key, one in mails.items() if one.state is MailState.FAILED}
    arrived = {key for key, _ in storm.accepted}
    assert sent | failed == mails.keys()
    assert sent <= arrived
    assert all(mails[key].last_error for key in failed)
    assert all(mails[key].recipient == to for key, to in storm.accepted)
    assert len(storm.accepted) > len(arrived)  # duplicates there were: one Message-ID each
    assert min(storm.met[what] for what in ("later", "never", "slow", "die")) > 2

    app.config["STEGVIS"] = plain  # the administrator reads the page without https
    login(admin)
    page = client.get("/admin?utskick=failed").text
    assert "Mejlservern tog inte emot mejlet." in page
    assert "not wanted" in page
