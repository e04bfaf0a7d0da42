"""An assignment: what it asks, and writing it. Handing in is `handins`."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, editions, i18n, reasons
from app.forms.assignments import AnswersForm
from app.guard import guarded
from app.http import autosave, rescue
from app.pages.answers import original_of, read_sections
from app.pages.together import story_of, team_says
from courses.catalog import site_address
from courses.errors import Refused, Stale
from courses.identity import Identity
from courses.permissions import Permission, permits
from courses.queries.assignment_pages import draft_answers, overview
from courses.queries.assignments import work_context
from courses.queries.excusing import excused_from
from courses.queries.joint_pages import together
from courses.queries.promises import moved_promises
from courses.queries.secrecy import stopped_words
from courses.queries.work_context import WorkContext
from courses.rules.answers import merged
from courses.rules.submissions import promised_on
from courses.services.drafts import save_draft as save
from courses.vocabulary import SubmissionState

bp = Blueprint("assignments", __name__)
WITH_TRAINERS = (SubmissionState.SUBMITTED, SubmissionState.IN_REVIEW)
OWN, JOINT = "/uppgift/<assignment_slug>", "/team/<int:team_id>/uppgift/<assignment_slug>"


def load(
    session: Any,
    identity: Identity,
    assignment_slug: str,
    team_id: int | None = None,
    **_rest: Any,
) -> WorkContext:
    return work_context(
        session, identity, editions.course, slug=assignment_slug, team_id=team_id,
        today=clock.today(),
    )


def load_home(session: Any, identity: Identity, assignment_slug: str) -> WorkContext:
    """A joint assignment by its name alone: that of one's home team."""
    team_id = identity.place.home_team_id if identity.place else None
    return load(session, identity, assignment_slug, team_id)


@bp.get("/kommunens-uppgift/<assignment_slug>")
@guarded(Permission.WORK_READ, load=load_home)
def home_team(context: WorkContext) -> ResponseReturnValue:
    return redirect(url_for(".show", **context.address), 303)


@bp.get(OWN)
@bp.get(JOINT)
@guarded(Permission.WORK_READ, load=load)
def show(context: WorkContext) -> ResponseReturnValue:
    is_shown = (
        context.is_joint_work or not context.assignment.is_handed_in or context.is_gone
    )
    identity = current_user.identity
    with_draft = is_shown and permits(identity, context, Permission.DRAFT_READ)
    joint = together(db.session(), context, identity, now=clock.now()) if (
        context.is_joint_work
    ) else None
    story = story_of(context) if (
        context.assignment.is_joint and context.assignment.is_handed_in
    ) else None
    found = overview(
        db.session(), context, with_draft=with_draft and joint is None,
        members=joint.members if joint else None, done=story.done if story else None,
    )
    written = joint.answers if joint else found.draft_answers
    draft = read_sections(context.assignment, _original(context), written) if written else []
    return render_template(
        "assignments/show.html", context=context, found=found, joint=joint, draft=draft,
        address=site_address,
        together=team_says(context, story, written) if story else None,
        excused=excused_from(db.session(), context), **promise_of(context),
    )


def promise_of(context: WorkContext) -> dict[str, Any]:
    """What a page needs to say when an answer comes; nothing while none is waited for."""
    if context.state not in WITH_TRAINERS:
        return {"answer_by": None, "moved_promises": []}
    return {
        "answer_by": promised(context),
        "moved_promises": moved_promises(db.session(), context.submission, context.mask),
    }


def promised(context: WorkContext) -> date:
    """Return the day by which what was handed in last is to be answered."""
    if context.submission.promised_on is not None:
        return context.submission.promised_on
    handed_in_on = context.submission.submitted_at.astimezone(clock.STOCKHOLM).date()
    return promised_on(
        handed_in_on, starts_on=context.cohort.starts_on, breaks=context.course.break_weeks
    )


@bp.get(f"{OWN}/skriv")
@bp.get(f"{JOINT}/skriv")
@guarded(Permission.DRAFT_WRITE, load=load)
def write(context: WorkContext) -> ResponseReturnValue:
    """One's own; what a team writes, it writes section by section (`joint`)."""
    if not context.can_write or context.is_joint_work:
        return redirect(url_for(".show", **context.address), 303)
    wanted = {request.args.get("rad", ""): request.args.get("antal", 0, type=int)}
    answers = draft_answers(db.session(), context)
    form = AnswersForm.showing(context.assignment, _original(context), answers, wanted)
    form.tell_what_was_stopped(stopped_words(db.session(), context))
    if "brister" in request.args:
        form.tell_what_lacks(context.assignment, answers)
    return _writing(context, form)


