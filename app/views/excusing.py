"""Coordinators of a county: what a person or a team need not do."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, editions, reasons
from app.forms.excusing import AskAfterAllForm, ExcuseForm, excuse_form
from app.guard import guarded
from app.http.access import log_access
from app.pages.coordinating import load_participant, load_team
from app.views.coordination import bp
from courses.catalog import Course
from courses.errors import Refused
from courses.permissions import Permission
from courses.queries.coordination import ParticipantContext, TeamContext
from courses.queries.excusing import excused
from courses.rules.requirements import required_items
from courses.services.excusing import excuse, take_back_excuse

Context = ParticipantContext | TeamContext


@bp.get("/deltagare/<int:enrollment_id>/behover-inte")
@guarded(Permission.ITEM_EXCUSE, load=load_participant)
def excuses(context: ParticipantContext) -> ResponseReturnValue:
    return _show(context)


@bp.post("/deltagare/<int:enrollment_id>/behover-inte")
@guarded(Permission.ITEM_EXCUSE, load=load_participant)
def excuse_person(context: ParticipantContext) -> ResponseReturnValue:
    return _excuse(context)


@bp.post("/deltagare/<int:enrollment_id>/ska-anda")
@guarded(Permission.ITEM_EXCUSE, load=load_participant)
def ask_person(context: ParticipantContext) -> ResponseReturnValue:
    return _ask_after_all(context)


@bp.get("/team/<int:team_id>/behover-inte")
@guarded(Permission.ITEM_EXCUSE, load=load_team)
def team_excuses(context: TeamContext) -> ResponseReturnValue:
    return _show(context)


@bp.post("/team/<int:team_id>/behover-inte")
@guarded(Permission.ITEM_EXCUSE, load=load_team)
def excuse_team(context: TeamContext) -> ResponseReturnValue:
    return _excuse(context)


@bp.post("/team/<int:team_id>/ska-anda")
@guarded(Permission.ITEM_EXCUSE, load=load_team)
def ask_team(context: TeamContext) -> ResponseReturnValue:
    return _ask_after_all(context)


def _excuse(context: Context) -> ResponseReturnValue:
    course = editions.course(context.digest)
    form = excuse_form(_items(context, course), request.form)
    if not form.validate():
        return _show(context, form), 422
    try:
        excuse(
            db.session(), _owner(context), item_id=form.item.data, reason=form.reason.data,
            course=course, actor_id=current_user.identity.user_id, now=clock.now(),
        )
    except Refused as refused:
        form.item.errors = [reasons.sentence(refused)]
        return _show(context, form), 409
    flash(_("Sparat."))
    return redirect(_address(context), 303)


def _ask_after_all(context: Context) -> ResponseReturnValue:
    item_id = request.form.get("item", "")
    form = AskAfterAllForm(request.form, prefix=f"{item_id}-")
    if not form.validate():
        return _show(context, undoing={item_id: form}), 422
    try:
        take_back_excuse(
            db.session(), _owner(context), item_id=item_id, reason=form.reason.data,
            course=editions.course(context.digest), actor_id=current_user.identity.user_id,
            now=clock.now(),
        )
    except Refused as refused:
        form.reason.errors = [reasons.sentence(refused)]
        return _show(context, undoing={item_id: form}), 409
    flash(_("Sparat."))
    return redirect(_address(context), 303)


def _owner(context: Context) -> Any:
    return context.team if isinstance(context, TeamContext) else context.enrollment


def _address(context: Context) -> str:
    if isinstance(context, TeamContext):
        return url_for(".team_excuses", team_id=context.team.id)
    return url_for(".excuses", enrollment_id=context.enrollment.id)


def _items(context: Context, course: Course) -> list[tuple[str, str]]:
    """Return what the cohort asks for of such an owner, with its title."""
    titles = course.titles
    asked = required_items(context.cohort.requirement_set)
    if isinstance(context, TeamContext):
        joint = {one.id for one in course.assignments if one.is_joint}
        asked = [item for item in asked if item in joint]
    return [(item, f"{titles[item]} ({item})") for item in asked if item in titles]


def _show(
    context: Context, form: ExcuseForm | None = None, undoing: dict[str, Any] | None = None
) -> str:
    course = editions.course(context.digest)
    is_team = isinstance(context, TeamContext)
    found = excused(
        db.session(), team_id=context.team.id if is_team else None,
        enrollment_id=None if is_team else context.enrollment.id,
    )
    asks = {one.item_id: AskAfterAllForm(prefix=f"{one.item_id}-") for one in found}
    log_access("excuses", subject_id=None if is_team else context.user.id)
    return render_template(
        "coordination/excuses.html", context=context, is_team=is_team, found=found,
        titles=course.titles, form=form or excuse_form(_items(context, course)),
        asks=asks | (undoing or {}), scope=context.scope,
        name=context.team.name if is_team else context.user.name,
    )
