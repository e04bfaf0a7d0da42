"""*Konto*: what one calls oneself, one's language and address, and where one works."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from app import db, i18n
from app.forms.account import AccountForm
from app.guard import guarded
from app.views.notices import account_part
from courses.permissions import Own, Permission
from courses.queries.account_page import account_page
from courses.services.accounts import change_account
from courses.vocabulary import Language

bp = Blueprint("account", __name__, url_prefix="/konto")


@bp.get("")
@guarded(Permission.HOME_READ)
def show(_context: Own) -> ResponseReturnValue:
    me = current_user.identity
    return _page(AccountForm(name=me.name, language=me.language))


@bp.post("")
@guarded(Permission.HOME_READ)
def change(_context: Own) -> ResponseReturnValue:
    form = AccountForm(request.form)
    if not form.validate():
        return _page(form), 422
    language = Language(form.language.data)
    change_account(
        db.session(), current_user.identity.user_id, name=form.name.data, language=language
    )
    response = make_response(redirect(url_for(".show"), 303))
    i18n.remember(response, language)
    with force_locale(language):  # the page it is read on is in the language just chosen
        flash(_("Ändringarna är sparade."))
    return response


def _page(form: AccountForm) -> str:
    account = account_page(db.session(), current_user.identity.user_id)
    return render_template(
        "account/show.html", form=form, account=account, notices=account_part()
    )
