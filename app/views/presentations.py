"""Trainers: an assignment that was presented orally is put down with its day and its answer."""

from collections.abc import Iterable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, editions, reasons
from app.forms.reviews import ReviewForm, review_form
from app.guard import guarded
from app.http.access import log_access
from app.views.review_queue import trained
from app.views.reviews import bp, me
from courses.catalog import Assignment, Course
from courses.errors import NotFound, Refused
from courses.permissions import Permission
from courses.queries.presentations import (
    PresentationContext,
    load_presentation,
    who_may_present,
)
from courses.queries.review_queue import OwnQueue, load_queue
from courses.rules.calendar import week_days
from courses.rules.reviews import problems
from courses.services.presentations import register_presentation
from courses.services.reviews import levels_of


@bp.get("/muntligt")
@guarded(Permission.QUEUE_READ, load=load_queue)
def present_orally(_context: OwnQueue) -> ResponseReturnValue:
    """Choose a participant and an assignment; both chosen, on to the form."""
    people = who_may_present(db.session(), current_user.identity)
    cohorts, courses = trained()
    chosen = {name: request.args.get(name, "") for name in ("deltagare", "uppgift")}
    possible = _possible(courses.values())
    person = next((p for p in people if str(p.enrollment_id) == chosen["deltagare"]), None)
    if person and chosen["uppgift"] in {one.id for one in _possible([courses[person.cohort_id]])}:
        return redirect(
            url_for(
                ".presentation", enrollment_id=person.enrollment_id,
                assignment_id=chosen["uppgift"],
            ),
            303,
        )
    errors = {}
    asked = bool(chosen.keys() & request.args.keys())
    if asked and not person:
        errors["deltagare"] = _("Välj en deltagare")
    if asked and (not chosen["uppgift"] or person):
        errors["uppgift"] = _("Välj en uppgift som deltagarens omgång har")
    answer = render_template(
        "registering/present.html", people=people, cohorts=cohorts, assignments=possible,
        chosen=chosen, errors=errors,
    )
    return (answer, 422) if errors else answer


@bp.get("/muntligt/<int:enrollment_id>/<assignment_id>")
@guarded(Permission.REVIEW_WRITE, load=load_presentation)
def presentation(context: PresentationContext) -> ResponseReturnValue:
    return _show(context, _form(context, None))


@bp.post("/muntligt/<int:enrollment_id>/<assignment_id>")
@guarded(Permission.REVIEW_WRITE, load=load_presentation)
def register_oral(context: PresentationContext) -> ResponseReturnValue:
    form = _form(context, request.form)
    is_sound = form.validate()
    answer, course = form.answer(), _course(context)
    found = problems(
        answer, levels_of(form.assignment), today=clock.today(),
        breaks=week_days(context.cohort.starts_on, course.break_weeks),
    )
    # a field that cannot be read says that alone, but what else is wrong is said at once
    form.show([one for one in found if not form.errors_at(one)])
    if found or not is_sound:
        return _show(context, form), 422
    try:
        submission = register_presentation(
            db.session(), context.enrollment, presented_on=form["presented_on"].data,
            answer=answer, course=course, assignment=form.assignment, actor_id=me(),
            now=clock.now(), today=clock.today(),
        )
    except Refused as refused:
        form["presented_on"].errors = [reasons.sentence(refused)]
        return _show(context, form), 409
    flash(_("Redovisningen är registrerad. %(name)s får besked.", name=context.user.name))
    return redirect(url_for(".show", submission_id=submission.id), 303)


def _form(context: PresentationContext, data: Any) -> ReviewForm:
    item = _course(context).items.get(context.assignment_id)
    if not isinstance(item, Assignment) or item not in _possible([_course(context)]):
        raise NotFound
    return review_form(item, data, presented=True)


def _course(context: PresentationContext) -> Course:
    return editions.course(context.digest)


def _possible(courses: Iterable[Course]) -> list[Assignment]:
    """Return the assignments that can be presented orally, each once."""
    found = {
        one.id: one
        for course in courses
        for one in course.assignments
        if one.is_handed_in and not one.is_joint
    }
    return list(found.values())


def _show(context: PresentationContext, form: ReviewForm) -> str:
    log_access("oral presentation", subject_id=context.user.id)
    return render_template(
        "registering/presentation.html", context=context, form=form, assignment=form.assignment,
    )
