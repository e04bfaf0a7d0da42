"""The people of a cohort: added, invited, moved, paused; trainers and coordinators."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app import clock, db, editions, reasons
from app.forms.people import (
    ChangeParticipantForm,
    CoordinatorForm,
    ParticipantForm,
    PersonForm,
)
from app.guard import guarded
from app.http.access import log_access
from app.pages.coordinating import load_cohort, load_participant
from app.views.cohorts import acting
from courses.errors import Refused, Stale
from courses.permissions import Permission
from courses.queries.accounts import roles_of
from courses.queries.coordination import (
    CohortContext,
    ParticipantContext,
)
from courses.queries.people import participants_of
from courses.queries.setup import (
    further_team_of,
    organizations,
    places_in,
    worker_in,
    workers_of,
)
from courses.rules.inviting import could_have_given
from courses.services.invitations import invite
from courses.services.inviting import invite_waiting
from courses.services.people import add_participant, change_participant, end_role, give_role
from courses.services.protection import end_protection, protect
from courses.vocabulary import EnrollmentState, Role, Sector

bp = Blueprint("cohort_people", __name__, url_prefix="/samordna")


@bp.get("/<int:cohort_id>/personer")
@guarded(Permission.COHORT_EDIT, load=load_cohort)
def show(context: CohortContext) -> ResponseReturnValue:
    session, cohort_id, now = db.session(), context.cohort.id, clock.now()
    log_access(f"cohort:{cohort_id}:people")
    return render_template(
        "cohorts/people.html", context=context,
        people=participants_of(session, cohort_id, now),
        workers=workers_of(session, cohort_id, now),
    )


@bp.route("/<int:cohort_id>/personer/deltagare", methods=["GET", "POST"])
@guarded(Permission.COHORT_EDIT, load=load_cohort)
def add(context: CohortContext) -> ResponseReturnValue:
    form = ParticipantForm(request.form if request.method == "POST" else None)
    form.offer(places_in(db.session(), context.cohort.id))
    if request.method == "GET":
        return render_template("cohorts/add_participant.html", context=context, form=form)
    if form.validate():
        try:
            add_participant(
                db.session(), context.cohort, editions.course(context.digest),
                name=form.name.data, email=form.email.data, today=clock.today(),
                **_place(form), **acting(),
            )
        except Refused:
            form.email.errors = [_("Personen är redan med i utbildningsomgången.")]
        else:
            flash(_("%(name)s är tillagd.", name=form.name.data))
            return redirect(url_for(".show", cohort_id=context.cohort.id), 303)
    return render_template("cohorts/add_participant.html", context=context, form=form), 422


@bp.route("/<int:cohort_id>/personer/utbildare", methods=["GET", "POST"])
@guarded(Permission.COHORT_EDIT, load=load_cohort)
def add_trainer(context: CohortContext) -> ResponseReturnValue:
    form = PersonForm(request.form if request.method == "POST" else None)
    return _add_worker(context, Role.TRAINER, form, None)


@bp.route("/<int:cohort_id>/personer/samordnare", methods=["GET", "POST"])
@guarded(Permission.COHORT_EDIT, load=load_cohort)
def add_coordinator(context: CohortContext) -> ResponseReturnValue:
    form = CoordinatorForm(request.form if request.method == "POST" else None)
    form.offer(organizations(db.session()))
    return _add_worker(context, Role.COORDINATOR, form, form.organization.data)


@bp.post("/<int:cohort_id>/personer/bjud-in")
@guarded(Permission.COHORT_EDIT, load=load_cohort)
def invite_all(context: CohortContext) -> ResponseReturnValue:
    """Invite everybody who has neither an account nor a link that works."""
    count = invite_waiting(
        db.session(), context.cohort.id, by=current_user.identity.user_id, now=clock.now()
    )
    flash(ngettext("%(num)s inbjudan skickas.", "%(num)s inbjudningar skickas.", count))
    return redirect(url_for(".show", cohort_id=context.cohort.id), 303)


@bp.post("/<int:cohort_id>/personer/uppdrag/<int:role_id>/bjud-in")
@guarded(Permission.COHORT_EDIT, load=load_cohort)
def invite_worker(context: CohortContext) -> ResponseReturnValue:
    assignment, user = worker_in(db.session(), context.cohort.id, _role_id())
    if assignment.ended_at is None:
        invite_and_tell(user)
    return redirect(url_for(".show", cohort_id=context.cohort.id), 303)


@bp.post("/<int:cohort_id>/personer/uppdrag/<int:role_id>/avsluta")
@guarded(Permission.COHORT_EDIT, load=load_cohort)
def end_assignment(context: CohortContext) -> ResponseReturnValue:
    assignment, user = worker_in(db.session(), context.cohort.id, _role_id())
    end_role(db.session(), assignment, **acting())
    flash(_("Uppdraget för %(name)s är avslutat.", name=user.name))
    return redirect(url_for(".show", cohort_id=context.cohort.id), 303)


@bp.post("/deltagare/<int:enrollment_id>/inbjudan")
@guarded(Permission.INVITATION_CREATE, load=load_participant)
def invite_one(context: ParticipantContext) -> ResponseReturnValue:
    """Send the invitation, again if need be; show the link once, for when mail is down."""
    invite_and_tell(context.user)
    return redirect(
        url_for("coordination.participant", enrollment_id=context.enrollment.id), 303
    )


@bp.route("/deltagare/<int:enrollment_id>/andra", methods=["GET", "POST"])
@guarded(Permission.COHORT_EDIT, load=load_participant)
def edit(context: ParticipantContext) -> ResponseReturnValue:
    session, enrollment = db.session(), context.enrollment
    form = ChangeParticipantForm(
        request.form if request.method == "POST" else None,
        email=context.user.email, organization=enrollment.organization_id,
        sector=enrollment.sector.value, home_team=enrollment.home_team_id,
        further_team=further_team_of(session, enrollment), state=enrollment.state.value,
        version=enrollment.version, is_protected=context.user.alias is not None,
    )
    form.offer(places_in(session, context.cohort.id))
    if not _may_correct_address(context.user):
        del form.email
    if request.method == "GET":
        log_access("participant:edit", subject_id=context.user.id)
        return render_template("cohorts/edit_participant.html", context=context, form=form)
    if not form.validate():
        return render_template("cohorts/edit_participant.html", context=context, form=form), 422
    try:
        change_participant(
            session, enrollment, context.user, editions.course(context.digest),
            email=form.email.data if form.email else context.user.email or "",
            state=EnrollmentState(form.state.data), version=form.version.data,
            today=clock.today(), **_place(form), **acting(),
        )
        if form.is_protected.data:
            protect(session, context.user, organization_id=form.organization.data, **acting())
        else:
            end_protection(session, context.user, **acting())
    except Stale as stale:
        form.show_newer(stale)
        return render_template("cohorts/edit_participant.html", context=context, form=form), 409
    except Refused as refused:
        form.email.errors = [reasons.sentence(refused)]
        return render_template("cohorts/edit_participant.html", context=context, form=form), 422
    flash(_("Sparat."))
    return redirect(url_for("coordination.participant", enrollment_id=enrollment.id), 303)


def _may_correct_address(user: Any) -> bool:
    """An account is its owner's, a protected address nobody's to read, and whoever moves an
    invitation to more than they could give would have it themselves."""
    return (
        user.activated_at is None
        and user.alias is None
        and could_have_given(current_user.identity, roles_of(db.session(), user.id))
    )


def invite_and_tell(user: Any) -> None:
    """Invite, and show the link once: it can be handed over when mail does not arrive.

    Not when the account will hold more than its inviter could have given: whoever has the
    link first has the account. Nor when the person is protected: the link shows the name."""
    identity = current_user.identity
    token = invite(db.session(), user, identity.user_id, clock.now())
    if user.alias or not could_have_given(identity, roles_of(db.session(), user.id)):
        flash(_("Inbjudan skickas till %(name)s.", name=user.name))
        return
    link = current_app.config["STEGVIS"].base_url + url_for("invitations.show", token=token)
    flash(
        _(
            "Inbjudan skickas till %(name)s. Kommer mejlet inte fram kan du själv lämna över "
            "länken. Den visas bara nu: %(link)s",
            name=user.name, link=link,
        )
    )


def _add_worker(
    context: CohortContext, role: Role, form: PersonForm, organization_id: int | None
) -> ResponseReturnValue:
    if request.method == "GET":
        return _worker_page(context, role, form)
    if not form.validate():
        return _worker_page(context, role, form), 422
    give_role(
        db.session(), context.cohort, role, name=form.name.data, email=form.email.data,
        organization_id=organization_id, **acting(),
    )
    flash(_("%(name)s är tillagd.", name=form.name.data))
    return redirect(url_for(".show", cohort_id=context.cohort.id), 303)


def _worker_page(context: CohortContext, role: Role, form: PersonForm) -> str:
    return render_template("cohorts/add_worker.html", context=context, role=role, form=form)


def _place(form: Any) -> dict[str, Any]:
    return {
        "organization_id": form.organization.data, "sector": Sector(form.sector.data),
        "home_team_id": form.home_team.data, "further_team_id": form.further_team.data,
    }


def _role_id() -> int:
    return int((request.view_args or {})["role_id"])
