"""One's own line about what one did for joint work."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock, db
from app.forms.team import OwnLineForm
from app.guard import guarded
from app.views.assignments import JOINT, OWN, load
from app.views.teams import bp
from courses.identity import Identity
from courses.permissions import Permission
from courses.queries.own_parts import OwnPart, own_part
from courses.queries.work_context import WorkContext
from courses.services.team_word import write_own_line


def load_part(session: Any, identity: Identity, **url: Any) -> OwnPart:
    """A joint assignment and the round that the reader had a part in."""
    return own_part(session, load(session, identity, **url))


@bp.get(f"{OWN}/min-rad")
@bp.get(f"{JOINT}/min-rad")
@guarded(Permission.OWN_LINE_WRITE, load=load_part)
def own_line(context: OwnPart) -> ResponseReturnValue:
    if context.round is None:
        return redirect(page_of_work(context.work), 303)
    return _line_page(context, OwnLineForm())


@bp.post(f"{OWN}/min-rad")
@bp.post(f"{JOINT}/min-rad")
@guarded(Permission.OWN_LINE_WRITE, load=load_part)
def write_line(context: OwnPart) -> ResponseReturnValue:
    """Write what one did: it counts as one's own part, and stays as it is."""
    work = context.work
    if context.round is None or work.submission is None:
        return redirect(page_of_work(work), 303)
    form = OwnLineForm(request.form, known=work.course.function_numbers)
    if not form.validate():
        return _line_page(context, form), 422
    write_own_line(
        db.session(), round_=context.round, submission=work.submission,
        enrollment=work.enrollment, course=work.course, line=form.line.data,
        has_checked=form.checked.data, now=clock.now(),
    )
    flash(_("Din rad är sparad, och ditt bidrag är räknat."))
    return redirect(page_of_work(work), 303)


def page_of_work(context: WorkContext) -> str:
    """Return the page of the assignment; the rounds, for who has left the team."""
    page = "assignments.versions" if context.is_former else "assignments.show"
    return url_for(page, **context.address)


def _line_page(context: OwnPart, form: OwnLineForm) -> str:
    return render_template("teams/own_line.html", context=context.work, part=context, form=form)
