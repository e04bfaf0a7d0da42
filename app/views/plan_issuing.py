"""Issuing a team's plan: what is checked first, and the files that come of it."""

import unicodedata
from urllib.parse import quote

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import Headers

from app import clock, db
from app.forms.plans import IssueForm
from app.guard import guarded
from app.http.access import log_access
from app.pages.plan_documents import UnprintableText, fields_of, files_of, mark_of, unprintable
from app.views.plans import bp, load
from courses.documents.uploads import DOCX
from courses.permissions import Permission, permits
from courses.queries.plan_assembly import assembly
from courses.queries.plans import PlanContext, issued_plan, issued_plans
from courses.rules.plans import lacking
from courses.services.plans import issue_plan


@bp.get("/ge-ut")
@guarded(Permission.SUBMISSION_CREATE, load=load)
def check(context: PlanContext) -> ResponseReturnValue:
    """What the plan will say, what it lacks, and what may point out somebody in it."""
    return _page(context)


@bp.post("/ge-ut")
@guarded(Permission.SUBMISSION_CREATE, load=load)
def issue(context: PlanContext) -> ResponseReturnValue:
    found = assembly(db.session(), context)
    issued = issued_plans(db.session(), context.team.id, context.places)
    form = IssueForm(found, known=context.course.function_numbers, posted=request.form)
    if form.problems:
        return _page(context, form), 422
    fields = fields_of(context, found, issued, form.language)
    if mark_of(fields_of(context, found, issued, "sv")) != request.form.get("mark"):
        return _page(context, is_stale=True), 409
    try:
        pdf, docx = files_of(fields)
    except UnprintableText as error:
        return _page(context, form, more=unprintable(error, fields)), 422
    plan = issue_plan(
        db.session(), team=context.team, fields=fields, pdf=pdf, docx=docx,
        edition_digest=context.course.digest, by=current_user.identity.user_id, now=clock.now(),
    )
    flash(_("Upplaga %(number)s är utfärdad.", number=plan.number))
    return redirect(url_for(".show", team_id=context.team.id, _anchor="upplagor"), 303)


@bp.get("/upplaga/<int:number>/plan.pdf")
@guarded(Permission.PLAN_READ, load=load)
def pdf(context: PlanContext) -> ResponseReturnValue:
    """The stored bytes, as they are."""
    return _file(context, "pdf", "application/pdf")


@bp.get("/upplaga/<int:number>/plan.docx")
@guarded(Permission.PLAN_READ, load=load)
def docx(context: PlanContext) -> ResponseReturnValue:
    """The stored bytes, as they are."""
    return _file(context, "docx", DOCX)


def _file(context: PlanContext, kind: str, media_type: str) -> Response:
    is_theirs = permits(current_user.identity, context, Permission.WORK_READ)
    plan = issued_plan(
        db.session(), context.team.id, (request.view_args or {})["number"],
        places=context.places,
    )
    if not is_theirs:
        log_access(f"plan {plan.number} of team:{context.team.id}")
    name = f"{plan.fields['title']}, {context.team.name}, {plan.number}.{kind}"
    # the plain name is for what does not read the other one (RFC 6266)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    headers = Headers()
    headers.set(
        "Content-Disposition", "attachment", filename=plain,
        **{"filename*": f"UTF-8''{quote(name, safe='')}"},
    )
    return Response(getattr(plan, kind), mimetype=media_type, headers=headers)


def _page(
    context: PlanContext,
    form: IssueForm | None = None,
    *,
    more: list[tuple[str, str]] | None = None,
    is_stale: bool = False,
) -> str:
    found = assembly(db.session(), context)
    issued = issued_plans(db.session(), context.team.id, context.places)
    form = form or IssueForm(found, known=context.course.function_numbers)
    law = context.template.law
    return render_template(
        "plans/check.html", context=context, form=form, found=found,
        problems=[*form.problems, *(more or [])], is_stale=is_stale,
        number=issued[0].plan.number + 1 if issued else 1,
        mark=mark_of(fields_of(context, found, issued, "sv")),
        points=[(one, lacking(one.chapters, found.filled)) for one in law.points] if law else [],
        chapter_of={one.chapter.id: one for one in found.chapters},
    )