@bp.post(f"{OWN}/skriv")
@guarded(Permission.DRAFT_WRITE, load=load)
def save_draft(context: WorkContext) -> ResponseReturnValue:
    form = AnswersForm.posted(context.assignment, _original(context), request.form)
    keep = request.form.get("keep")
    if keep == "theirs":
        return redirect(url_for(".write", **context.address, val=1), 303)
    answers = form.answers
    if keep == "both":
        theirs = draft_answers(db.session(), context)
        answers = merged(context.assignment.sections, theirs, answers)
        form = AnswersForm.showing(context.assignment, _original(context), answers)
    if not form.validate():
        if autosave.is_wanted():
            return autosave.invalid(form.messages[0][1][0])
        return _writing(context, form), 422
    version = request.form.get("v", 0, type=int)
    try:
        draft = _save(context, current_user.identity, answers, version)
    except Stale as stale:
        if autosave.is_wanted():
            return autosave.conflict()
        return _conflict(context, form, stale), 409
    except Refused as refused:
        if autosave.is_wanted():
            return autosave.refused(refused)
        text = read_sections(context.assignment, _original(context), answers)
        return render_template(
            "assignments/unsaved.html", context=context, text=text,
            reason=reasons.sentence(refused),
        ), 409
    if autosave.is_wanted():
        return autosave.saved(draft.version, draft.updated_at)
    if add := request.form.get("add"):
        return _one_more_row(context, form, add)
    if at := next((one for one in form if one.section.id == request.form.get("at")), None):
        return redirect(
            url_for(".write", **context.address, vid=at.section.id, _anchor=at.id), 303
        )
    if request.form.get("then") == "files":
        return redirect(url_for(".files", **context.address), 303)
    if request.form.get("then") in ("check", "show"):
        after = ".check" if context.assignment.is_handed_in else ".show"
        return redirect(url_for(after, **context.address), 303)
    flash(_("Utkastet är sparat %(time)s.", time=i18n.clock_time(draft.updated_at)))
    chosen = {"val": 1} if keep else {}
    return redirect(url_for(".write", **context.address, **chosen), 303)


def rescue_draft(identity: Identity, url: dict[str, Any], fields: rescue.Fields) -> str:
    """Save what was written when the login had run out; never hands in."""
    context = load(db.session(), identity, **url)
    form = AnswersForm.posted(context.assignment, _original(context), fields)
    _save(context, identity, form.answers, fields.get("v", 0, type=int))
    return url_for("assignments.write", **context.address)


rescue.register("assignments.save_draft", rescue_draft)


def _save(context: WorkContext, identity: Identity, answers: dict[str, Any], version: int) -> Any:
    return save(
        db.session(), owner=context.owner, enrollment=context.enrollment,
        course=context.course, assignment=context.assignment, answers=answers,
        version=version, by=identity.user_id, now=clock.now(), today=context.today,
    )


def _original(context: WorkContext) -> Any:
    return original_of(context.course.digest, context.assignment.id)


def _writing(context: WorkContext, form: AnswersForm) -> str:
    version = request.form.get("v", type=int)
    return render_template(
        "assignments/write.html", context=context, form=form,
        version=context.version if version is None else version,
    )


def _one_more_row(context: WorkContext, form: AnswersForm, section_id: str) -> Any:
    """Back to the page with an empty row more, and the focus in it."""
    shown = next((one for one in form if one.section.id == section_id), None)
    if shown is None:
        return redirect(url_for(".write", **context.address), 303)
    count = request.form.get(f"rows-{section_id}", 0, type=int) + 1
    count = min(count, shown.section.max_rows)
    anchor = f"a-{section_id}-{count - 1}-{shown.section.fields[0].id}"
    return redirect(
        url_for(".write", **context.address, rad=section_id, antal=count, _anchor=anchor), 303
    )


def _conflict(context: WorkContext, form: AnswersForm, stale: Stale) -> str:
    original = _original(context)
    mine = read_sections(context.assignment, original, form.answers)
    theirs = read_sections(context.assignment, original, stale.theirs)
    return render_template(
        "assignments/conflict.html", context=context, form=form, stale=stale,
        pairs=[(a, b) for a, b in zip(mine, theirs, strict=True) if a.value != b.value],
    )
