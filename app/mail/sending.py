"""Taking mails from the outbox, one at a time: claim, commit, speak SMTP, note what happened."""

import logging

from flask import Flask

from app import clock, db
from app.mail import smtp
from app.mail.problems import MailNotSent
from app.mail.writing import write
from config import Config
from courses.services.jobs import claim_mail, mail_failed, mail_sent

log = logging.getLogger(__name__)


def send_next(app: Flask) -> bool | MailNotSent:
    """Try one mail. True: sent; False: none is waiting; else why it did not go.

    Without a mail server nothing is claimed: mail waits until there is one.
    """
    config: Config = app.config["STEGVIS"]
    if not config.smtp_url:
        return False
    with db.transaction(app) as session:
        claimed = claim_mail(session, now=clock.now())
    if claimed is None:
        return False
    mail, name = claimed
    try:
        smtp.deliver(config.smtp_url, write(app, mail, name), our_name=config.host)
    except MailNotSent as error:
        error.forget(mail.recipient)
        log.warning("mail: %s not sent: %s", mail.id, error.stored)
        with db.transaction(app) as session:
            mail_failed(
                session, mail, error=error.stored, is_final=error.is_final, now=clock.now()
            )
        return error
    with db.transaction(app) as session:
        mail_sent(session, mail, now=clock.now())
    log.info("mail: %s sent", mail.id)
    return True


def send_all(app: Flask) -> tuple[int, int]:
    """Try everything that is waiting; return how many went and how many did not.

    Stops when what went wrong would happen to the next one too.
    """
    sent = failed = 0
    while result := send_next(app):
        if isinstance(result, MailNotSent):
            failed += 1
            if result.concerns_all:
                break
        else:
            sent += 1
    return sent, failed
