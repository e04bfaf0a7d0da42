"""The message form on the contact page and on the accessibility statement."""

from secrets import token_urlsafe

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError

from app import clock, db
from app.editions import current_course
from app.forms.public import MessageForm
from app.guard import public
from app.http import frequency
from app.i18n import select_language, waiting
from app.pages.accessibility import STATEMENT
from courses.services.messages import receive_message
from courses.vocabulary import Language, MessageTopic

bp = Blueprint("messages", __name__)


def _page(form: MessageForm) -> str:
    """Return the page that the form stands on, with what was typed."""
    course = current_course()
    if request.endpoint == "messages.report_barrier":
        return render_template(
            "public/accessibility.html", course=course, statement=STATEMENT, form=form
        )
    return render_template("public/contact.html", course=course, form=form)


@bp.post("/kontakt")
@public
def send() -> ResponseReturnValue:
    return _receive()


@bp.post("/tillganglighet")
@public
def report_barrier() -> ResponseReturnValue:
    return _receive()


@bp.errorhandler(CSRFError)
def lay_open_too_long(_error: CSRFError) -> ResponseReturnValue:
    """Nobody needs a login here: show the text again, under a fresh token."""
    form = MessageForm(request.form)
    form.validate()
    form.text.errors = [
        _("Sidan hade legat öppen länge. Din text finns kvar. Skicka en gång till.")
    ]
    return _page(form), 400


def _receive() -> ResponseReturnValue:
    form = MessageForm(request.form)
    key = request.form.get("idem", "") or token_urlsafe(16)
    if len(key) > 64:
        abort(400)
    status = 422
    if form.validate():
        if not (seconds := frequency.waiting_time("message")):
            is_new = receive_message(
                db.session(),
                topic=MessageTopic(form.topic.data),
                text=form.text.data,
                reply_to=form.reply_to.data,
                language=Language(select_language()),
                key=key,
                owner=current_course().owner.email,
                now=clock.now(),
            )
            if is_new:
                frequency.count("message")
            return redirect(url_for("public.received"), 303)
        status = 429
        form.text.errors = [
            _("Du har skickat flera meddelanden på kort tid. Vänta %(time)s och skicka igen.",
              time=waiting(seconds))
        ]
    return _page(form), status
