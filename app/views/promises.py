"""Trainers: the day by which an answer is promised moves to another, and why."""

from datetime import date

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock, db, editions, i18n, reasons
from app.forms.promises import PromiseForm
from app.guard import guarded
from app.views.reviews import bp, me, to
from courses.errors import Reason, Refused, Stale
from courses.permissions import Permission
from courses.queries.masks import mask_over_work
from courses.queries.promises import moved_promises
from courses.queries.reviews import ReviewContext, load_review
from courses.rules.calendar import DayRange, week_days
from courses.rules.promises import new_promise
from courses.services.promises import move_promise

AT_THE_REASON = (Reason.PROMISE_WITHOUT_REASON,)


@bp.get("/<int:submission_id>/svarsdag")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def promise(context: ReviewContext) -> ResponseReturnValue:
    if not context.is_open:
        return to("show", context)
    promised_on = context.submission.promised_on
    form = PromiseForm(
        to=new_promise(clock.today(), without=_breaks(context)),
        seen=promised_on.isoformat() if promised_on else "",
    )
    return _page(context, form)


@bp.post("/<int:submission_id>/svarsdag")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def change_promise(context: ReviewContext) -> ResponseReturnValue:
    form = PromiseForm(request.form)
    if not form.validate():
        return _page(context, form), 422
    try:
        move_promise(
            db.session(), context.submission, seen=_day(form.seen.data), to=form.to.data,
            reason=form.reason.data, actor_id=me(), now=clock.now(), today=clock.today(),
            without=_breaks(context),
        )
    except Stale:
        promised_on = context.submission.promised_on
        form.seen.data = promised_on.isoformat() if promised_on else ""
        form.to.errors = [_("Någon annan flyttade dagen nyss. Se vad som gäller nu.")]
        return _page(context, form), 409
    except Refused as refused:
        if refused.reason not in (
            Reason.PROMISE_NOT_LATER, Reason.PROMISE_ON_A_DAY_OFF, Reason.PROMISE_WITHOUT_REASON
        ):
            raise
        field = form.reason if refused.reason in AT_THE_REASON else form.to
        field.errors = [reasons.sentence(refused)]
        return _page(context, form), 422
    flash(_("Svaret är nu utlovat senast %(date)s.", date=i18n.day(form.to.data)))
    return to("show", context)


def _page(context: ReviewContext, form: PromiseForm) -> str:
    mask = mask_over_work(db.session(), context.submission.id)
    return render_template(
        "reviews/promise.html", context=context, form=form,
        moved=moved_promises(db.session(), context.submission, mask), title=title_of(context),
    )


def title_of(context: ReviewContext) -> str:
    """Return what the assignment is called now."""
    item = editions.course(context.edition_digest).items.get(context.submission.assignment_id)
    return item.title if item else context.submission.assignment_id


def _breaks(context: ReviewContext) -> list[DayRange]:
    course = editions.course(context.edition_digest)
    return week_days(context.cohort.starts_on, course.break_weeks)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
