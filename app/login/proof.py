"""Asking for the password again before what protects an account changes.

A login that was left open, or a cookie that was taken, does not suffice for that. What the
form sent goes along and is not typed again.
"""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, sessions
from app.forms.security import ProofForm
from app.login import passwords, throttle
from app.login.authentication import Denied, TooManyAttempts
from courses.models import LoginFailure, User
from courses.queries.accounts import locked_until
from courses.rules.second_factor import FRESH

MACHINERY = {"csrf_token", "idem", "proof_password"}


class WrongPassword(Denied):
    def __init__(self) -> None:
        Exception.__init__(self, _("Fel lösenord."))


def is_fresh() -> bool:
    """Whether the person has proved who they are within the last quarter of an hour."""
    proved_at = current_user.proved_at
    return proved_at is not None and clock.now() - proved_at <= FRESH


def ask() -> ResponseReturnValue | None:
    """Return a page that asks for the password, or None when there is no need to any more.

    A form's view calls this when all else is right: the password comes with the same form.
    """
    if is_fresh():
        return None
    if "proof_password" not in request.form:
        return page(ProofForm(), request.path)
    form = ProofForm(request.form)
    if not form.validate():
        return page(form, request.path), 422
    try:
        check(form.proof_password.data)
    except Denied as denied:
        form.proof_password.errors = [str(denied)]
        return page(form, request.path), denied.status
    renew()
    return None


def page(form: ProofForm, action: str, **more: str) -> str:
    """Return the page; what was posted, and `more`, goes along in hidden fields."""
    fields = [(n, v) for n, v in request.form.items(multi=True) if n not in MACHINERY]
    return render_template(
        "security/prove.html", form=form, action=action, fields=[*fields, *more.items()]
    )


def renew() -> None:
    """Note that the person has just proved who they are; the login goes on under a new cookie."""
    sessions.renew(db.session(), current_user.login_id)
    current_user.proved_at = clock.now()


def check(password: str) -> None:
    """Raise Denied unless this is the password of the person who is logged in.

    Counted as wrong passwords at the login are, whatever becomes of the form.
    """
    session, now = db.session(), clock.now()
    user = session.get_one(User, current_user.identity.user_id)
    attempt = throttle.attempt(user.email or "")
    free_at = locked_until(
        session, account_key=attempt.account_key, address=attempt.address, limit=attempt.limit,
        now=now,
    )
    if free_at:
        raise TooManyAttempts(free_at, now)
    if not passwords.verify(user.password_hash, password):
        row = LoginFailure(
            account_key=attempt.account_key, address=attempt.address or "", at=now
        )
        db.append(row, whatever_comes=True)
        raise WrongPassword
