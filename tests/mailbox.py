"""A mail server that keeps what it gets, for tests that follow a link out of a mail."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from deploy.processes import free_port


class Mailbox:
    """Listens on a free port of this machine between `start` and `stop`."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refusing = False
        """Whether it answers every mail with a temporary failure."""
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.refusing:
            return "451 try again later"
        content = envelope.original_content or b""
        self.messages.append(message_from_bytes(content, policy=policy.default))
        return "250 kept"

    @property
    def url(self) -> str:
        """The address for STEGVIS_SMTP_URL."""
        return f"smtp://127.0.0.1:{self._controller.port}"

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    def wait_for(self, address: str, *, number: int = 1, seconds: float = 30) -> EmailMessage:
        """Return the `number`th mail to `address`; AssertionError when it does not come."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            mine = [m for m in list(self.messages) if address in str(m["To"])]
            if len(mine) >= number:
                return mine[number - 1]
            time.sleep(0.1)
        raise AssertionError(f"no mail number {number} to {address} within {seconds:.0f} s")


@contextmanager
def mailbox_of(app: Flask) -> Iterator[Mailbox]:
    """A mailbox that the app sends its mails to."""
    mailbox = Mailbox()
    mailbox.start()
    app.config["STEGVIS"] = replace(app.config["STEGVIS"], smtp_url=mailbox.url)
    yield mailbox
    mailbox.stop()


def link_in(message: EmailMessage) -> str:
    """Return the first web address in the text of a mail."""
    body = message.get_body(("plain",))
    assert body is not None
    found = re.search(r"https?://\S+", body.get_content())
    assert found is not None, body.get_content()
    return found.group().rstrip(".,)>")
