"""The organizations and teams of a cohort."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import db, reasons
from app.forms.cohorts import REGIONAL, OrganizationForm, TeamForm
from app.forms.fields import choices_of
from app.guard import guarded
from app.pages.coordinating import load_cohort
from app.views.cohorts import acting, bp
from courses.errors import Refused
from courses.permissions import Permission
from courses.queries.coordination import CohortContext
from courses.queries.setup import organizations, team_in, teams_of
from courses.services.organizations import add_organization
from courses.services.teams import add_team, remove_team
from courses.vocabulary import OrganizationKind


@bp.get("/<int:cohort_id>/organisationer")
@guarded(Permission.COHORT_EDIT, load=load_cohort)
def places(context: CohortContext) -> ResponseReturnValue:
    return _places_page(context)


@bp.post("/<int:cohort_id>/organisationer")
@guarded(Permission.COHORT_EDIT, load=load_cohort)
def add_place(context: CohortContext) -> ResponseReturnValue:
    form = OrganizationForm(request.form)
    if form.validate():
        try:
            added = add_organization(
                db.session(),
                kind=OrganizationKind(form.kind.data),
                name=form.organization_name.data,
                scb_code=form.scb_code.data,
                **acting(),
            )
        except Refused as refused:
            form.organization_name.errors = [reasons.sentence(refused)]
        else:
            flash(_("%(name)s är tillagd.", name=added.name))
            return redirect(url_for(".places", cohort_id=context.cohort.id), 303)
    return _places_page(context, organization_form=form), 422


@bp.post("/<int:cohort_id>/team")
@guarded(Permission.COHORT_EDIT, load=load_cohort)
def add_one_team(context: CohortContext) -> ResponseReturnValue:
    form = _team_form(request.form)
    if form.validate():
        try:
            team = add_team(
                db.session(), context.cohort, name=form.team_name.data,
                organization_id=form.municipality.data or None, **acting(),
            )
        except Refused as refused:
            form.team_name.errors = [reasons.sentence(refused)]
        else:
            flash(_("%(name)s är tillagt.", name=team.name))
            return redirect(url_for(".places", cohort_id=context.cohort.id), 303)
    return _places_page(context, team_form=form), 422


@bp.post("/<int:cohort_id>/team/<int:team_id>/ta-bort")
@guarded(Permission.COHORT_EDIT, load=load_cohort)
def remove_one_team(context: CohortContext) -> ResponseReturnValue:
    team_id = (request.view_args or {})["team_id"]
    team = team_in(db.session(), context.cohort.id, team_id)
    remove_team(db.session(), team, **acting())
    flash(_("%(name)s är borttaget.", name=team.name))
    return redirect(url_for(".places", cohort_id=context.cohort.id), 303)


def _team_form(data: Any = None) -> TeamForm:
    form = TeamForm(data)
    municipalities = [
        (one.id, one.name)
        for one in organizations(db.session())
        if one.kind is OrganizationKind.MUNICIPALITY
    ]
    form.municipality.choices = choices_of(
        [("", _("Välj")), *municipalities, (REGIONAL, _("Ingen: ett regionalt team"))]
    )
    return form


def _places_page(
    context: CohortContext,
    *,
    organization_form: OrganizationForm | None = None,
    team_form: TeamForm | None = None,
) -> str:
    session = db.session()
    return render_template(
        "cohorts/places.html", context=context,
        organization_form=organization_form or OrganizationForm(),
        team_form=team_form or _team_form(),
        organizations=organizations(session), teams=teams_of(session, context.cohort.id),
    )
