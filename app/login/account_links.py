"""Asking for a link by mail: the same for whoever asks, whether the address is known or not."""

from datetime import datetime
from typing import Any

from flask import Flask

from app import clock, db
from app.login import throttle
from app.worker import handles
from courses.queries.accounts import account_by_email
from courses.rules.account_links import JOB
from courses.services.account_links import ask_for_link, mail_link
from courses.vocabulary import LinkPurpose


def ask(email: str, purpose: LinkPurpose) -> None:
    """Have a link mailed if the address has an account; TooManyAttempts when asked too often.

    Both ways run the same statements and leave the same rows.
    """
    attempt = throttle.asking_for_link(email)
    now, session = clock.now(), db.session()
    throttle.let_through(session, attempt, now)
    account = account_by_email(session, email)
    throttle.count(session, attempt, now)
    ask_for_link(session, account.user_id if account else None, purpose, now=now)


@handles(JOB)
def make(app: Flask, payload: dict[str, Any], now: datetime) -> None:
    """Make and mail the link that was asked for, when the address had an account."""
    with db.transaction(app) as session:
        mail_link(
            session, payload["user_id"], LinkPurpose(payload["purpose"]),
            request=payload["request"], now=now,
        )
