"""Asking for a link by mail: the same for whoever asks, whether the address is known or not."""

import logging
from datetime import datetime
from typing import Any

from flask import Flask

from app import clock, db
from app.login import throttle
from app.login.authentication import TooManyAttempts
from app.worker import handles
from courses.queries.accounts import account_by_email, locked_until
from courses.rules.account_links import JOB
from courses.services.account_links import ask_for_link, mail_link
from courses.services.accounts import record_login_failure
from courses.vocabulary import LinkPurpose

log = logging.getLogger(__name__)


def ask(email: str, purpose: LinkPurpose) -> None:
    """Have a link mailed if the address has an account; TooManyAttempts when asked too often.

    Both ways run the same statements and leave the same rows.
    """
    attempt = throttle.asking_for_link(email)
    now, session = clock.now(), db.session()
    free_at = locked_until(
        session, account_key=attempt.account_key, address=attempt.address,
        limit=attempt.limit, now=now,
    )
    account = account_by_email(session, email)
    if free_at:
        log.warning("link: throttled for %s", attempt.account_key[:12])
        raise TooManyAttempts(free_at, now)
    record_login_failure(
        session, account_key=attempt.account_key, address=attempt.address or "", now=now
    )
    ask_for_link(session, account.user_id if account else None, purpose, now=now)


@handles(JOB)
def make(app: Flask, payload: dict[str, Any], now: datetime) -> None:
    """Make and mail the link that was asked for, when the address had an account."""
    with db.transaction(app) as session:
        mail_link(
            session, payload["user_id"], LinkPurpose(payload["purpose"]),
            request=payload["request"], now=now,
        )
