"""A draft sent to be read: the check before, the copy, and the trainer's comments."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock, db, reasons
from app.forms.draft_readings import DraftReplyForm, draft_reply_form
from app.forms.handins import HandInForm
from app.guard import guarded
from app.http import rescue
from app.http.access import log_access
from app.pages.answers import read_sections, wording_of
from app.views import questions
from app.views.assignments import JOINT, OWN, load
from app.views.questions import address, assignment_of, course_of
from app.views.reviews import bp as reviews_bp
from app.views.talking import bp, may_ask_for_time, me
from courses.errors import Reason, Refused, Stale
from courses.identity import Identity
from courses.permissions import Permission
from courses.queries.assignment_pages import draft_answers
from courses.queries.draft_readings import SentDraft, sent_draft, under
from courses.queries.owners import OwnerContext, load_owner
from courses.queries.secrecy import stopped_for
from courses.queries.work_context import WorkContext
from courses.rules.masking import Mask
from courses.rules.secrecy import standing
from courses.services.draft_readings import answer_draft, form_of, reading_numbered, send_draft
from courses.services.threads import keep_unsent


@bp.get(f"{OWN}/utkastlasning")
@bp.get(f"{JOINT}/utkastlasning")
@guarded(Permission.SUBMISSION_CREATE, load=load)
def check_draft(context: WorkContext) -> ResponseReturnValue:
    if context.draft is None or not may_ask_for_time(context):
        return redirect(url_for("assignments.show", **context.address), 303)
    return _checking(context, sent=False)


@bp.post(f"{OWN}/utkastlasning")
@bp.post(f"{JOINT}/utkastlasning")
@guarded(Permission.SUBMISSION_CREATE, load=load)
def send_for_reading(context: WorkContext) -> ResponseReturnValue:
    form = _form(context, draft_answers(db.session(), context), sent=True)
    if context.draft is not None and _problems(form):
        return _checking(context, sent=True), 422
    try:
        reading = send_draft(
            db.session(), owner=context.owner, enrollment=context.enrollment,
            team_name=context.team.name if context.team and not context.is_regional else None,
            course=context.course, assignment=context.assignment,
            version=request.form.get("v", 0, type=int), has_attested=form.has_attested,
            has_checked=form.has_checked, by=me(), now=clock.now(), today=context.today,
        )
    except Stale:
        return _checking(context, sent=False, why=_(
            "Utkastet har ändrats sedan du läste det här. Läs igenom den nya texten innan du "
            "skickar."
        )), 409
    except Refused as refused:
        if refused.reason not in (Reason.DRAFT_WAITS, Reason.NOTHING_TO_READ):
            raise
        return _checking(context, sent=False, why=reasons.sentence(refused)), 409
    flash(_("Utkastet är skickat för läsning. Det är inte inlämnat."))
    return redirect(url_for(".draft", number=reading.number, **context.address), 303)


@bp.get(f"{OWN}/utkastlasning/<int:number>")
@bp.get(f"{JOINT}/utkastlasning/<int:number>")
@guarded(Permission.DRAFT_COPY_READ, load=load)
def draft(context: WorkContext) -> ResponseReturnValue:
    one = sent_draft(
        db.session(), context.owner, context.assignment.id, _number("number"),
        former=context.enrollment if context.is_former else None,
    )
    one = under(context.mask, one)
    assignment, sections = _words(one, context.assignment.id)
    return render_template(
        "talking/draft.html", context=context, one=one, assignment=assignment, sections=sections,
    )


@reviews_bp.get(f"{questions.OWN}/utkast/<int:number>")
@reviews_bp.get(f"{questions.JOINT}/utkast/<int:number>")
@guarded(Permission.THREAD_ANSWER, load=load_owner)
def trainers_draft(context: OwnerContext) -> ResponseReturnValue:
    return _reading(context, _sent(context))


@reviews_bp.post(f"{questions.OWN}/utkast/<int:number>")
@reviews_bp.post(f"{questions.JOINT}/utkast/<int:number>")
@guarded(Permission.THREAD_ANSWER, load=load_owner)
def comment_draft(context: OwnerContext) -> ResponseReturnValue:
    one = _sent(context)
    assignment, _sections = _words(one, context.assignment_id)
    form = draft_reply_form(assignment, request.form)
    if not form.validate_guarded(course_of(context).function_numbers):
        return _reading(context, one, form), 422
    session = db.session()
    thread, reading = reading_numbered(
        session, context.owner, context.assignment_id, one.reading.number
    )
    try:
        answer_draft(
            session, thread, reading, comments=form.comments(), overall=form["overall"].data,
            has_checked=form.checked.data, course=course_of(context), by=me(), now=clock.now(),
        )
    except Refused as refused:
        if refused.reason is not Reason.DRAFT_ANSWERED:
            raise
        return _reading(context, _sent(context), form, why=reasons.sentence(refused)), 409
    flash(_("Kommentarerna är skickade."))
    return redirect(url_for("reviews.thread", **address(context)), 303)


def _sent(context: OwnerContext) -> SentDraft:
    """The copy, unless it holds words that were stopped in what was handed in."""
    one = sent_draft(db.session(), context.owner, context.assignment_id, _number("number"),
                     reader_id=me())
    stopped = stopped_for(db.session(), context.address, context.assignment_id)
    if standing(one.reading.answers, stopped):
        raise Refused(Reason.SECRECY_STOPPED)
    return under(Mask(tuple(stopped)), one)


def _reading(
    context: OwnerContext, one: SentDraft, form: DraftReplyForm | None = None, *, why: str = ""
) -> str:
    assignment, sections = _words(one, context.assignment_id)
    what = f"draft {one.reading.reference}"
    log_access(what, subject_id=context.user_id)
    return render_template(
        "questions/draft.html", context=context, one=one, assignment=assignment, why=why,
        sections=sections, course=course_of(context), address=address(context),
        form=form or draft_reply_form(assignment, kept=one.unsent.get(form_of(one.reading))),
    )


def _words(one: SentDraft, assignment_id: str) -> Any:
    """The assignment in the wording that was answered, and its sections."""
    assignment, original = wording_of(one.reading.edition_digest, assignment_id)
    return assignment, read_sections(assignment, original, one.reading.answers)


def _number(name: str) -> int:
    number: int = (request.view_args or {})[name]
    return number


def _form(context: WorkContext, answers: dict[str, Any], *, sent: bool) -> HandInForm:
    return HandInForm(
        context.assignment, answers, known=context.course.function_numbers,
        is_masked=bool(context.mask), posted=request.form if sent else None,
    )


def _problems(form: HandInForm) -> list[Any]:
    """What stops the sending: a draft may lack what it likes."""
    lacking = {one.section_id for one in form.lacking}
    stopped = {one.section.id for one in form.stops}
    return form.problems[len(form.lacking):] if lacking or stopped else form.problems


def _checking(context: WorkContext, *, sent: bool, why: str = "") -> str:
    answers = draft_answers(db.session(), context)
    form = _form(context, answers, sent=sent)
    original = wording_of(context.course.digest, context.assignment.id)[1]
    return render_template(
        "talking/check_draft.html", context=context, form=form, problems=_problems(form),
        sections=read_sections(context.assignment, original, answers), why=why,
        version=context.version,
    )


def rescue_comments(identity: Identity, url: dict[str, Any], fields: rescue.Fields) -> str:
    """Keep the comments unsent, for the trainer who wrote them."""
    session = db.session()
    context = load_owner(session, identity, **url)
    thread, reading = reading_numbered(
        session, context.owner, assignment_of(context).id, url["number"]
    )
    kept = {
        name: text for name, text in fields.items()
        if name == "overall" or name.startswith("comment-")
    }
    keep_unsent(session, thread, identity.user_id, form_of(reading), kept, now=clock.now())
    return url_for("reviews.trainers_draft", number=reading.number, **address(context))


rescue.register("reviews.comment_draft", rescue_comments)
