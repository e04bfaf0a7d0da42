"""What coordinators see: the cohort's overview, a team, a participant."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, editions, reasons
from app.forms.cohorts import TeamRolesForm, roles_form
from app.guard import guarded
from app.http.access import log_access
from app.pages.answers import read_sections, wording_of
from app.pages.coordinating import load_approved, load_cohort, load_participant, load_team
from courses.errors import NotFound, Refused, Stale
from courses.permissions import Own, Permission
from courses.queries.approved_work import ApprovedWork
from courses.queries.coordination import (
    CohortContext,
    ParticipantContext,
    TeamContext,
    coordinated_cohorts,
)
from courses.queries.excusing import excused
from courses.queries.overview import cohort_overview
from courses.queries.participant_rows import participant_rows
from courses.queries.teams import TeamPage, team_page
from courses.services.teams import set_team_roles
from courses.vocabulary import Sector

bp = Blueprint("coordination", __name__, url_prefix="/samordna")

MUNICIPAL_SECTORS = tuple(
    sector
    for sector in Sector
    if sector not in (Sector.POLICE, Sector.COUNTY_BOARD, Sector.OTHER)
)


@bp.get("")
@guarded(Permission.HOME_READ)
def show(_context: Own) -> ResponseReturnValue:
    """The list of cohorts, or the overview when there is only one."""
    identity = current_user.identity
    if not identity.is_coordinator:
        raise NotFound
    cohorts = coordinated_cohorts(db.session(), identity)
    if len(cohorts) == 1 and "alla" not in request.args:
        return redirect(url_for(".overview", cohort_id=cohorts[0].cohort.id), 303)
    return render_template("coordination/cohorts.html", cohorts=cohorts)


@bp.get("/<int:cohort_id>")
@guarded(Permission.COHORT_READ, load=load_cohort)
def overview(context: CohortContext) -> ResponseReturnValue:
    found = cohort_overview(
        db.session(), current_user.identity, context.cohort, editions.course(context.digest),
        now=clock.now(), today=clock.today(),
    )
    log_access(f"cohort:{context.cohort.id}")
    return render_template(
        "coordination/overview.html",
        context=context, overview=found, sectors=MUNICIPAL_SECTORS,
        as_list=request.args.get("vy") == "lista", today=clock.today(),
    )


@bp.get("/team/<int:team_id>")
@guarded(Permission.TEAM_READ, load=load_team)
def team(context: TeamContext) -> ResponseReturnValue:
    return team_response(context)


@bp.post("/team/<int:team_id>")
@guarded(Permission.COHORT_EDIT, load=load_team)
def set_roles(context: TeamContext) -> ResponseReturnValue:
    """Choose holder, deputy and first reader."""
    page = read_team(context)
    form = roles_form(context, page, request.form)
    if not form.validate():
        return team_response(context, page, form), 422
    try:
        set_team_roles(
            db.session(), context.team, holder_id=form.holder.data, deputy_id=form.deputy.data,
            first_reader_id=form.first_reader.data, version=form.version.data,
            second_reader_id=form.second_reader.data,
            actor_id=current_user.identity.user_id, now=clock.now(),
        )
    except Stale as stale:
        form.show_newer(stale)
        return team_response(context, page, form), 409
    except Refused as refused:
        form.second_reader.errors = [reasons.sentence(refused)]
        return team_response(context, page, form), 409
    flash(_("Sparat."))
    return redirect(url_for(".team", team_id=context.team.id), 303)


@bp.get("/team/<int:team_id>/uppgift/<assignment_id>")
@guarded(Permission.APPROVED_WORK_READ, load=load_approved)
def approved(context: ApprovedWork) -> ResponseReturnValue:
    """A team's approved joint work, in the wording that was answered."""
    round_ = context.round
    assignment, original = wording_of(round_.edition_digest, context.submission.assignment_id)
    log_access(f"approved work {round_.reference}")
    return render_template(
        "coordination/approved.html", context=context, assignment=assignment,
        sections=read_sections(assignment, original, round_.answers),
    )


@bp.get("/deltagare/<int:enrollment_id>")
@guarded(Permission.PARTICIPANT_READ, load=load_participant)
def participant(context: ParticipantContext) -> ResponseReturnValue:
    """The same rows as the participant sees. Opening the page is logged."""
    rows = participant_rows(
        db.session(), context.enrollment.id, editions.course(context.digest), clock.today()
    )
    log_access("participant", subject_id=context.user.id)
    return render_template(
        "coordination/participant.html", context=context, rows=rows,
        found=excused(db.session(), enrollment_id=context.enrollment.id),
        titles=editions.course(context.digest).titles,
    )


def read_team(context: TeamContext) -> TeamPage:
    return team_page(
        db.session(), current_user.identity, context, editions.course(context.digest),
        now=clock.now(), today=clock.today(),
    )


def team_response(
    context: TeamContext, page: TeamPage | None = None, form: TeamRolesForm | None = None
) -> str:
    page = page or read_team(context)
    log_access(f"team:{context.team.id}")
    return render_template(
        "coordination/team.html", context=context, page=page,
        found=excused(db.session(), team_id=context.team.id),
        titles=editions.course(context.digest).titles,
        form=form or roles_form(context, page),
    )
