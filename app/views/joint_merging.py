"""Putting a contribution into a section, undoing it, and speaking about a section."""

from dataclasses import replace

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db
from app.forms.assignments import AnswersForm
from app.forms.sharing import CommentForm
from app.guard import guarded
from app.pages.answers import original_of
from app.views.joint import (
    SECTION,
    address_of,
    bp,
    load_section,
    section_of,
    show,
    wordings_of_section,
    work_of,
)
from courses.permissions import Permission
from courses.queries.joint_pages import together
from courses.queries.work_context import WorkContext
from courses.services.contributions import merge_contribution, undo_merge
from courses.services.section_comments import add_comment, resolve_comment


@bp.post(f"{SECTION}/bidrag/<int:contribution_id>")
@guarded(Permission.SECTION_WRITE, load=load_section)
def merge(context: WorkContext) -> ResponseReturnValue:
    one = section_of(context)
    original = original_of(context.course.digest, context.assignment.id)
    source = merge_contribution(
        db.session(), replace(work_of(context), assignment=original), one.id,
        request.view_args["contribution_id"], wordings=wordings_of_section(context),
    )
    if source.before:
        flash(_("Bidraget ligger nu sist i ”%(label)s”. Du kan ångra det här på sidan.",
                label=one.label))
    else:
        flash(_("Bidraget är markerat som använt i ”%(label)s”.", label=one.label))
    return redirect(address_of(context, one.id, _anchor="bidrag"), 303)


@bp.post(f"{SECTION}/bidrag/<int:source_id>/angra")
@guarded(Permission.SECTION_WRITE, load=load_section)
def undo(context: WorkContext) -> ResponseReturnValue:
    one = section_of(context)
    undo_merge(db.session(), work_of(context), one.id, request.view_args["source_id"])
    flash(_("Avsnittet ser ut som innan bidraget lades in."))
    return redirect(address_of(context, one.id, _anchor="bidrag"), 303)


@bp.post(f"{SECTION}/kommentar")
@guarded(Permission.SECTION_WRITE, load=load_section)
def comment(context: WorkContext) -> ResponseReturnValue:
    one, form = section_of(context), CommentForm(request.form)
    form.read(context.course.function_numbers)
    if not form.validate():
        found = together(db.session(), context, current_user.identity, now=clock.now())
        state = found.state(one.id)
        shown = AnswersForm.showing(
            context.assignment, original_of(context.course.digest, context.assignment.id),
            {one.id: state.value} if state and state.value else {},
        )
        shown.fields = [each for each in shown if each.section.id == one.id]
        return show(context, shown, found, form), 422
    add_comment(
        db.session(), work_of(context), one.id, form.text.data or "",
        has_checked=bool(form.checked.data),
    )
    flash(_("Kommentaren är skickad."))
    return redirect(address_of(context, one.id, _anchor="kommentarer"), 303)


@bp.post(f"{SECTION}/kommentar/<int:comment_id>/klar")
@guarded(Permission.SECTION_WRITE, load=load_section)
def resolve(context: WorkContext) -> ResponseReturnValue:
    one = section_of(context)
    resolve_comment(db.session(), work_of(context), one.id, request.view_args["comment_id"])
    flash(_("Kommentaren är markerad som klar."))
    return redirect(address_of(context, one.id, _anchor="kommentarer"), 303)
