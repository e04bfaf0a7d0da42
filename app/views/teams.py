"""The team's page, as its members see it."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock, db, editions
from app.guard import guarded
from courses.errors import NotFound
from courses.identity import Identity
from courses.permissions import Own, Permission
from courses.queries.handovers import handovers_in
from courses.queries.team_pages import TeamPlace, is_regional, team_overview, team_place

bp = Blueprint("teams", __name__)


def load_team(session: Any, identity: Identity, team_id: int) -> TeamPlace:
    """The team that a page of its members is about."""
    return team_place(session, identity, team_id, clock.today())


@bp.get("/mitt-team")
@guarded(Permission.HOME_READ)
def mine(_context: Own) -> ResponseReturnValue:
    """The home team; how joint work is done alone, for somebody who has no team."""
    place = current_user.identity.place
    if place is None:
        raise NotFound
    team_id = place.home_team_id or min(place.team_ids, default=None)
    if team_id is not None:
        return redirect(url_for(".show", team_id=team_id), 303)
    return _page(team_place(db.session(), current_user.identity, None, clock.today()))


@bp.get("/team/<int:team_id>")
@guarded(Permission.WORK_READ, load=load_team)
def show(context: TeamPlace) -> ResponseReturnValue:
    return _page(context)


def _page(context: TeamPlace) -> str:
    course = editions.course(context.digest)
    found = team_overview(
        db.session(), current_user.identity, context, course, now=clock.now()
    )
    return render_template(
        "teams/show.html" if context.team else "teams/alone.html",
        context=context, found=found, course=course, is_regional=is_regional(context),
        handovers=handovers_in(
            db.session(), [context.team.id], places={context.enrollment.id}
        ) if context.team else [],
    )
