"""Whether an address and a password belong together, counted so that nobody can guess for long.

Nothing is locked in the database while the password is compared, which takes its time.
"""

import logging
from datetime import datetime
from math import ceil

from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock, db
from app.login import passwords, throttle
from courses.queries.accounts import Account, account_by_email, locked_until
from courses.services.accounts import record_login_failure

log = logging.getLogger(__name__)


class Denied(Exception):
    """Why not, in the reader's language; the same for unknown people and wrong passwords."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Fel e-postadress eller lösenord."))


class TooManyAttempts(Denied):
    """How long to wait, by the clock."""

    status = 429

    def __init__(self, free_at: datetime, now: datetime) -> None:
        self.seconds = max(1, ceil((free_at - now).total_seconds()))
        Exception.__init__(
            self,
            ngettext(
                "För många försök. Vänta %(num)s minut.",
                "För många försök. Vänta %(num)s minuter.",
                ceil(self.seconds / 60),
            ),
        )


def authenticate(email: str, password: str) -> Account:
    """Return whose account it is; raise Denied when it is nobody's or too often tried."""
    attempt = throttle.attempt(email)
    now = clock.now()
    with db.reading() as reader:
        free_at = locked_until(
            reader, account_key=attempt.account_key, address=attempt.address,
            limit=attempt.limit, now=now,
        )
        account = account_by_email(reader, email)
    if free_at:
        log.warning("login: throttled for %s", attempt.account_key[:12])
        raise TooManyAttempts(free_at, now)
    right = passwords.verify(account.password_hash if account else None, password)
    if account is None or not right:
        log.info("login: failed for %s", attempt.account_key[:12])
        with db.transaction() as writer:
            record_login_failure(
                writer, account_key=attempt.account_key, address=attempt.address or "", now=now
            )
        raise Denied
    return account
