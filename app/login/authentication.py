"""Whether an address and a password belong together, counted so that nobody can guess for long.

Nothing is locked in the database while the password is compared, which takes its time.
"""

from flask_babel import gettext as _

from app import clock, db
from app.login import passwords, throttle
from app.login.denied import Denied
from courses.queries.accounts import Account, account_by_email


def authenticate(email: str, password: str) -> Account:
    """Return whose account it is; raise Denied when it is nobody's or too often tried."""
    attempt = throttle.attempt(email)
    now = clock.now()
    with db.reading() as reader:
        throttle.let_through(reader, attempt, now)
        account = account_by_email(reader, email)
    right = passwords.verify(account.password_hash if account else None, password)
    if account is None or not right:
        throttle.count_failure(attempt, now)
        # the same for unknown people and wrong passwords
        raise Denied(_("Fel e-postadress eller lösenord."))
    return account
