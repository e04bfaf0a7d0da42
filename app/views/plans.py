"""A team's plan: reading it as it stands, editing its chapters."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, editions, i18n, reasons
from app.forms.assignments import AnswersForm
from app.forms.plans import labelled, posted_chapter
from app.guard import guarded
from app.http import autosave, rescue
from app.http.access import log_access
from app.pages.answers import read_sections
from app.pages.plan_documents import original_of
from courses.errors import Refused, Stale
from courses.identity import Identity
from courses.permissions import Permission, permits
from courses.queries.plan_assembly import AssembledChapter, assembly
from courses.queries.plan_sections import ChapterSections
from courses.queries.plans import PlanContext, issued_plans, plan_context
from courses.rules.answers import merged
from courses.rules.plans import PREFACE, lacking
from courses.services.plans import save_plan_chapter

bp = Blueprint("plans", __name__, url_prefix="/team/<int:team_id>/plan")
CHAPTER = "/kapitel/<chapter_id>"


def load(session: Any, identity: Identity, team_id: int, **_rest: Any) -> PlanContext:
    return plan_context(session, editions.course, team_id, clock.today(), identity)


@bp.get("")
@guarded(Permission.PLAN_READ, load=load)
def show(context: PlanContext) -> ResponseReturnValue:
    """The issued editions; for those who may read the team's draft also the plan as it stands."""
    is_shown = permits(current_user.identity, context, Permission.DRAFT_READ)
    found = assembly(db.session(), context) if is_shown else None
    issued = issued_plans(db.session(), context.team.id, context.places)
    if not is_shown:
        log_access(f"plan of team:{context.team.id}")
    law = context.template.law
    return render_template(
        "plans/show.html", context=context, found=found, issued=issued,
        read=read_chapters(context, found) if found else {},
        points=[(one, lacking(one.chapters, found.filled)) for one in law.points]
        if law and found
        else [],
        chapter_of={one.chapter.id: one for one in found.chapters} if found else {},
    )


@bp.get(CHAPTER)
@guarded(Permission.DRAFT_WRITE, load=load)
def edit(context: PlanContext) -> ResponseReturnValue:
    one, original = _chapter(context)
    rows = {request.args.get("rad", ""): request.args.get("antal", 0, type=int)}
    form = AnswersForm.showing(labelled(one.shown), original, one.answers, rows)
    return _page(context, one, form)


@bp.post(CHAPTER)
@guarded(Permission.DRAFT_WRITE, load=load)
def save(context: PlanContext) -> ResponseReturnValue:
    """Keep a chapter; `settle` says what becomes of what has been approved since."""
    one, original = _chapter(context)
    form = posted_chapter(one, original, request.form)
    keep, settle = request.form.get("keep"), request.form.get("settle", "")
    address = {"team_id": context.team.id, "chapter_id": one.chapter.id}
    if keep == "theirs":
        return redirect(url_for(".edit", **address, val=1), 303)
    answers = form.answers
    if keep == "both":
        answers = merged(one.shown.sections, one.answers, answers)
    if settle == "new":
        answers = dict(one.fresh) | {key: answers[key] for key in (PREFACE,) if key in answers}
    elif settle == "both":
        answers = merged(one.shown.sections, answers, one.fresh)
    form = AnswersForm.showing(labelled(one.shown), original, answers)
    if not form.validate():
        if autosave.is_wanted():
            return autosave.invalid(form.messages[0][1][0])
        return _page(context, one, form), 422
    try:
        kept = _save(context, one, answers, current_user.identity, settles=bool(settle))
    except Stale as stale:
        if autosave.is_wanted():
            return autosave.conflict()
        return _conflict(context, one, original, form, stale), 409
    except Refused as refused:
        if autosave.is_wanted():
            return autosave.invalid(reasons.sentence(refused))
        form.tell_refused(refused)
        return _page(context, one, form), 422
    if autosave.is_wanted():
        return autosave.saved(kept.version, kept.updated_at)
    if add := request.form.get("add"):
        return _one_more_row(one, address, add)
    flash(_("Kapitlet är sparat %(time)s.", time=i18n.clock_time(kept.updated_at)))
    if request.form.get("then") == "show":
        return redirect(
            url_for(".show", team_id=context.team.id, _anchor=f"kapitel-{one.chapter.id}"), 303
        )
    return redirect(url_for(".edit", **address), 303)


def rescue_chapter(identity: Identity, url: dict[str, Any], fields: rescue.Fields) -> str:
    """Save what was written when the login had run out."""
    context = load(db.session(), identity, **url)
    one = assembly(db.session(), context).chapter(url["chapter_id"])
    form = posted_chapter(one, original_of(context, one), fields)
    _save(context, one, form.answers, identity, settles=False, version=fields.get("v", 0, int))
    return url_for("plans.edit", **url)


rescue.register("plans.save", rescue_chapter)


def read_chapters(context: PlanContext, found: Any) -> dict[str, list[Any]]:
    """Chapter → its sections with what stands in them, choices in the reader's language."""
    return {
        one.chapter.id: [
            section
            for section in read_sections(one.shown, original_of(context, one), one.answers)
            if not section.is_blank
        ]
        for one in found.chapters
    }


def _chapter(context: PlanContext) -> tuple[AssembledChapter, ChapterSections]:
    one = assembly(db.session(), context).chapter((request.view_args or {})["chapter_id"])
    return one, original_of(context, one)


def _save(
    context: PlanContext,
    one: AssembledChapter,
    answers: dict[str, Any],
    identity: Identity,
    *,
    settles: bool,
    version: int | None = None,
) -> Any:
    given = request.form.get("v", 0, type=int) if version is None else version
    return save_plan_chapter(
        db.session(), team=context.team, chapter_id=one.chapter.id, answers=answers,
        sources=one.sources, settles=settles, version=given, by=identity.user_id,
        now=clock.now(), mask=one.mask,
    )


def _page(context: PlanContext, one: AssembledChapter, form: AnswersForm) -> str:
    original = original_of(context, one)
    new = []
    if one.newer:
        fresh = read_sections(one.shown, original, dict(one.fresh))
        own = read_sections(one.shown, original, dict(one.answers))
        new = [(a, b) for a, b in zip(own, fresh, strict=True) if a.value != b.value and b.value]
    version = request.form.get("v", type=int)
    return render_template(
        "plans/edit.html", context=context, one=one, form=form, new=new,
        version=one.version if version is None else version,
    )


def _conflict(
    context: PlanContext,
    one: AssembledChapter,
    original: ChapterSections,
    form: AnswersForm,
    stale: Stale,
) -> str:
    mine = read_sections(labelled(one.shown), original, stale.mine)
    theirs = read_sections(labelled(one.shown), original, stale.theirs)
    return render_template(
        "plans/conflict.html", context=context, one=one, form=form, stale=stale,
        pairs=[(a, b) for a, b in zip(mine, theirs, strict=True) if a.value != b.value],
    )


def _one_more_row(one: AssembledChapter, address: dict[str, Any], section_id: str) -> Any:
    """Back to the page with an empty row more, and the focus in it."""
    section = one.shown.section(section_id)
    if section is None or not section.fields:
        return redirect(url_for(".edit", **address), 303)
    count = min(request.form.get(f"rows-{section_id}", 0, type=int) + 1, section.max_rows)
    anchor = f"a-{section_id}-{count - 1}-{section.fields[0].id}"
    return redirect(
        url_for(".edit", **address, rad=section_id, antal=count, _anchor=anchor), 303
    )
