"""Showing a version on purpose, reading it, answering for one's authority, being ready."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db
from app.forms.handins import HandInForm
from app.forms.team import YES, SignOffForm, has_checked
from app.guard import guarded
from app.pages.answers import original_of, read_sections, wording_of
from app.pages.together import story_of, team_says
from app.views.assignments import JOINT, load
from app.views.teams import bp
from courses.errors import NotFound, Stale
from courses.identity import Identity
from courses.permissions import Permission, permits
from courses.queries.assignment_pages import draft_answers
from courses.queries.masked_rows import facts_under
from courses.queries.secrecy import stopped_words
from courses.queries.shown_versions import ShownContext, shown_context, shown_scope
from courses.queries.team_facts import team_facts
from courses.queries.work_context import WorkContext
from courses.rules.secrecy import masked
from courses.rules.sign_offs import changed_sections, last_said
from courses.services.showing import show_version
from courses.services.sign_offs import answer_sign_off
from courses.services.team_word import say_ready, take_ready_back

ONE = f"{JOINT}/visade/<int:shown_id>"


def load_shown(
    session: Any, identity: Identity, shown_id: int, **url: Any
) -> ShownContext:
    """A version that was shown; the work around it as `load` finds it."""
    return shown_context(session, load(session, identity, **url), shown_id)


@bp.get(f"{JOINT}/visa")
@guarded(Permission.SUBMISSION_CREATE, load=load)
def confirm(context: WorkContext) -> ResponseReturnValue:
    """What showing a version means, before it is done."""
    if not context.can_write or context.draft is None:
        return redirect(url_for("assignments.show", **context.address), 303)
    return _confirming(context)


@bp.post(f"{JOINT}/visa")
@guarded(Permission.SUBMISSION_CREATE, load=load)
def show_text(context: WorkContext) -> ResponseReturnValue:
    form = _guard(context, draft_answers(db.session(), context))
    if form.stops or (form.warnings and not has_checked(request.form)):
        return _confirming(context, is_sent=True), 422
    try:
        shown = show_version(
            db.session(), team=context.team, enrollment=context.enrollment,
            course=context.course, assignment=context.assignment,
            organization_id=request.form.get("till", type=int),
            version=request.form.get("v", 0, type=int),
            has_checked=has_checked(request.form), by=current_user.identity.user_id,
            now=clock.now(), today=context.today,
        )
    except Stale:
        return _confirming(context, is_stale=True), 409
    flash(_("Versionen är visad."))
    return redirect(url_for(".shown_version", shown_id=shown.id, **context.address), 303)


@bp.get(f"{JOINT}/visade")
@guarded(Permission.WORK_READ, load=load)
def shown_versions(context: WorkContext) -> ResponseReturnValue:
    """What has been shown, the newest first."""
    return render_template(
        "teams/shown_versions.html", context=context,
        together=team_says(context, story_of(context)),
    )


@bp.get(ONE)
@guarded(Permission.SHOWN_VERSION_READ, load=load_shown)
def shown_version(context: ShownContext) -> ResponseReturnValue:
    return _reading(context, SignOffForm())


@bp.post(ONE)
@guarded(Permission.SIGN_OFF_WRITE, load=load_shown)
def answer(context: ShownContext) -> ResponseReturnValue:
    """Say for one's authority whether it can be handed in."""
    form = SignOffForm(request.form, known=context.work.course.function_numbers)
    if not form.validate():
        return _reading(context, form), 422
    answer_sign_off(
        db.session(), shown=context.shown, team=context.work.team,
        enrollment=context.work.enrollment, is_approved=form.answer.data == YES,
        line=form.line.data, has_checked=form.checked.data,
        known=context.work.course.function_numbers, by=current_user.identity.user_id,
        now=clock.now(),
    )
    flash(_("Svaret är sparat. Den som är skrivansvarig får besked."))
    return redirect(url_for("assignments.show", **context.work.address), 303)


@bp.post(f"{JOINT}/klar-for-mig")
@guarded(Permission.TEAM_WORD_WRITE, load=load)
def ready(context: WorkContext) -> ResponseReturnValue:
    """Say that one is ready with the draft, or with a shown version; or that one is not."""
    session, shown_id = db.session(), request.form.get("visad", type=int)
    back = url_for("assignments.show", _anchor="klara", **context.address)
    if request.form.get("inte"):
        take_ready_back(
            session, team=context.team, enrollment=context.enrollment,
            assignment=context.assignment,
        )
        return redirect(back, 303)
    shown = shown_context(session, context, shown_id) if shown_id else None
    read = shown or context
    if not permits(
        current_user.identity, read,
        Permission.SHOWN_VERSION_READ if shown else Permission.DRAFT_READ,
    ):
        abort(403)
    say_ready(
        session, team=context.team, enrollment=context.enrollment,
        assignment=context.assignment, version=request.form.get("v", 0, type=int),
        shown=shown.shown if shown else None, now=clock.now(),
    )
    flash(_("Teamet ser att du är klar."))
    return redirect(back, 303)


def _guard(context: WorkContext, answers: dict[str, Any]) -> HandInForm:
    return HandInForm(context.assignment, answers, known=context.course.function_numbers)


def _confirming(context: WorkContext, *, is_sent: bool = False, is_stale: bool = False) -> str:
    session = db.session()
    to = request.values.get("till", type=int)
    members = story_of(context).members
    names = {one.organization_id: one.organization for one in members}
    if to is not None and (to not in names or not context.cohort.needs_sign_off):
        raise NotFound
    answers = draft_answers(session, context)
    original = original_of(context.course.digest, context.assignment.id)
    return render_template(
        "teams/confirm.html", context=context, form=_guard(context, answers), to=to,
        authority=names.get(to), is_sent=is_sent, is_stale=is_stale,
        readers=[one for one in members if to in (None, one.organization_id)],
        others=sorted({
            one.organization for one in members
            if to in (None, one.organization_id)
            and one.organization_id != context.team.organization_id
        }),
        sections=read_sections(context.assignment, original, answers),
        scope=shown_scope(context, to),
    )


def _reading(context: ShownContext, form: SignOffForm) -> str:
    session, work, shown = db.session(), context.work, context.shown
    assignment, original = wording_of(shown.edition_digest, shown.assignment_id)
    now = draft_answers(session, work)
    facts = team_facts(session, work.owner)[work.assignment.id]
    said = facts_under(work.mask, facts, work.enrollment.id).said
    words = [one.text for one in stopped_words(session, work)]
    text = work.mask.over(masked(shown.answers, words))
    return render_template(
        "teams/shown_version.html", context=work, one=context, form=form,
        sections=read_sections(assignment, original, text),
        changed=changed_sections(assignment.sections, work.mask.over(shown.answers), now),
        said=last_said(said, shown.id),
        mine=next(
            (s for s in reversed(said)
             if (s.shown_id, s.enrollment_id) == (shown.id, work.enrollment.id)), None
        ),
    )
