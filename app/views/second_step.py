"""The second step of logging in: a code, a passkey, or getting one of them first."""

import logging

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db
from app.forms.auth import LoginForm
from app.forms.security import AppForm, PasskeyForm, SecondStepForm
from app.guard import public
from app.http import rescue
from app.http.destinations import safe_next
from app.login import passkeys, recovery, second_step, totp
from app.login.denied import Denied
from app.login.passkeys import PasskeyRefused
from app.login.recovery import Codes
from app.login.welcome import enter, lead_on
from app.views.auth import again
from courses.queries.second_factor import Waiting
from courses.services.second_factor import add_app
from courses.vocabulary import SecondStep

log = logging.getLogger(__name__)
bp = Blueprint("second_step", __name__, url_prefix="/logga-in")


@bp.get("/steg-tva")
@public
def show() -> ResponseReturnValue:
    login = second_step.waiting()
    if login is None and current_user.is_authenticated:
        return redirect(url_for("auth.landing"), 303)
    if login is None:
        return redirect(url_for("auth.login", next=request.args.get("next") or None), 303)
    return second_step.page(login)


@bp.post("/steg-tva")
@public
def prove() -> ResponseReturnValue:
    login = second_step.waiting()
    if login is None or login.awaits is not SecondStep.PROVE:
        return _nothing_waits()
    form = SecondStepForm(request.form)
    if not form.validate():
        return second_step.page(login, form), 422
    field = form.recovery if form.recovery.data else form.code
    try:
        second_step.prove(login, code=form.code.data or "", recovery=form.recovery.data or "")
    except Denied as denied:
        field.errors = [str(denied)]
        return second_step.page(login, form), denied.status, denied.headers
    return enter(
        login.user_id, language=login.language, email=login.email, remember=form.remember.data
    )


@bp.post("/passnyckel")
@public
def passkey() -> ResponseReturnValue:
    """A passkey proves the device and the person at once: both steps, wherever it is used."""
    try:
        found = passkeys.log_in(
            request.form.get("credential", ""), request.form.get("challenge", ""), clock.now()
        )
    except PasskeyRefused as refused:
        log.info("passkey: %s", refused)
        return _try_again(), 422
    return enter(found.user_id, language=found.language, email=found.email)


@bp.post("/steg-tva/app")
@public
def enroll_app() -> ResponseReturnValue:
    login = second_step.waiting()
    if login is None or login.awaits is not SecondStep.ENROLL:
        return _nothing_waits()
    form = AppForm(request.form)
    confirmed = form.confirmed(login.user_id, clock.now())
    if confirmed is None:
        return second_step.page(login, form), 422
    secret, step = confirmed
    codes = recovery.make()
    session = db.session()
    user = second_step.without_one(session, login)
    if user is None:
        return _nothing_waits()
    add_app(
        session, user, secret=totp.seal(secret, login.user_id), step=step, now=clock.now(),
    )
    return _in_with_codes(login, codes)


@bp.post("/steg-tva/ny-passnyckel")
@public
def enroll_passkey() -> ResponseReturnValue:
    login = second_step.waiting()
    if login is None or login.awaits is not SecondStep.ENROLL:
        return _nothing_waits()
    form = PasskeyForm(request.form)
    if not form.validate():
        return second_step.page(login, form), 422
    codes = recovery.make()
    session = db.session()
    user = second_step.without_one(session, login)
    if user is None:
        return _nothing_waits()
    try:
        passkeys.add(
            session, user, credential=form.credential.data or "",
            token=form.challenge.data or "", name=form.name.data, now=clock.now(),
        )
    except PasskeyRefused:
        session.rollback()
        form.name.errors = [passkeys.not_added()]
        return second_step.page(login, form), 422
    return _in_with_codes(login, codes)


@bp.post("/vidare")
@public
def go_on() -> ResponseReturnValue:
    """From the page that showed the recovery codes to where the login was meant to lead."""
    if not current_user.is_authenticated:
        return rescue.page()
    return lead_on(db.session(), current_user.identity.user_id)


def _nothing_waits() -> ResponseReturnValue:
    """The step was taken by an earlier click, or the login has run out: a text is kept."""
    if rescue.carried() and not current_user.is_authenticated:
        return rescue.page()
    if current_user.is_authenticated:
        return lead_on(db.session(), current_user.identity.user_id)
    return redirect(safe_next(request.form.get("next")) or url_for("auth.landing"), 303)


def _in_with_codes(login: Waiting, codes: Codes) -> ResponseReturnValue:
    return enter(login.user_id, language=login.language, email=login.email, codes=codes)


def _try_again() -> str:
    """The page that the passkey was asked for on, with an error where one can go on."""
    message = _("Passnyckeln gick inte att använda. Försök igen, eller logga in på annat sätt")
    login = second_step.waiting()
    if login is not None:
        form = SecondStepForm()
        form.code.errors = [message]
        return second_step.page(login, form)
    login_form = LoginForm(email=request.form.get("email", ""))
    login_form.password.errors = [message]
    return again(login_form)
