"""Assignments that nobody assesses: one marks them as done oneself, and may take that back."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app import clock, db
from app.guard import guarded
from app.views.assignments import OWN, bp, load
from courses.permissions import Permission
from courses.queries.work_context import WorkContext
from courses.services.learning import finish_assignment, reopen_assignment


@bp.post(f"{OWN}/klar")
@guarded(Permission.PROGRESS_WRITE, load=load)
def finish(context: WorkContext) -> ResponseReturnValue:
    finish_assignment(
        db.session(), enrollment=context.enrollment, course=context.course,
        assignment=context.assignment, now=clock.now(), today=context.today,
    )
    return redirect(url_for(".show", _anchor="klar", **context.address), 303)


@bp.post(f"{OWN}/angra")
@guarded(Permission.PROGRESS_WRITE, load=load)
def reopen(context: WorkContext) -> ResponseReturnValue:
    reopen_assignment(
        db.session(), enrollment=context.enrollment, course=context.course,
        assignment=context.assignment, now=clock.now(),
    )
    return redirect(url_for(".show", _anchor="klar", **context.address), 303)
