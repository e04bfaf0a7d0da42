"""Writing a team's assignment together: a page for each section of its draft."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, i18n, reasons
from app.forms.assignments import AnswersForm
from app.forms.sharing import CommentForm
from app.guard import guarded
from app.http import autosave, rescue
from app.pages.answers import original_of, read_sections, wordings_of
from app.pages.joint_numbers import numbers
from app.views.assignments import JOINT, load
from courses.catalog import Assignment, Section
from courses.errors import NotFound, Refused, Stale
from courses.identity import Identity
from courses.permissions import Permission, permits
from courses.queries.joint_comments import comments_on
from courses.queries.joint_pages import together
from courses.queries.joint_parts import Together
from courses.queries.work_context import WorkContext
from courses.rules.answers import merged
from courses.rules.joint_writing import TAKES_TEXT, rows_in
from courses.services.joint_sections import (
    JointWork,
    close_section,
    open_section,
    save_section,
)

bp = Blueprint("joint", __name__)
SECTION = f"{JOINT}/avsnitt/<section_id>"


def work_of(context: WorkContext) -> JointWork:
    """Return what a service needs of the team's assignment."""
    if context.team is None:
        raise NotFound
    return JointWork(
        team=context.team, enrollment=context.enrollment, course=context.course,
        assignment=context.assignment, now=clock.now(), today=context.today, mask=context.mask,
    )


def load_section(session: Any, identity: Identity, section_id: str, **url: Any) -> WorkContext:
    context = load(session, identity, **url)
    if context.assignment.section(section_id) is None:
        raise NotFound
    return context


def load_joint(session: Any, identity: Identity, **url: Any) -> WorkContext:
    return load(session, identity, url["assignment_slug"], url["team_id"])


def section_of(context: WorkContext) -> Section:
    """Return the section in the address, which the loader has found."""
    section = context.assignment.section(request.view_args["section_id"])
    if section is None:
        raise NotFound
    return section


def wordings_of_section(context: WorkContext) -> list[Section]:
    """Return the section in the address in each language, first that in which it is stored."""
    found = wordings_of(context.course.digest, context.assignment.id)
    return [one for each in found if (one := each.section(section_of(context).id))]


@bp.get(SECTION)
@guarded(Permission.DRAFT_READ, load=load_section)
def section(context: WorkContext) -> ResponseReturnValue:
    found = _found(context)
    one = section_of(context)
    state = found.state(one.id)
    wanted = {one.id: request.args.get("antal", 0, type=int)}
    answers = {one.id: state.value} if state and state.value else {}
    form = AnswersForm.showing(_only(context, one), _original(context), answers, wanted)
    if "brister" in request.args:
        form.tell_what_lacks(_only(context, one), answers)
    return show(context, form, found, CommentForm())


@bp.post(f"{SECTION}/oppna")
@guarded(Permission.SECTION_WRITE, load=load_section)
def open_(context: WorkContext) -> ResponseReturnValue:
    open_section(db.session(), work_of(context), section_of(context).id)
    return redirect(address_of(context, section_of(context).id), 303)


