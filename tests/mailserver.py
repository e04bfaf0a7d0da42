"""A real SMTP server for tests, and what the tests of mail have in common."""

import email
import socket
from dataclasses import replace
from email.policy import default

from sqlalchemy import select

from courses.models import OutboxMail


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as own:
        return own.getsockname()[1]


class Server:
    """Answers as it is told and keeps what it took."""

    def __init__(self):
        self.answers = []
        self.taken = []
        self.on_data = lambda: None

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if self.answers and self.answers[0].startswith("RCPT "):
            return self.answers.pop(0).removeprefix("RCPT ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            message = email.message_from_bytes(envelope.content, policy=default)
            self.taken.append((envelope.rcpt_tos, message))
        self.on_data()
        return answer


def use(app, url):
    app.config["STEGVIS"] = replace(
        app.config["STEGVIS"], smtp_url=url, base_url="https://stegvis.example"
    )
    return app


def mail(session):
    session.expire_all()
    row = session.scalars(select(OutboxMail)).one()
    session.commit()
    return row
