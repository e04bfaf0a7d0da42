"""A new address to log in with: asked for here, in force when it has been confirmed from there."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db
from app.forms.account import AddressForm
from app.guard import guarded
from app.login import proof, throttle
from app.login.denied import Denied
from app.views.account import bp
from courses.permissions import Own, Permission
from courses.queries.account_page import address_of
from courses.services.addresses import ask_for_address


@bp.get("/e-post")
@guarded(Permission.HOME_READ)
def address(_context: Own) -> ResponseReturnValue:
    return _page(AddressForm())


@bp.post("/e-post")
@guarded(Permission.HOME_READ)
def change_address(_context: Own) -> ResponseReturnValue:
    form = AddressForm(request.form)
    if not form.validate():
        return _page(form), 422
    try:
        proof.check(form.password.data)
    except Denied as denied:
        form.password.errors = [str(denied)]
        return _page(form), denied.status, denied.headers
    session, now, user_id = db.session(), clock.now(), current_user.identity.user_id
    attempt = throttle.asking_for_address(user_id)
    try:
        throttle.let_through(session, attempt, now)
    except Denied as denied:
        form.email.errors = [str(denied)]
        return _page(form), denied.status, denied.headers
    throttle.count(session, attempt, now)
    ask_for_address(session, user_id, form.email.data, now=now)
    flash(_("Öppna länken som vi har skickat till den nya adressen. Till dess gäller den gamla."))
    return redirect(url_for(".show"), 303)


def _page(form: AddressForm) -> str:
    current = address_of(db.session(), current_user.identity.user_id)
    return render_template("account/address.html", form=form, current=current)
