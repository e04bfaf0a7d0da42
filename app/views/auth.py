"""Logging in and out, and where a person lands."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import db, i18n, passwords, sessions
from app.forms.auth import LoginForm
from app.guard import public
from courses.queries.accounts import user_by_email
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
    if form.validate():
        user = user_by_email(db.session(), form.email.data)
        if passwords.verify(user.password_hash if user else None, form.password.data):
            sessions.start(db.session(), user.id)
            return redirect(safe_next(request.form.get("next")) or url_for("auth.landing"), 303)
        form.password.errors = [_("Fel e-postadress eller lösenord.")]
    return render_template("auth/login.html", form=form), 422


@bp.post("/logga-ut")
@public
def logout() -> ResponseReturnValue:
    sessions.end(db.session())
    return redirect(url_for("public.start"), 303)


@bp.get("/borja")
@public
def landing() -> ResponseReturnValue:
    """Each to their own first page."""
    if not current_user.is_authenticated:
        return redirect(url_for("public.start"), 303)
    identity = current_user.identity
    for is_mine, endpoint in (
        (identity.place is not None, "home.show"),
        (identity.is_trainer, "reviews.queue"),
        (identity.is_coordinator, "coordination.show"),
        (identity.is_administrator, "admin.show"),
    ):
        if is_mine:
            return redirect(url_for(endpoint), 303)
    return redirect(url_for("public.start"), 303)


@bp.post("/sprak")
@public
def language() -> ResponseReturnValue:
    response = redirect(safe_next(request.form.get("next")) or url_for("auth.landing"), 303)
    if request.form.get("language") in list(Language):
        response.set_cookie(
            i18n.COOKIE, request.form["language"], max_age=31_536_000, samesite="Lax",
            httponly=True, secure=request.is_secure,
        )
    return response


def safe_next(target: str | None) -> str | None:
    """Return `target` when it is a path on this site, else None."""
    if not target or not target.startswith("/") or target[1:2] in ("/", "\\"):
        return None
    if any(ord(c) < 33 or c == "\\" for c in target):
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else None
