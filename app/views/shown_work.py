"""Letting the other teams read approved work, and reading what teams show side by side."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, editions
from app.guard import guarded
from app.http.access import log_access
from app.pages.answers import read_sections, wording_of
from app.views.assignments import JOINT, OWN, load
from app.views.own_parts import page_of_work
from app.views.teams import bp
from courses.errors import NotFound
from courses.identity import Identity
from courses.permissions import Permission
from courses.queries.shown_work import Picture, ShownWork, chosen, pictures, shown_work
from courses.queries.team_facts import team_facts
from courses.queries.work_context import WorkContext
from courses.services.team_word import show_to_cohort, take_from_view


def load_pictures(
    session: Any, _identity: Identity, cohort_id: int, assignment_slug: str
) -> ShownWork:
    return shown_work(session, cohort_id, assignment_slug, editions.course)


@bp.get(f"{OWN}/visa-for-teamen")
@bp.get(f"{JOINT}/visa-for-teamen")
@guarded(Permission.WORK_SHOW, load=load)
def showing(context: WorkContext) -> ResponseReturnValue:
    """What it means to let the other teams read, before it is done."""
    _must_be_approved(context)
    facts = team_facts(db.session(), context.owner)[context.assignment.id]
    return render_template(
        "teams/showing.html", context=context, shown_at=facts.shown_to_cohort_at
    )


@bp.post(f"{OWN}/visa-for-teamen")
@bp.post(f"{JOINT}/visa-for-teamen")
@guarded(Permission.WORK_SHOW, load=load)
def show_others(context: WorkContext) -> ResponseReturnValue:
    _must_be_approved(context)
    session, by, now = db.session(), current_user.identity.user_id, clock.now()
    if request.form.get("do") == "hide":
        take_from_view(session, context.submission, by=by, now=now)
        flash(_("De andra teamen kan inte läsa arbetet längre."))
        return redirect(page_of_work(context), 303)
    show_to_cohort(session, context.submission, by=by, now=now)
    flash(_("De andra teamen kan läsa arbetet nu."))
    return redirect(
        url_for(
            ".compare", cohort_id=context.cohort.id, assignment_slug=context.assignment.slug
        ),
        303,
    )


@bp.get("/lagesbilder/<int:cohort_id>/<assignment_slug>")
@guarded(Permission.SHOWN_WORK_READ, load=load_pictures)
def compare(context: ShownWork) -> ResponseReturnValue:
    """What the teams show each other, side by side under each heading."""
    found = pictures(db.session(), context)
    picked = chosen(found, request.args.getlist("team"))
    if picked:
        log_access(f"shown work {context.assignment.id} of cohort {context.cohort.id}")
    return render_template(
        "teams/compare.html", context=context, found=found, picked=picked,
        columns={one.key: _by_section(one, context) for one in picked},
    )


def _by_section(one: Picture, context: ShownWork) -> dict[str, Any]:
    """What a team wrote, section by section, in the reader's language."""
    assignment, original = wording_of(one.round.edition_digest, context.assignment.id)
    return {
        each.section.id: each
        for each in read_sections(assignment, original, one.round.answers)
    }


def _must_be_approved(context: WorkContext) -> None:
    if context.state != "approved" or not context.assignment.is_joint:
        raise NotFound
