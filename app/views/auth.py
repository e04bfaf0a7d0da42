"""Logging in and out, and where a person lands."""

from flask import (
    Blueprint,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import db, i18n, sessions
from app.forms.auth import LoginForm
from app.guard import public
from app.http import devices, rescue
from app.http.destinations import safe_next
from app.login import passwords
from app.login.authentication import authenticate
from app.login.denied import Denied
from app.login.welcome import welcome
from courses.queries.accounts import Account
from courses.services.accounts import (
    choose_language,
    renew_password_hash,
)
from courses.vocabulary import Language

bp = Blueprint("auth", __name__)


@bp.get("/logga-in")
@public
def login() -> ResponseReturnValue:
    return render_template("auth/login.html", form=LoginForm())


@bp.post("/logga-in")
@public
def log_in() -> ResponseReturnValue:
    form = LoginForm(request.form)
    if not form.validate():
        return again(form), 422
    try:
        account = authenticate(form.email.data, form.password.data)
    except Denied as denied:
        form.password.errors = [str(denied)]
        return again(form), denied.status, denied.headers
    return _welcome(account, form)


def _welcome(account: Account, form: LoginForm) -> ResponseReturnValue:
    new_hash = None
    if account.password_hash and passwords.needs_rehash(account.password_hash):
        new_hash = passwords.hash_password(form.password.data)
    if new_hash:
        renew_password_hash(db.session(), account.user_id, new_hash)
    return welcome(account.user_id, language=account.language, email=form.email.data)


def again(form: LoginForm) -> str:
    """Return the login form with its errors, and with the text that it carries along."""
    if kept := rescue.carried():
        return rescue.show(kept, form)
    return render_template("auth/login.html", form=form)


@bp.post("/logga-ut")
@public
def logout() -> ResponseReturnValue:
    """End the login. The browser stays its owner's own, unless the button said otherwise."""
    if request.form.get("forget_device"):
        devices.forget_own()
    sessions.end(db.session())
    return redirect(url_for("public.start"), 303)


@bp.get("/borja")
@public
def landing() -> ResponseReturnValue:
    """Each to their own first page."""
    if not current_user.is_authenticated:
        sessions.forget()
        return redirect(url_for("public.start"), 303)
    identity = current_user.identity
    for is_mine, endpoint in (
        (identity.place is not None, "home.show"),
        (identity.is_trainer, "reviews.queue"),
        (identity.is_coordinator, "coordination.show"),
        (identity.is_secrecy_officer, "secrecy.index"),
        (identity.is_editor, "editing.index"),
        (identity.is_administrator, "admin.show"),
    ):
        if is_mine and endpoint in current_app.view_functions:
            return redirect(url_for(endpoint), 303)
    return render_template("auth/landing.html")


@bp.post("/sprak")
@public
def language() -> ResponseReturnValue:
    """Change language: for this browser, and on the account of who is logged in."""
    response = redirect(safe_next(request.form.get("next")) or url_for("auth.landing"), 303)
    chosen = request.form.get("language")
    if chosen in list(Language):
        i18n.remember(response, Language(chosen))
        if current_user.is_authenticated:
            choose_language(db.session(), current_user.identity.user_id, Language(chosen))
    return response
