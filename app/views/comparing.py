"""A version of one's own beside the one before it."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.guard import guarded
from app.pages.answers import read_sections, wording_of
from app.pages.second_round import changes_between
from app.views.assignments import JOINT, OWN, bp, load
from courses.errors import NotFound
from courses.permissions import Permission
from courses.queries.assignment_pages import rounds_of
from courses.queries.work_context import WorkContext


@bp.get(f"{OWN}/versioner/<int:number>/jamfor")
@bp.get(f"{JOINT}/versioner/<int:number>/jamfor")
@guarded(Permission.SUBMISSION_READ, load=load)
def compare(context: WorkContext) -> ResponseReturnValue:
    number = (request.view_args or {})["number"]
    rounds = rounds_of(db.session(), context, with_answers=True)
    found = {
        one.round.number: one.round
        for one in rounds
        if not (one.round.presented_on or one.stop)
    }
    one, before = found.get(number), found.get(number - 1)
    if one is None:
        raise NotFound
    if before is None:  # there is nothing to compare it with
        return redirect(url_for(".version", number=number, **context.address), 303)
    assignment_id = context.assignment.id
    return render_template(
        "assignments/compare.html", context=context, one=one, before=before,
        changes=changes_between(before, one, assignment_id),
        sections=read_sections(*wording_of(one.edition_digest, assignment_id), one.answers),
    )
