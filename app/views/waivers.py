"""A coordinator lets a team hand in without the word of an authority."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, editions
from app.forms.team import WaiverForm, waiver_form
from app.guard import guarded
from app.pages.coordinating import load_team
from app.views.coordination import bp
from courses.catalog import Course
from courses.errors import NotFound
from courses.permissions import Permission
from courses.queries.coordination import TeamContext
from courses.queries.waivers import WaiverPage, waiver_page
from courses.services.sign_offs import waive_sign_off


@bp.get("/team/<int:team_id>/godkannande")
@guarded(Permission.COHORT_EDIT, load=load_team)
def sign_offs(context: TeamContext) -> ResponseReturnValue:
    page, course = _read(context)
    return _show(context, page, waiver_form(page, course))


@bp.post("/team/<int:team_id>/godkannande")
@guarded(Permission.COHORT_EDIT, load=load_team)
def waive(context: TeamContext) -> ResponseReturnValue:
    """Decide that an authority need not approve, with a reason that the team reads."""
    page, course = _read(context)
    form = waiver_form(page, course, request.form)
    if not form.validate():
        return _show(context, page, form), 422
    waive_sign_off(
        db.session(), team=context.team, assignment=course.items[form.assignment.data],
        organization_id=form.authority.data, reason=form.line.data,
        by=current_user.identity.user_id, now=clock.now(),
    )
    flash(_("Sparat. Teamet ser beslutet och skälet."))
    return redirect(url_for(".sign_offs", team_id=context.team.id), 303)


def _read(context: TeamContext) -> tuple[WaiverPage, Course]:
    if not context.cohort.needs_sign_off:
        raise NotFound
    course = editions.course(context.digest)
    return waiver_page(db.session(), context, course), course


def _show(context: TeamContext, page: WaiverPage, form: WaiverForm) -> str:
    return render_template(
        "coordination/sign_offs.html", context=context, page=page, form=form
    )
