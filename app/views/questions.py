"""Trainers: what participants ask, and the answers."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, editions, reasons
from app.forms.talking import MessageForm, TimeAnswerForm
from app.guard import guarded
from app.http import rescue
from app.http.access import log_access
from app.pages.marking import without_stopped
from app.views.review_queue import trained
from app.views.reviews import bp, me
from app.views.talking import OF_THE_DATE
from courses.catalog import Assignment, Course
from courses.errors import NotFound, Reason, Refused
from courses.identity import Identity
from courses.permissions import Permission
from courses.queries.owners import OwnerContext, load_owner
from courses.queries.questions import questions
from courses.queries.review_queue import OwnQueue, load_queue
from courses.queries.secrecy import stopped_for
from courses.queries.threads import Talk, talk
from courses.services.extensions import answer_request
from courses.services.threads import (
    MESSAGE,
    keep_unsent,
    need_no_answer,
    send_message,
    thread_of,
)

OWN = "/fragor/deltagare/<int:enrollment_id>/<assignment_id>"
JOINT = "/fragor/team/<int:team_id>/<assignment_id>"


@bp.get("/fragor")
@guarded(Permission.QUEUE_READ, load=load_queue)
def asked(_context: OwnQueue) -> ResponseReturnValue:
    """What is asked, the longest wait first; on another page what has been answered."""
    identity = current_user.identity
    cohorts, courses = trained()
    answered = "besvarade" in request.args
    found = questions(
        db.session(), identity, answered=answered, after=request.args.get("efter"),
        now=clock.now(),
    )
    log_access("questions")
    return render_template(
        "questions/index.html", questions=found, answered=answered, courses=courses,
        cohorts=cohorts, is_later="efter" in request.args,
    )


@bp.get(OWN)
@bp.get(JOINT)
@guarded(Permission.THREAD_ANSWER, load=load_owner)
def thread(context: OwnerContext) -> ResponseReturnValue:
    found = read_talk(context)
    form = MessageForm(data=found.unsent.get(MESSAGE, {}))
    return _page(context, found, form=form)


@bp.post(OWN)
@bp.post(JOINT)
@guarded(Permission.THREAD_ANSWER, load=load_owner)
def answer(context: OwnerContext) -> ResponseReturnValue:
    session, known = db.session(), course_of(context).function_numbers
    seen = request.form.get("seen", 0, type=int)
    if request.form.get("do") == "settle":
        talked = thread_of(session, context.owner, assignment_of(context).id)
        need_no_answer(session, talked, seen=seen, by=me(), now=clock.now())
        flash(_("Frågan är markerad som besvarad."))
        return redirect(url_for(".asked"), 303)
    form = MessageForm(request.form)
    if not form.validate_guarded(known):
        return _page(context, read_talk(context), form=form), 422
    send_message(
        session, thread_of(session, context.owner, assignment_of(context).id),
        text=form.text.data, has_checked=form.checked.data, known=known, by=me(),
        from_trainer=True, seen=seen, now=clock.now(),
    )
    flash(_("Svaret är skickat."))
    return redirect(url_for(".thread", **address(context)), 303)


@bp.post(f"{OWN}/mer-tid/<int:request_id>")
@bp.post(f"{JOINT}/mer-tid/<int:request_id>")
@guarded(Permission.THREAD_ANSWER, load=load_owner)
def answer_time(context: OwnerContext) -> ResponseReturnValue:
    """Yes with one click; or another date, or no, with a line."""
    request_id = (request.view_args or {})["request_id"]
    found = read_talk(context)
    form = TimeAnswerForm(request.form)
    granted_on, line = None, ""
    if "yes" in request.form:
        if found.request is not None and found.request.id == request_id:
            granted_on = found.request.day
    elif form.validate_guarded(course_of(context).function_numbers):
        granted_on, line = form.day, form.answer.data
    else:
        return _page(context, found, time_form=form), 422
    try:
        answer_request(
            db.session(), owner=context.owner, course=course_of(context),
            assignment=assignment_of(context), request_id=request_id, granted_on=granted_on,
            answer=line, by=me(), now=clock.now(), today=clock.today(),
        )
    except Refused as refused:
        if refused.reason is Reason.REQUEST_ANSWERED:
            flash(reasons.sentence(refused))
            return redirect(url_for(".thread", **address(context)), 303)
        form.granted_on.errors = [reasons.sentence(refused)]
        status = 422 if refused.reason in OF_THE_DATE else 409
        return _page(context, read_talk(context), time_form=form), status
    flash(_("Svaret är skickat."))
    return redirect(url_for(".thread", **address(context)), 303)


def course_of(context: OwnerContext) -> Course:
    return editions.course(context.edition_digest)


def assignment_of(context: OwnerContext) -> Assignment:
    """Return the assignment as the cohort reads it now; NotFound when it has none such."""
    found = next(
        (one for one in course_of(context).assignments if one.id == context.assignment_id), None
    )
    if found is None:
        raise NotFound
    return found


def address(context: OwnerContext) -> dict[str, Any]:
    """What the thread's URLs hold."""
    return {**context.address, "assignment_id": context.assignment_id}


def read_talk(context: OwnerContext) -> Talk:
    found = talk(db.session(), context.owner, context.assignment_id, reader_id=me())
    if not found.entries:
        return found
    return without_stopped(
        found, stopped_for(db.session(), context.address, context.assignment_id)
    )


def _page(
    context: OwnerContext, found: Talk, *, form: MessageForm | None = None,
    time_form: TimeAnswerForm | None = None,
) -> str:
    assignment = assignment_of(context)
    what = f"thread:{assignment.id}"
    if context.team:
        what += f" team:{context.team.id}"
    log_access(what, subject_id=context.user_id)
    return render_template(
        "questions/thread.html", context=context, talk=found, my_id=me(), assignment=assignment,
        form=form or MessageForm(data=found.unsent.get(MESSAGE, {})),
        time_form=time_form or TimeAnswerForm(), address=address(context),
        course=course_of(context), reading_address=lambda number: url_for(
            ".trainers_draft", number=number, **address(context)
        ),
    )


def rescue_answer(identity: Identity, url: dict[str, Any], fields: rescue.Fields) -> str:
    """Keep the answer unsent, for the trainer who wrote it."""
    session = db.session()
    context = load_owner(session, identity, **url)
    keep_unsent(
        session, thread_of(session, context.owner, assignment_of(context).id), identity.user_id,
        MESSAGE, {"text": fields.get("text", "")}, now=clock.now(),
    )
    return url_for("reviews.thread", **address(context))


rescue.register("reviews.answer", rescue_answer)