@bp.post(SECTION)
@guarded(Permission.SECTION_WRITE, load=load_section)
def save(context: WorkContext) -> ResponseReturnValue:
    one = section_of(context)
    form = AnswersForm.posted(_only(context, one), _original(context), request.form)
    keep = request.form.get("keep")
    if keep == "theirs":
        return redirect(address_of(context, one.id, val=1), 303)
    if keep == "both":
        state = _found(context).state(one.id)
        both = merged([one], {one.id: state.value if state else None}, form.answers)
        form = AnswersForm.showing(_only(context, one), _original(context), both)
    value = form.answers.get(one.id)
    if not form.validate():
        if autosave.is_wanted():
            return autosave.invalid(form.messages[0][1][0])
        return show(context, form, _found(context), CommentForm()), 422
    version = request.form.get("v", 0, type=int)
    try:
        row = save_section(db.session(), work_of(context), one.id, value, version=version)
    except Stale as stale:
        if autosave.is_wanted():
            return autosave.conflict()
        return _conflict(context, form, stale), 409
    except Refused as refused:
        if form.tell_refused(refused):
            if autosave.is_wanted():
                return autosave.invalid(reasons.sentence(refused))
            return show(context, form, _found(context), CommentForm()), 422
        if autosave.is_wanted():
            return autosave.refused(refused)
        text = read_sections(_only(context, one), _original(context), form.answers)
        return render_template(
            "assignments/unsaved.html", context=context, text=text,
            reason=reasons.sentence(refused),
        ), 409
    saved_at = row.saved_at or clock.now()
    marked = numbers(one, value)
    if autosave.is_wanted():
        return autosave.saved(row.version, saved_at, warning=_(
            "Men ”%(number)s” ser ut som ett personnummer. Ta bort det.",
            number=marked[0].finding.text,
        ) if marked else "")
    if request.form.get("add") == one.id:
        count = request.form.get(f"rows-{one.id}", 0, type=int) + 1
        return redirect(address_of(context, one.id, antal=min(count, one.max_rows)), 303)
    flash(_("Avsnittet är sparat %(time)s.", time=i18n.clock_time(saved_at)))
    if request.form.get("then") == "close":
        close_section(db.session(), work_of(context), one.id)
    if marked:
        return redirect(address_of(context, one.id, _anchor="personnummer"), 303)
    if request.form.get("then") == "close":
        return redirect(url_for("assignments.show", **context.address), 303)
    return redirect(address_of(context, one.id, **({"val": 1} if keep else {})), 303)


def rescue_section(identity: Identity, url: dict[str, Any], fields: rescue.Fields) -> str:
    """Save what was written in a section when the login had run out."""
    section_id = url["section_id"]
    context = load_section(db.session(), identity, **url)
    one = context.assignment.section(section_id)
    form = AnswersForm.posted(_only(context, one), _original(context), fields)
    save_section(
        db.session(), work_of(context), section_id, form.answers.get(section_id),
        version=fields.get("v", 0, type=int),
    )
    return address_of(context, section_id)


rescue.register("joint.save", rescue_section)


def address_of(context: WorkContext, section_id: str, **more: Any) -> str:
    """Return the page of a section."""
    return url_for("joint.section", section_id=section_id, **context.address, **more)


def show(
    context: WorkContext, form: AnswersForm, found: Together, comment: CommentForm
) -> str:
    """Return the section's page with what stands in the forms."""
    one = section_of(context)
    identity = current_user.identity
    version = request.form.get("v", type=int)
    state = found.state(one.id)
    original = _original(context)
    shown = form.answers.get(one.id) if request.method == "POST" else state and state.value
    return render_template(
        "joint/section.html", context=context, form=form, found=found, section=one,
        numbers=numbers(one, shown),
        state=state, version=state.version if version is None and state else version,
        text=read_sections(_only(context, one), original, {one.id: state.value if state else ""}),
        may_write=context.can_write and permits(identity, context, Permission.SECTION_WRITE),
        is_mine=state is not None and state.open_by == identity.user_id,
        takes_text=one.kind in TAKES_TEXT, fitting=_fitting(context, found), comment=comment,
        comments=comments_on(db.session(), context, one.id),
    )


def _fitting(context: WorkContext, found: Together) -> set[int]:
    """Return the contributions that can be put into the section as they are."""
    one, wordings = section_of(context), wordings_of_section(context)
    return {
        each.id
        for each in found.gifts_for(one.id)
        if one.kind != "rows" or rows_in(wordings[0], each.text or "", wordings) is not None
    }


def _found(context: WorkContext) -> Together:
    return together(db.session(), context, current_user.identity, now=clock.now())


def _only(context: WorkContext, section: Section | None) -> Assignment:
    """The assignment as if it had nothing but this section."""
    return replace(context.assignment, sections=(section,) if section else ())


def _original(context: WorkContext) -> Assignment:
    return original_of(context.course.digest, context.assignment.id)


def _conflict(context: WorkContext, form: AnswersForm, stale: Stale) -> str:
    one = section_of(context)
    mine, theirs = (
        read_sections(_only(context, one), _original(context), {one.id: value})[0]
        for value in (stale.mine or "", stale.theirs or "")
    )
    return render_template(
        "joint/conflict.html", context=context, form=form, stale=stale, mine=mine,
        theirs=theirs, section=one,
    )
