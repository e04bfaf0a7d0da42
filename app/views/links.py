"""Links in mails to people who have an account. Opening one changes nothing: mail scanners do.

A link is used by a form on the page that it opens, so by whoever sees that page and nobody else.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError

from app import clock, db
from app.forms.auth import LinkForm, NewPasswordForm
from app.guard import public
from app.login import passwords
from app.login.account_links import ask
from app.login.denied import Denied
from app.login.welcome import welcome, welcome_again
from courses.errors import Reason, Refused
from courses.queries.account_links import LinkPage, UsedLink, link_page
from courses.services.account_links import log_in_by_link, reset_password
from courses.services.addresses import confirm_address, keep_address
from courses.vocabulary import LinkPurpose

bp = Blueprint("links", __name__)


@bp.get("/glomt-losenord")
@public
def forgot() -> ResponseReturnValue:
    return render_template("links/forgot.html", form=LinkForm())


@bp.post("/glomt-losenord")
@public
def ask_for_reset() -> ResponseReturnValue:
    return _ask(LinkPurpose.RESET, "links/forgot.html")


@bp.get("/inloggningslank")
@public
def by_mail() -> ResponseReturnValue:
    return render_template("links/by_mail.html", form=LinkForm())


@bp.post("/inloggningslank")
@public
def ask_for_login() -> ResponseReturnValue:
    return _ask(LinkPurpose.LOGIN, "links/by_mail.html")


@bp.get("/lank-skickad")
@public
def asked() -> ResponseReturnValue:
    return render_template("links/asked.html")


def _ask(purpose: LinkPurpose, template: str) -> ResponseReturnValue:
    form = LinkForm(request.form)
    if not form.validate():
        return render_template(template, form=form), 422
    try:
        ask(form.email.data, purpose)
    except Denied as denied:
        form.email.errors = [str(denied)]
        return render_template(template, form=form), denied.status, denied.headers
    return redirect(url_for(".asked"), 303)


@bp.get("/inloggningslank/<token>")
@public
def login(token: str) -> ResponseReturnValue:
    return _show(token, LinkPurpose.LOGIN)


@bp.post("/inloggningslank/<token>")
@public
def log_in(token: str) -> ResponseReturnValue:
    page = _page(token, LinkPurpose.LOGIN)
    if not isinstance(page, LinkPage):
        return _closed(page), 409
    session = db.session()
    try:
        user = log_in_by_link(session, token, now=clock.now())
    except Refused:
        session.rollback()
        return _closed(_page(token, LinkPurpose.LOGIN)), 409
    return welcome(user.id, language=user.language, email=page.email, by_link=True)


@bp.get("/nytt-losenord/<token>")
@public
def reset(token: str) -> ResponseReturnValue:
    return _show(token, LinkPurpose.RESET)


@bp.post("/nytt-losenord/<token>")
@public
def choose_password(token: str) -> ResponseReturnValue:
    page, form = _page(token, LinkPurpose.RESET), NewPasswordForm(request.form)
    if not isinstance(page, LinkPage):
        return _same_again(page, form) or (_closed(page), 409)
    about = (page.email, page.name, page.organization)
    if not form.validate() or passwords.refuses(form.password, *about):
        return _form(token, LinkPurpose.RESET, page, form), 422
    password_hash = passwords.hash_password(form.password.data)
    session = db.session()
    try:
        user = reset_password(session, token, password_hash, now=clock.now())
    except Refused:  # somebody was faster
        session.rollback()
        page = _page(token, LinkPurpose.RESET)
        return _same_again(page, form) or (_closed(page), 409)
    return welcome(user.id, language=user.language, email=page.email)


@bp.get("/ny-adress/<token>")
@public
def new_address(token: str) -> ResponseReturnValue:
    return _show(token, LinkPurpose.NEW_ADDRESS)


@bp.post("/ny-adress/<token>")
@public
def confirm(token: str) -> ResponseReturnValue:
    return _settle(token, LinkPurpose.NEW_ADDRESS)


@bp.get("/behall-adress/<token>")
@public
def old_address(token: str) -> ResponseReturnValue:
    return _show(token, LinkPurpose.OLD_ADDRESS)


@bp.post("/behall-adress/<token>")
@public
def keep(token: str) -> ResponseReturnValue:
    return _settle(token, LinkPurpose.OLD_ADDRESS)


@bp.errorhandler(CSRFError)
def lay_open_too_long(_error: CSRFError) -> ResponseReturnValue:
    """Show the page again under a fresh token: whoever forgot a password has no other way."""
    token = (request.view_args or {}).get("token")
    if token is None:
        form = LinkForm(request.form)
        form.validate()
        asks_login = request.endpoint == "links.ask_for_login"
        template = "links/by_mail.html" if asks_login else "links/forgot.html"
        form.email.errors = [_("Sidan hade legat öppen länge. Tryck på knappen en gång till")]
        return render_template(template, form=form), 400
    purpose = PURPOSES[str(request.endpoint)]
    page = _page(token, purpose)
    if not isinstance(page, LinkPage):
        return _closed(page), 400
    return _form(token, purpose, page, NewPasswordForm()), 400


PURPOSES = {
    "links.log_in": LinkPurpose.LOGIN,
    "links.choose_password": LinkPurpose.RESET,
    "links.confirm": LinkPurpose.NEW_ADDRESS,
    "links.keep": LinkPurpose.OLD_ADDRESS,
}


def _page(token: str, purpose: LinkPurpose) -> LinkPage | UsedLink | None:
    with db.reading() as reader:
        return link_page(reader, token, purpose, now=clock.now())


def _show(token: str, purpose: LinkPurpose) -> ResponseReturnValue:
    page = _page(token, purpose)
    if not isinstance(page, LinkPage):
        return _closed(page), 410
    return _form(token, purpose, page, NewPasswordForm())


def _form(token: str, purpose: LinkPurpose, page: LinkPage, form: NewPasswordForm) -> str:
    return render_template(f"links/{purpose}.html", token=token, page=page, form=form)


def _closed(page: LinkPage | UsedLink | None) -> str:
    return render_template(
        "links/closed.html", used_just_now=isinstance(page, UsedLink) and page.used_just_now
    )


def _settle(token: str, purpose: LinkPurpose) -> ResponseReturnValue:
    """Confirm a new address, or keep the old one, and say so."""
    session, now = db.session(), clock.now()
    act = confirm_address if purpose is LinkPurpose.NEW_ADDRESS else keep_address
    try:
        user = act(session, token, now=now)
    except Refused as refused:
        session.rollback()
        if refused.reason is Reason.EMAIL_TAKEN:
            return render_template("links/taken.html"), 409
        return _closed(_page(token, purpose)), 409
    return render_template("links/settled.html", purpose=purpose, email=user.email)


def _same_again(
    page: LinkPage | UsedLink | None, form: NewPasswordForm
) -> ResponseReturnValue | None:
    if not isinstance(page, UsedLink) or not page.used_just_now or not form.password.data:
        return None
    return welcome_again(page.email, form.password.data)
