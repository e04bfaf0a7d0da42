"""*Säkerhet*: the password, where one is logged in, and whether this device is one's own."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, sessions
from app.forms.security import PasswordChangeForm, ProofForm
from app.guard import guarded
from app.http import devices
from app.http.destinations import page_at
from app.login import passkeys, passwords, proof
from app.login.denied import Denied
from courses.permissions import Own, Permission
from courses.queries.security import OneOfOwn, own_account, own_login, security_page
from courses.services.account_security import change_password, end_login, log_out_everywhere

bp = Blueprint("security", __name__, url_prefix="/konto/sakerhet")


def load_login(session, identity, login_id) -> OneOfOwn:
    return own_login(session, identity.user_id, login_id)


@bp.get("")
@guarded(Permission.HOME_READ)
def show(_context: Own) -> ResponseReturnValue:
    now = clock.now()
    page = security_page(
        db.session(), current_user.identity.user_id, login_id=current_user.login_id,
        seen_after=now - sessions.IDLE, created_after=now - sessions.ABSOLUTE,
    )
    return render_template(
        "security/show.html", page=page, is_own=devices.is_own_device(),
        can_have_passkeys=passkeys.available(),
    )


@bp.get("/losenord")
@guarded(Permission.HOME_READ)
def password(_context: Own) -> ResponseReturnValue:
    return render_template("security/password.html", form=PasswordChangeForm())


@bp.post("/losenord")
@guarded(Permission.HOME_READ)
def renew_password(_context: Own) -> ResponseReturnValue:
    form = PasswordChangeForm(request.form)
    session = db.session()
    user = own_account(session, current_user.identity.user_id)
    is_complete = form.validate()
    if passwords.refuses(form.new_password, user.email, user.own_name) or not is_complete:
        return render_template("security/password.html", form=form), 422
    try:
        proof.check(form.present_password.data)
    except Denied as denied:
        form.present_password.errors = [str(denied)]
        page = render_template("security/password.html", form=form)
        return page, denied.status, denied.headers
    new = form.new_password.data
    hashed = db.aside(("new password", new), lambda: passwords.hash_password(new))
    proof.renew()
    change_password(
        session, user, hashed, login_id=current_user.login_id, now=clock.now(),
    )
    flash(_("Lösenordet är bytt. Du är utloggad på alla andra enheter."))
    return redirect(url_for(".show"), 303)


@bp.post("/bekrafta")
@guarded(Permission.HOME_READ)
def prove(_context: Own) -> ResponseReturnValue:
    """The password, typed for a page that needs it; on to that page."""
    target = page_at(request.form.get("next")) or url_for(".show")
    if not proof.is_fresh():
        form = ProofForm(request.form)
        if not form.validate():
            return proof.page(form, request.path), 422
        try:
            proof.check(form.proof_password.data)
        except Denied as denied:
            form.proof_password.errors = [str(denied)]
            return proof.page(form, request.path), denied.status, denied.headers
        proof.renew()
    return redirect(target, 303)


@bp.post("/inloggningar/<int:login_id>/avsluta")
@guarded(Permission.HOME_READ, load=load_login)
def end_one(context: OneOfOwn) -> ResponseReturnValue:
    end_login(db.session(), current_user.identity.user_id, context.id, now=clock.now())
    flash(_("Inloggningen är avslutad."))
    return redirect(url_for(".show"), 303)


@bp.post("/logga-ut-overallt")
@guarded(Permission.HOME_READ)
def log_out(_context: Own) -> ResponseReturnValue:
    session = db.session()
    log_out_everywhere(session, current_user.identity.user_id, now=clock.now())
    sessions.end(session)
    flash(_("Du är utloggad överallt."))
    return redirect(url_for("auth.login"), 303)


@bp.post("/egen-enhet")
@guarded(Permission.HOME_READ)
def own_device(_context: Own) -> ResponseReturnValue:
    if request.form.get("own") == "y":
        devices.mark_as_own(current_user.identity.user_id)
        flash(_("Den här enheten räknas nu som din egen."))
    else:
        devices.forget_own()
        flash(_("Den här enheten räknas inte längre som din egen."))
    return redirect(url_for(".show"), 303)
