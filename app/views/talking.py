"""Asking the trainers about an assignment: messages, and more time."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, reasons
from app.forms.talking import MessageForm, TimeForm
from app.guard import guarded
from app.http import rescue
from app.pages.marking import talk_under
from app.views.assignments import JOINT, OWN, load
from courses.errors import Reason, Refused
from courses.identity import Identity
from courses.permissions import Permission
from courses.queries.threads import Talk, talk
from courses.queries.work_context import FormerMembersContext, WorkContext
from courses.rules.talking import is_still_to_hand_in
from courses.services.extensions import ask_for_time
from courses.services.threads import MESSAGE, keep_unsent, mark_read, send_message, thread_of

bp = Blueprint("talking", __name__)
TIME = "time"
"""The form of a request for more time, among what is kept unsent."""
OF_THE_DATE = {
    Reason.DUE_IN_THE_PAST, Reason.DATE_NOT_LATER, Reason.DATE_IN_BREAK,
    Reason.DATE_AFTER_COHORT,
}
"""What is told at the field of the date."""


@bp.get(f"{OWN}/fraga")
@bp.get(f"{JOINT}/fraga")
@guarded(Permission.THREAD_READ, load=load)
def show(context: WorkContext) -> ResponseReturnValue:
    found = read_talk(context)
    return _page(context, found, MessageForm(data=found.unsent.get(MESSAGE, {})))


@bp.post(f"{OWN}/fraga")
@bp.post(f"{JOINT}/fraga")
@guarded(Permission.THREAD_WRITE, load=load)
def send(context: WorkContext) -> ResponseReturnValue:
    form = MessageForm(request.form)
    if not form.validate_guarded(context.course.function_numbers):
        return _page(context, read_talk(context), form), 422
    session = db.session()
    send_message(
        session, thread_of(session, context.owner, context.assignment.id), text=form.text.data,
        has_checked=form.checked.data, known=context.course.function_numbers, by=me(),
        from_trainer=False, seen=request.form.get("seen", 0, type=int), now=clock.now(),
    )
    flash(_("Meddelandet är skickat."))
    return redirect(url_for(".show", **context.address, _anchor="skriv"), 303)


@bp.post(f"{OWN}/fraga/last")
@bp.post(f"{JOINT}/fraga/last")
@guarded(Permission.THREAD_READ, load=load)
def read(context: WorkContext) -> ResponseReturnValue:
    """Say that one has read what the trainer wrote."""
    session = db.session()
    if read_talk(context).entries:
        mark_read(
            session, thread_of(session, context.owner, context.assignment.id), me(),
            seen=request.form.get("seen", 0, type=int), now=clock.now(),
        )
    return redirect(url_for(".show", **context.address), 303)


@bp.get(f"{OWN}/mer-tid")
@bp.get(f"{JOINT}/mer-tid")
@guarded(Permission.THREAD_WRITE, load=load)
def time(context: WorkContext) -> ResponseReturnValue:
    found = read_talk(context)
    if found.request or not may_ask_for_time(context):
        return redirect(url_for(".show", **context.address), 303)
    return _asking(context, TimeForm(data=found.unsent.get(TIME, {})))


@bp.post(f"{OWN}/mer-tid")
@bp.post(f"{JOINT}/mer-tid")
@guarded(Permission.THREAD_WRITE, load=load)
def ask(context: WorkContext) -> ResponseReturnValue:
    form = TimeForm(request.form)
    if not form.validate_guarded(context.course.function_numbers):
        return _asking(context, form), 422
    try:
        ask_for_time(
            db.session(), owner=context.owner, course=context.course,
            assignment=context.assignment, wanted_on=form.wanted_on.data, line=form.line.data,
            by=me(), now=clock.now(), today=context.today,
        )
    except Refused as refused:
        form.wanted_on.errors = [reasons.sentence(refused)]
        return _asking(context, form), 422 if refused.reason in OF_THE_DATE else 409
    flash(_("Utbildaren har fått din fråga om mer tid."))
    return redirect(url_for(".show", **context.address), 303)


def me() -> int:
    return current_user.identity.user_id


def may_ask_for_time(context: WorkContext) -> bool:
    """Whether it is still to be handed in, so that a later date means something."""
    return (
        context.assignment.is_handed_in and context.is_open and not context.is_gone
        and is_still_to_hand_in(context.state)
    )


def read_talk(context: WorkContext) -> Talk:
    former = context.enrollment if isinstance(context, FormerMembersContext) else None
    found = talk(
        db.session(), context.owner, context.assignment.id, reader_id=me(), former=former
    )
    return talk_under(context.mask, found, me())


def _page(context: WorkContext, found: Talk, form: MessageForm) -> str:
    return render_template(
        "talking/show.html", context=context, talk=found, form=form, my_id=me(),
        may_ask=may_ask_for_time(context), reading_address=lambda number: url_for(
            ".draft", number=number, **context.address
        ),
    )


def _asking(context: WorkContext, form: TimeForm) -> str:
    return render_template("talking/time.html", context=context, form=form)


def rescue_message(identity: Identity, url: dict[str, Any], fields: rescue.Fields) -> str:
    """Keep the message unsent, for its writer."""
    return _rescued(identity, url, MESSAGE, {"text": fields.get("text", "")}, "talking.show")


def rescue_request(identity: Identity, url: dict[str, Any], fields: rescue.Fields) -> str:
    """Keep the line of a request for time unsent."""
    return _rescued(identity, url, TIME, {"line": fields.get("line", "")}, "talking.time")


def _rescued(
    identity: Identity, url: dict[str, Any], form: str, kept: dict[str, str], endpoint: str
) -> str:
    session = db.session()
    context = load(session, identity, **url)
    keep_unsent(
        session, thread_of(session, context.owner, context.assignment.id), identity.user_id,
        form, kept, now=clock.now(),
    )
    return url_for(endpoint, **context.address)


rescue.register("talking.send", rescue_message)
rescue.register("talking.ask", rescue_request)
