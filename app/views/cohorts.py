"""Setting up a cohort: created from a course, given dates, organizations and teams, opened."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, editions, reasons
from app.forms.cohorts import (
    CohortForm,
    new_cohort_form,
)
from app.forms.dates import DatesForm, dates_form
from app.guard import guarded
from app.pages.coordinating import load_cohort
from courses.catalog import Course
from courses.errors import Refused, Stale
from courses.permissions import Permission
from courses.queries.coordination import CohortContext
from courses.queries.setup import NewCohort, stored_dates
from courses.services.cohorts import (
    change_cohort,
    change_dates,
    create_cohort,
    missing_in,
    open_cohort,
)

bp = Blueprint("cohorts", __name__, url_prefix="/samordna")


def load_new(_session, _identity) -> NewCohort:
    return NewCohort()


def acting() -> dict[str, Any]:
    """Who does it and when, as services ask."""
    return {"actor_id": current_user.identity.user_id, "now": clock.now()}


@bp.get("/ny")
@guarded(Permission.COHORT_CREATE, load=load_new)
def new(_context: NewCohort) -> ResponseReturnValue:
    return render_template("cohorts/new.html", form=new_cohort_form(_courses()))


@bp.post("/ny")
@guarded(Permission.COHORT_CREATE, load=load_new)
def create(_context: NewCohort) -> ResponseReturnValue:
    form = new_cohort_form(_courses(), request.form)
    if form.validate():
        try:
            cohort = create_cohort(
                db.session(),
                editions.current_course(form.course.data),
                name=form.name.data,
                first_monday=form.first_monday.data,
                shares_drafts=form.shares_drafts.data == "yes",
                issues_automatically=form.issues.data == "automatic",
                needs_sign_off=form.sign_off.data == "yes",
                **acting(),
            )
        except Refused as refused:
            form.name.errors = [reasons.sentence(refused)]
        else:
            return redirect(url_for(".dates", cohort_id=cohort.id), 303)
    return render_template("cohorts/new.html", form=form), 422


@bp.get("/<int:cohort_id>/forbered")
@guarded(Permission.COHORT_EDIT, load=load_cohort)
def setup(context: CohortContext) -> ResponseReturnValue:
    return _setup_page(context, _cohort_form(context))


@bp.post("/<int:cohort_id>/forbered")
@guarded(Permission.COHORT_EDIT, load=load_cohort)
def change(context: CohortContext) -> ResponseReturnValue:
    form = _cohort_form(context, request.form)
    if not form.validate():
        return _setup_page(context, form), 422
    try:
        change_cohort(
            db.session(),
            context.cohort,
            name=form.name.data,
            shares_drafts=form.shares_drafts.data == "yes",
            issues_automatically=form.issues.data == "automatic",
            needs_sign_off=form.sign_off.data == "yes",
            version=form.version.data,
            **acting(),
        )
    except Stale as stale:
        form.show_newer(stale)
        return _setup_page(context, form), 409
    except Refused as refused:
        field = form.name if refused.reason == "name_taken" else form.shares_drafts
        field.errors = [reasons.sentence(refused)]
        return _setup_page(context, form), 422
    flash(_("Sparat."))
    return redirect(url_for(".setup", cohort_id=context.cohort.id), 303)


@bp.post("/<int:cohort_id>/oppna")
@guarded(Permission.COHORT_EDIT, load=load_cohort)
def open_(context: CohortContext) -> ResponseReturnValue:
    open_cohort(db.session(), context.cohort, editions.course(context.digest), **acting())
    flash(_("Utbildningsomgången är öppnad. Deltagarna ser den när de loggar in."))
    return redirect(url_for("coordination.overview", cohort_id=context.cohort.id), 303)


@bp.get("/<int:cohort_id>/datum")
@guarded(Permission.COHORT_EDIT, load=load_cohort)
def dates(context: CohortContext) -> ResponseReturnValue:
    course = editions.course(context.digest)
    return _dates_page(context, course, _dates_form(context, course))


@bp.post("/<int:cohort_id>/datum")
@guarded(Permission.COHORT_EDIT, load=load_cohort)
def change_all_dates(context: CohortContext) -> ResponseReturnValue:
    course = editions.course(context.digest)
    form = _dates_form(context, course, request.form)
    if not form.validate():
        return _dates_page(context, course, form), 422
    try:
        change_dates(
            db.session(), context.cohort, form.dates(), version=form.version.data, **acting()
        )
    except Stale as stale:
        form.show_newer(stale)
        return _dates_page(context, course, form), 409
    flash(_("Datumen är sparade."))
    return redirect(url_for(".setup", cohort_id=context.cohort.id), 303)


def _courses() -> list[Course]:
    return [editions.current_course(course_id) for course_id in editions.store().courses()]


def _cohort_form(context: CohortContext, data: Any = None) -> CohortForm:
    cohort = context.cohort
    return CohortForm(
        data,
        name=cohort.name,
        shares_drafts="yes" if cohort.shares_drafts_across_authorities else "no",
        sign_off="yes" if cohort.needs_sign_off else "no",
        issues="automatic" if cohort.issues_automatically else "by_hand",
        version=cohort.version,
    )


def _setup_page(context: CohortContext, form: CohortForm) -> str:
    missing = missing_in(db.session(), context.cohort.id)
    return render_template("cohorts/setup.html", context=context, form=form, missing=missing)


def _dates_form(context: CohortContext, course: Course, data: Any = None) -> DatesForm:
    return dates_form(context, course, stored_dates(db.session(), context.cohort.id), data)


def _dates_page(context: CohortContext, course: Course, form: DatesForm) -> str:
    return render_template("cohorts/dates.html", context=context, course=course, form=form)
