"""*Dina uppgifter*: what is stored about oneself, who has opened it, a copy, and erasing."""

from datetime import timedelta

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, sessions
from app.copies.fetching import load_copy
from app.copies.keeping import pieces
from app.editions import current_course
from app.forms.my_data import EraseForm, PasswordForm
from app.guard import guarded, public
from app.http import idempotency
from app.login import proof
from app.login.denied import Denied
from app.privacy.readers import READERS
from app.privacy.stored import going, stored
from courses.errors import NotFound
from courses.permissions import Own, Permission
from courses.queries.my_data import (
    MANY,
    CopyContext,
    erasable_counts,
    latest_copy,
    openings,
    stored_counts,
)
from courses.services.erasing import erase_person
from courses.services.my_data import order_copy

bp = Blueprint("my_data", __name__, url_prefix="/konto/integritet")
idempotency.leave_no_trace("my_data.erase")  # the row would go with the person
YEAR = timedelta(days=365)


@bp.get("")
@guarded(Permission.HOME_READ)
def show(_context: Own) -> ResponseReturnValue:
    return _page(PasswordForm())


@bp.post("/kopia")
@guarded(Permission.HOME_READ)
def order(_context: Own) -> ResponseReturnValue:
    form = PasswordForm(asked.form)
    if refused := _refused(form):
        status, headers = refused
        return _page(form), status, headers
    order_copy(db.session(), current_user.identity.user_id, now=clock.now())
    flash(_("Vi gör i ordning dina uppgifter. Det tar högst en minut."))
    return redirect(url_for(".show"), 303)


@bp.get("/kopia/<int:copy_id>")
@guarded(Permission.HOME_READ, load=load_copy)
def download(context: CopyContext) -> ResponseReturnValue:
    try:
        held = pieces(context.copy.file)
    except FileNotFoundError as error:
        raise NotFound from error
    name = f"stegvis-mina-uppgifter-{context.copy.asked_at:%Y-%m-%d}.zip"
    return Response(
        held, mimetype="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@bp.get("/radera")
@guarded(Permission.HOME_READ)
def ask_to_erase(_context: Own) -> ResponseReturnValue:
    return _erasing(EraseForm())


@bp.post("/radera")
@guarded(Permission.HOME_READ)
def erase(_context: Own) -> ResponseReturnValue:
    form = EraseForm(asked.form)
    if refused := _refused(form):
        status, headers = refused
        return _erasing(form), status, headers
    erase_person(db.session(), current_user.identity.user_id, now=clock.now())
    sessions.end(db.session())
    return redirect(url_for(".erased"), 303)


@bp.get("/raderat")
@public
def erased() -> ResponseReturnValue:
    return render_template("account/erased.html")


def _refused(form: PasswordForm) -> tuple[int, dict[str, str]] | None:
    """Say why the form cannot be taken, with what it is answered; None when it can."""
    if not form.validate():
        return 422, {}
    try:
        proof.check(form.password.data)
    except Denied as denied:
        form.password.errors = [str(denied)]
        return denied.status, denied.headers
    return None


def _page(form: PasswordForm) -> str:
    session, now = db.session(), clock.now()
    user_id = current_user.identity.user_id
    return render_template(
        "account/my_data.html", form=form, stored=stored(stored_counts(session, user_id)),
        opened=openings(session, user_id, since=now - YEAR, most=MANY), readers=READERS,
        copy=latest_copy(session, user_id, now=now), course=current_course(),
    )


def _erasing(form: EraseForm) -> str:
    session, user_id = db.session(), current_user.identity.user_id
    goes, stays = going(stored_counts(session, user_id), erasable_counts(session, user_id))
    return render_template(
        "account/erase.html", form=form, goes=goes, stays=stays, course=current_course(),
    )
