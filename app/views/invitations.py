"""From a link in a mail to an account. Opening the link changes nothing: mail scanners do."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError

from app import clock, db
from app.errors import not_found
from app.forms.auth import InvitationForm
from app.guard import public
from app.login import passwords
from app.login.welcome import welcome, welcome_again
from courses.errors import NotFound, Refused
from courses.queries.invitations import InvitationPage, InvitationState, invitation_page
from courses.services.invitations import accept_invitation, renew_invitation
from courses.vocabulary import Language, Sector

bp = Blueprint("invitations", __name__, url_prefix="/inbjudan")


@bp.get("/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    page = _page(token)
    if page.state is not InvitationState.OPEN:
        return _closed(token, page), 410
    form = InvitationForm(
        is_participant=page.is_participant, name=page.name, language=page.language,
        sector=page.sector,
    )
    return _form(token, page, form)


@bp.post("/<token>")
@public
def accept(token: str) -> ResponseReturnValue:
    page = _page(token)
    form = InvitationForm(request.form, is_participant=page.is_participant)
    if page.state is not InvitationState.OPEN:
        return _same_again(page, form) or (_closed(token, page), 409)
    is_complete = form.validate()
    if _refuses(page, form) or not is_complete:
        return _form(token, page, form), 422
    language = Language(form.language.data)
    password_hash = passwords.hash_password(form.password.data)
    session = db.session()
    try:
        user = accept_invitation(
            session, token, name=form.name.data, language=language,
            sector=Sector(form.sector.data) if page.is_participant else None,
            password_hash=password_hash, now=clock.now(),
        )
    except Refused:  # somebody was faster, or the link has just been replaced
        session.rollback()
        page = _page(token)
        return _same_again(page, form) or (_closed(token, page), 409)
    return welcome(user.id, language=language, email=page.email)


@bp.errorhandler(CSRFError)
def lay_open_too_long(_error: CSRFError) -> ResponseReturnValue:
    """Who is invited has no login to ask for: show the form again, under a fresh token."""
    token = (request.view_args or {}).get("token", "")
    try:
        page = _page(token)
    except NotFound as error:  # nobody handles what a handler raises
        return not_found(error)
    if page.state is not InvitationState.OPEN:
        return _closed(token, page), 400
    form = InvitationForm(request.form, is_participant=page.is_participant)
    form.validate()
    form.password.errors = [_("Sidan hade legat öppen länge. Skriv ett lösenord en gång till")]
    return _form(token, page, form), 400


@bp.post("/<token>/ny-lank")
@public
def renew(token: str) -> ResponseReturnValue:
    """Mail a new link, to the address that the old one went to and to no other."""
    renew_invitation(db.session(), token, clock.now())
    flash(_("Vi har skickat en ny länk till samma e-postadress."))
    return redirect(url_for("invitations.show", token=token), 303)


def _page(token: str) -> InvitationPage:
    with db.reading() as reader:
        page = invitation_page(reader, token, now=clock.now()) if token.isascii() else None
    if page is None:
        raise NotFound
    return page


def _refuses(page: InvitationPage, form: InvitationForm) -> bool:
    organizations = (one.organization for one in page.invited_to)
    return passwords.refuses(
        form.password, page.email, page.organization, page.name, form.name.data, *organizations
    )


def _same_again(page: InvitationPage, form: InvitationForm) -> ResponseReturnValue | None:
    if not page.used_just_now or not form.password.data:
        return None
    return welcome_again(page.email, form.password.data)


def _form(token: str, page: InvitationPage, form: InvitationForm) -> str:
    return render_template("invitations/show.html", token=token, page=page, form=form)


def _closed(token: str, page: InvitationPage) -> str:
    return render_template("invitations/closed.html", token=token, page=page)
