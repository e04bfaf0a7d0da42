"""From a row of the outbox to a message, in the recipient's language."""

import logging
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from flask import Flask, g, render_template

from app.mail.links import absolute
from app.mail.problems import MailNotSent, Problem
from app.mail.unsubscribing import unsubscribe_token
from config import SITE, Config
from courses.models import OutboxMail

log = logging.getLogger(__name__)


def write(app: Flask, mail: OutboxMail, name: str) -> EmailMessage:
    """Return the message for `mail`; the same row always gives the same Message-ID.

    A crash between sending and noting it sends a mail twice: mail servers and programs know
    the second by its Message-ID.
    """
    config: Config = app.config["STEGVIS"]
    try:
        with app.app_context():
            g.language = mail.language
            leaving = _leaving(mail)
            subject, text = _render(mail, name, leaving)
        message = EmailMessage(policy=SMTP)
        message["From"] = sender(config)
        message["To"] = _ascii_domain(mail.recipient)
        message["Subject"] = subject
        message["Date"] = format_datetime(mail.created_at)
        message["Message-ID"] = f"<outbox-{mail.id}@{config.host}>"
        message["Auto-Submitted"] = "auto-generated"
        if leaving:  # RFC 8058: a mail program's own button
            message["List-Unsubscribe"] = f"<{leaving}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(text, cte="quoted-printable")
        message["Content-Language"] = mail.language
    except Exception as error:  # whatever a template or an address does, the worker goes on
        log.exception("mail: could not write %s", mail.id)
        raise MailNotSent(Problem.TEMPLATE, type(error).__name__) from error
    return message


def sender(config: Config) -> Address:
    """Return whom mails come from."""
    return Address(SITE, addr_spec=config.mail_from or f"no-reply@{config.host}")


def _leaving(mail: OutboxMail) -> str:
    """The address that turns off what the mail holds; none where nothing can be turned off."""
    topics = mail.params.get("topics")
    if mail.user_id is None or not topics:
        return ""
    return absolute("notices.unsubscribe", token=unsubscribe_token(mail.user_id, topics))


def _render(mail: OutboxMail, name: str, leaving: str) -> tuple[str, str]:
    """The template's first line is the subject."""
    params = {"name": name, "link": absolute, "unsubscribe": leaving} | mail.params
    text = render_template(f"mail/{mail.template}.txt", **params)
    subject, _, body = text.strip().partition("\n")
    body = re.sub(r"\n{3,}", "\n\n", body.strip())
    footer = render_template("mail/footer.txt", link=absolute)
    return " ".join(subject.split()), f"{body}\n\n{footer}\n"


def _ascii_domain(address: str) -> str:
    """`anna@umeå.example` as mail servers know it."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}"
