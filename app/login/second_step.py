"""The second step of a login: who waits for it, and whether a code is right.

Wrong codes are counted together with wrong passwords. Whoever has used them all up knows the
password: the account's owner is told.
"""

import logging
from contextlib import suppress
from datetime import datetime
from secrets import token_urlsafe

from flask import Flask, Response, g, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import clock, db, sessions
from app.forms.security import AppForm, PasskeyForm, SecondStepForm
from app.http import cookies, rescue
from app.keys import Undecipherable
from app.login import passkeys, passwords, throttle, totp
from app.login.denied import Denied
from courses.models import User
from courses.queries.second_factor import Waiting, recovery_hash, step_due, waiting_login
from courses.rules import second_factor as rules
from courses.rules.tokens import token_hash
from courses.services.account_security import tell_of_guessing
from courses.services.second_factor import remember_device, use_app_code, use_recovery_code
from courses.vocabulary import SecondStep

log = logging.getLogger(__name__)
COOKIE = "stegvis-remembered"


def waiting() -> Waiting | None:
    """Return the login behind this request's cookie, if it waits for its second step."""
    token = sessions.current_token()
    if token is None:
        return None
    with db.reading() as reader:
        return waiting_login(reader, token_hash(token), now=clock.now())


def without_one(session: Session, login: Waiting) -> User | None:
    """Return the account if it still has no second step, and let nobody else give it one
    meanwhile; None when it has got one since `login` was looked at."""
    user = session.get_one(User, login.user_id, with_for_update=True)
    due = step_due(session, user.id, device_hash=None, now=clock.now())
    return user if due is SecondStep.ENROLL else None


def page(login: Waiting, form: SecondStepForm | AppForm | PasskeyForm | None = None) -> str:
    """Return the page that asks for the step; what the login carries along goes on with it."""
    kept = rescue.carried()
    if login.awaits is SecondStep.PROVE:
        return render_template(
            "auth/second_step.html", login=login, form=form or SecondStepForm(), kept=kept
        )
    app_form = form if isinstance(form, AppForm) else AppForm.offering(login.user_id)
    secret = totp.offered(app_form.setup.data or "", login.user_id) or ""
    return render_template(
        "auth/enroll.html", login=login, form=form or app_form, app_form=app_form,
        passkey_form=form if isinstance(form, PasskeyForm) else PasskeyForm(), kept=kept,
        secret=totp.in_groups(secret), picture=totp.picture(secret, login.email),
        ceremony=passkeys.ask_to_add(login.user_id, login.email, login.passkeys)
        if passkeys.available() else None,
    )


def prove(login: Waiting, *, code: str, recovery: str) -> None:
    """Use a code of the app or a recovery code up; raise Denied when it is not right.

    Nothing is locked in the database while it is compared.
    """
    now = clock.now()
    attempt = throttle.attempt(login.email)
    parts = rules.recovery_code(recovery)
    try:
        with db.reading() as reader:
            throttle.let_through(reader, attempt, now)
    except Denied:
        _tell(login.user_id, now)
        raise
    with db.reading() as reader:
        kept = recovery_hash(reader, login.user_id, parts[0]) if parts else None
    step = _step(login, code)
    is_kept = parts is not None and passwords.verify(kept[1] if kept else None, parts[1])
    session = db.session()
    if step is not None and use_app_code(session, login.user_id, step, now):
        return
    if kept and is_kept and use_recovery_code(session, login.user_id, kept[0], now):
        return
    throttle.count_failure(attempt, now)
    raise Denied(_("Koden stämmer inte eller är redan använd. Vänta på nästa kod."))


def _tell(user_id: int, now: datetime) -> None:
    with suppress(IntegrityError), db.transaction() as writer:  # another request was faster
        tell_of_guessing(writer, writer.get_one(User, user_id), now=now)


def _step(login: Waiting, typed: str) -> int | None:
    code = rules.app_code(typed)
    if code is None or login.secret is None:
        return None
    try:
        secret = totp.unseal(login.secret, login.user_id)
    except Undecipherable:  # restored without its keys: a recovery code or a passkey still does
        log.exception("second step: the secret of %s cannot be read", login.user_id)
        return None
    return totp.matching_step(secret, code, clock.now())


def device_hash() -> str | None:
    """Return what is stored of this browser, if it has asked to be remembered."""
    token = request.cookies.get(COOKIE)
    return token_hash(token) if token else None


def remember(session: Session, user_id: int) -> None:
    """Do not ask this browser for a second step of `user_id` for 30 days."""
    token = token_urlsafe(32)
    remember_device(session, user_id, token_hash(token), clock.now())
    g.remembered_device = token


def _finish(response: Response) -> Response:
    token = g.pop("remembered_device", None)
    if token and response.status_code < 400:
        cookies.keep(response, COOKIE, token, max_age=int(rules.REMEMBERED.total_seconds()))
    return response


def init_app(app: Flask) -> None:
    app.after_request(_finish)
