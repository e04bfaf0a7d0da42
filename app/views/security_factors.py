"""*Säkerhet*: passkeys, the authenticator app and recovery codes."""

import logging
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import NotFound

from app import clock, db
from app.forms.security import AppForm, PasskeyForm, PasskeyNameForm, ProofForm
from app.guard import guarded
from app.login import passkeys, proof, recovery, totp
from app.login.passkeys import PasskeyRefused
from app.login.recovery import Codes
from app.views.security import bp
from courses.permissions import Own, Permission
from courses.queries.second_factor import passkeys_of, requires_second_step
from courses.queries.security import OneOfOwn, has_codes, own_account, own_passkey
from courses.services.passkeys import remove_passkey, rename_passkey
from courses.services.second_factor import add_app, remove_app

log = logging.getLogger(__name__)


def load_passkey(session, identity, passkey_id) -> OneOfOwn:
    return own_passkey(session, identity.user_id, passkey_id)


def _prove_first() -> ResponseReturnValue:
    """A new proof before a page that offers something new, also when it is shown once more;
    what it has offered is signed and needs none after it."""
    return proof.page(ProofForm(), url_for(".prove"), next=request.path)


@bp.get("/app")
@guarded(Permission.HOME_READ)
def app(_context: Own) -> ResponseReturnValue:
    if not proof.is_fresh():
        return _prove_first()
    return _app_page(AppForm.offering(current_user.identity.user_id))


@bp.post("/app")
@guarded(Permission.HOME_READ)
def confirm_app(_context: Own) -> ResponseReturnValue:
    form, user_id, now = AppForm(request.form), current_user.identity.user_id, clock.now()
    if not (proof.is_fresh() or totp.offered(form.setup.data or "", user_id)):
        return _prove_first()
    confirmed = form.confirmed(user_id, now)
    if confirmed is None:
        return _app_page(form), 422
    secret, step = confirmed
    session = db.session()
    user = own_account(session, user_id)
    add_app(session, user, secret=totp.seal(secret, user_id), step=step, now=now)
    return _with_codes(user, _("Kodappen är tillagd."))


@bp.post("/app/ta-bort")
@guarded(Permission.HOME_READ)
def take_app_away(_context: Own) -> ResponseReturnValue:
    if asked := proof.ask():
        return asked
    session, user = db.session(), _me()
    remove_app(
        session, user, is_required=requires_second_step(session, user.id), now=clock.now()
    )
    flash(_("Kodappen är borttagen."))
    return redirect(url_for(".show"), 303)


@bp.get("/passnyckel")
@guarded(Permission.HOME_READ)
def passkey(_context: Own) -> ResponseReturnValue:
    if not passkeys.available():
        raise NotFound
    if not proof.is_fresh():
        return _prove_first()
    return _passkey_page(PasskeyForm())


@bp.post("/passnyckel")
@guarded(Permission.HOME_READ)
def add_passkey(_context: Own) -> ResponseReturnValue:
    if not passkeys.available():
        raise NotFound
    form, session = PasskeyForm(request.form), db.session()
    if not form.validate():
        return _passkey_again(form)
    user = _me()
    try:
        passkeys.add(
            session, user, credential=form.credential.data or "",
            token=form.challenge.data or "", name=form.name.data, now=clock.now(),
        )
    except PasskeyRefused as refused:
        log.info("passkey: not added: %s", refused)
        form.name.errors = [passkeys.not_added()]
        return _passkey_again(form)
    return _with_codes(user, _("Passnyckeln är tillagd."))


@bp.post("/passnycklar/<int:passkey_id>/namn")
@guarded(Permission.HOME_READ, load=load_passkey)
def name_passkey(context: OneOfOwn) -> ResponseReturnValue:
    form = PasskeyNameForm(request.form)
    if not form.validate():
        return render_template("security/name.html", form=form, passkey_id=context.id), 422
    rename_passkey(db.session(), current_user.identity.user_id, context.id, form.name.data)
    flash(_("Passnyckeln har fått ett nytt namn."))
    return redirect(url_for(".show"), 303)


@bp.post("/passnycklar/<int:passkey_id>/ta-bort")
@guarded(Permission.HOME_READ, load=load_passkey)
def take_passkey_away(context: OneOfOwn) -> ResponseReturnValue:
    if asked := proof.ask():
        return asked
    session, user = db.session(), _me()
    remove_passkey(
        session, user, context.id, is_required=requires_second_step(session, user.id),
        now=clock.now(),
    )
    flash(_("Passnyckeln är borttagen."))
    return redirect(url_for(".show"), 303)


@bp.post("/koder")
@guarded(Permission.HOME_READ)
def new_codes(_context: Own) -> ResponseReturnValue:
    if asked := proof.ask():
        return asked
    return _codes(_me(), _new_codes())


def _with_codes(user: Any, said: str) -> ResponseReturnValue:
    """Say what was done, and show the first recovery codes right after the first thing they
    help to recover from."""
    if has_codes(db.session(), user.id):
        flash(said)
        return redirect(url_for(".show"), 303)
    codes = _new_codes()
    flash(said)
    return _codes(user, codes)


def _new_codes() -> Codes:
    return db.aside("recovery codes", recovery.make)


def _codes(user: Any, codes: Codes) -> ResponseReturnValue:
    return render_template(
        "security/codes.html", codes=recovery.renew(db.session(), user, codes, clock.now())
    )


def _app_page(form: AppForm) -> str:
    user = _me()
    secret = totp.offered(form.setup.data or "", user.id) or ""
    return render_template(
        "security/app.html", form=form, secret=totp.in_groups(secret),
        picture=totp.picture(secret, user.email or ""),
    )


def _passkey_again(form: PasskeyForm) -> ResponseReturnValue:
    return (_passkey_page(form), 422) if proof.is_fresh() else _prove_first()


def _passkey_page(form: PasskeyForm) -> str:
    session, user = db.session(), _me()
    ceremony = passkeys.ask_to_add(user.id, user.email or "", passkeys_of(session, user.id))
    return render_template("security/passkey.html", form=form, ceremony=ceremony)


def _me() -> Any:
    return own_account(db.session(), current_user.identity.user_id)
