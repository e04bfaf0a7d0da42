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
from app.login.denied import Denied
from courses.models import User
from courses.rules.second_factor import FRESH

MACHINERY = {"csrf_token", "idem", "proof_password"}


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
        return page(form, request.path), denied.status, denied.headers
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

    Wrong ones are counted as at the login, but apart from those. While it is compared the
    database is everybody's; the form's transaction begins anew after that.
    """
    session, now = db.session(), clock.now()
    user = session.get_one(User, current_user.identity.user_id)
    attempt = throttle.proving(user.id)
    throttle.let_through(session, attempt, now)
    kept = user.password_hash
    if not db.aside(("proof", kept, password), lambda: passwords.verify(kept, password)):
        throttle.count_failure(attempt, now)
        raise Denied(_("Fel lösenord."))
