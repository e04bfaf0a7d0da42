"""Who writes what in a team's assignment, and who holds the pen."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db
from app.forms.joint import WritersForm
from app.guard import guarded
from app.views.assignments import JOINT
from app.views.joint import bp, load_joint, work_of
from courses.permissions import Permission
from courses.queries.joint_pages import together
from courses.queries.work_context import WorkContext
from courses.services.joint_sections import assign_sections
from courses.services.pens import take_pen


@bp.get(f"{JOINT}/vem-skriver")
@guarded(Permission.SECTION_ASSIGN, load=load_joint)
def writers(context: WorkContext) -> ResponseReturnValue:
    found = together(db.session(), context, current_user.identity, now=clock.now())
    form = WritersForm(found.sections, found.members)
    return render_template("joint/writers.html", context=context, form=form)


@bp.post(f"{JOINT}/vem-skriver")
@guarded(Permission.SECTION_ASSIGN, load=load_joint)
def set_writers(context: WorkContext) -> ResponseReturnValue:
    found = together(db.session(), context, current_user.identity, now=clock.now())
    form = WritersForm(found.sections, found.members, request.form)
    if not form.validate():
        return render_template("joint/writers.html", context=context, form=form), 422
    assign_sections(db.session(), work_of(context), form.wanted)
    flash(_("Det är sparat vem som skriver vad."))
    return redirect(url_for("assignments.show", **context.address), 303)


@bp.post(f"{JOINT}/penna")
@guarded(Permission.PEN_TAKE, load=load_joint)
def pen(context: WorkContext) -> ResponseReturnValue:
    take_pen(db.session(), work_of(context))
    flash(_("Du är nu skrivansvarig i %(team)s.", team=context.team.name))
    return redirect(url_for("assignments.show", **context.address), 303)
