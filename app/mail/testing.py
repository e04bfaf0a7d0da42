"""A mail sent at once, to see whether the mail server takes it."""

import logging
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime, make_msgid

from flask import current_app
from flask_babel import gettext as _

from app.mail import smtp
from app.mail.problems import MailNotSent, in_words
from app.mail.writing import sender
from config import Config

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What became of it: a sentence, and what the server said when it said no."""

    was_sent: bool
    sentence: str = ""
    server: str = ""


def try_mail(address: str) -> Outcome:
    """Send a test mail to `address` and say what the server answered."""
    config: Config = current_app.config["STEGVIS"]
    try:
        message = EmailMessage(policy=SMTP)
        message["From"] = sender(config)
        message["To"] = address
        message["Subject"] = _("Testmejl från Stegvis")
        message["Date"] = localtime()
        message["Message-ID"] = make_msgid(domain=config.host)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(_("Mejlen kommer fram. Du kan gå vidare."), cte="quoted-printable")
        smtp.deliver(config.smtp_url, message, our_name=config.host)
    except MailNotSent as error:
        log.warning("setup: test mail not sent: %s", error.problem)
        sentence, server = in_words(error.stored)
        return Outcome(False, sentence, server)
    except (ValueError, IndexError):
        return Outcome(False, _("Skriv en hel e-postadress, till exempel namn@exempel.se"))
    return Outcome(True)
