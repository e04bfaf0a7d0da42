"""The administrator's page: what has gone out, what has not and why, and who has written."""

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db
from app.forms.security import step_form
from app.guard import guarded
from app.http.access import log_access
from app.http.converters import LARGEST
from app.labels import label
from app.mail.kinds import kind_of
from app.mail.problems import in_words
from courses.permissions import Permission
from courses.queries.admin import (
    Administration,
    JobContext,
    MailContext,
    admin_page,
    job_context,
    mail_context,
)
from courses.queries.second_factor import required_roles
from courses.rules.second_factor import SETTING
from courses.services.jobs import run_again, send_again
from courses.services.owner_settings import change_setting
from courses.vocabulary import MailState, MessageTopic

bp = Blueprint("admin", __name__, url_prefix="/admin")


def load_all(_session, _identity) -> Administration:
    return Administration()


def load_mail(session, _identity, mail_id) -> MailContext:
    return mail_context(session, mail_id)


def load_job(session, _identity, job_id) -> JobContext:
    return job_context(session, job_id)


@bp.get("")
@guarded(Permission.ADMIN_READ, load=load_all)
def show(_context: Administration) -> ResponseReturnValue:
    log_access("list:administration")
    state = request.args.get("utskick")
    page = admin_page(
        db.session(),
        mail_state=MailState(state) if state in list(MailState) else None,
        mails_before=_key("utskick_fore"),
        jobs_before=_key("jobb_fore"),
        messages_before=_key("meddelanden_fore"),
        notices_before=_key("besked_fore"),
    )
    return render_template(
        "admin/show.html", page=page, state=state, states=list(MailState), kind_of=kind_of,
        in_words=in_words, topic_of=topic_of,
        has_server=bool(current_app.config["STEGVIS"].smtp_url),
    )


@bp.get("/tvastegsinloggning")
@guarded(Permission.ADMIN_READ, load=load_all)
def second_step(_context: Administration) -> ResponseReturnValue:
    form = step_form(required_roles(db.session()))
    return render_template("admin/second_step.html", form=form)


@bp.post("/tvastegsinloggning")
@guarded(Permission.ADMIN_WRITE, load=load_all)
def require_second_step(_context: Administration) -> ResponseReturnValue:
    form = step_form(request.form.getlist("roles"))
    if not form.validate():
        abort(400)  # a role that the page does not offer
    change_setting(
        db.session(), SETTING, form.roles.data, by=current_user.identity.user_id, now=clock.now()
    )
    flash(_("Ändringen gäller från nästa inloggning."))
    return redirect(url_for(".second_step"), 303)


@bp.post("/utskick/<int:mail_id>/skicka-igen")
@guarded(Permission.ADMIN_WRITE, load=load_mail)
def send_mail_again(context: MailContext) -> ResponseReturnValue:
    send_again(db.session(), context.mail, now=clock.now())
    flash(_("Mejlet skickas igen inom någon minut."))
    return redirect(url_for(".show"), 303)


@bp.post("/jobb/<int:job_id>/kor-igen")
@guarded(Permission.ADMIN_WRITE, load=load_job)
def run_job_again(context: JobContext) -> ResponseReturnValue:
    run_again(db.session(), context.job, now=clock.now())
    flash(_("Jobbet körs igen inom någon minut."))
    return redirect(url_for(".show"), 303)


def _key(name: str) -> int | None:
    """A list's key from the address; what is no number asks for the first page."""
    value = request.args.get(name, "")
    return min(int(value), LARGEST) if value.isdecimal() and value.isascii() else None


def topic_of(stored: str) -> str:
    return label(MessageTopic(stored)) if stored in list(MessageTopic) else stored
