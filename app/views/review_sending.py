"""Trainers: the check, the answer, its correction, and what to do when somebody was first."""

from types import SimpleNamespace
from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, editions, reasons
from app.forms.reviews import ReviewForm, review_form
from app.guard import guarded
from app.pages.reviewing import assignment_of, rests_of, sections_of, two_of_round
from app.pages.second_reading import names_of_both
from app.views.review_queue import take_next, to_next
from app.views.reviews import bp, filters, me, page_of, posted, to
from courses.errors import Reason, Refused, Stale
from courses.permissions import Permission
from courses.queries.reviews import ReviewContext, Round, load_review, load_round
from courses.rules.reviews import Answer, problems
from courses.services.reviews import correct_review, levels_of, send_review

OUTRUN = (Reason.REVIEW_DONE, Reason.NEW_ROUND)
"""What was written can no longer be sent; it is kept."""


@bp.get("/<int:submission_id>/kontrollera")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def check(context: ReviewContext) -> ResponseReturnValue:
    """Exactly what the participant will read."""
    page = page_of(context)
    draft = page.current.mine if page.current and context.is_open else None
    if page.current is None or draft is None:
        return to("show", context)
    answer = Answer.from_content(draft.content)
    assignment = assignment_of(context, page.current)
    if problems(
        answer, levels_of(assignment), today=clock.today(), breaks=rests_of(context)
    ):
        return to("show", context)
    unsent = SimpleNamespace(
        **vars(answer), created_at=clock.now(), corrects_id=None, reason=None
    )
    return render_template(
        "reviews/check.html", context=context, round=page.current.round, assignment=assignment,
        one=SimpleNamespace(
            review=unsent, reviewer=current_user.identity.name,
            readers=names_of_both(context, two_of_round(context, page.current)),
        ),
        sections=sections_of(context, page.current), version=draft.version, filters=filters(),
    )


@bp.post("/<int:submission_id>/skicka")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def send(context: ReviewContext) -> ResponseReturnValue:
    _now, round_ = posted(context)
    number = round_.round.number
    try:
        send_review(
            db.session(), context.submission, number=number,
            version=request.form.get("v", 0, type=int), actor_id=me(),
            course=editions.course(context.edition_digest),
            assignment=assignment_of(context, round_),
            now=clock.now(), today=clock.today(),
        )
    except Stale:
        flash(_("Utkastet har ändrats sedan du kontrollerade det. Läs igenom det igen."))
        return to("check", context)
    except Refused as refused:
        if refused.reason in OUTRUN:
            return to("conflict", context, number=number)
        flash(reasons.sentence(refused))
        return to("show", context)
    if request.form.get("then") == "next" and (following := take_next(filters())):
        flash(_("Återkopplingen till %(name)s är skickad.", name=context.name))
        return to_next(following, filters())
    return to("done", context)


@bp.get("/<int:submission_id>/klart")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def done(context: ReviewContext) -> ResponseReturnValue:
    page = page_of(context)
    if page.current is None or page.current.latest is None:
        return to("show", context)
    latest = page.current.latest.review
    said = Answer(
        levels=latest.levels, comments=latest.comments, overall=latest.overall,
        outcome=latest.outcome, due_on=latest.due_on,
    )
    form = review_form(
        assignment_of(context, page.current), answer=said, version=latest.id, corrects=True
    )
    return _done(context, page.current, form)


@bp.post("/<int:submission_id>/klart")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def correct(context: ReviewContext) -> ResponseReturnValue:
    _page, round_ = posted(context)
    if round_.latest is None:
        return to("show", context)
    form = review_form(assignment_of(context, round_), request.form, corrects=True)
    if not form.validate():
        return _done(context, round_, form), 422
    try:
        correct_review(
            db.session(), context.submission, corrects_id=form["v"].data or 0,
            answer=form.answer(), reason=form["reason"].data, actor_id=me(),
            course=editions.course(context.edition_digest),
            assignment=form.assignment, now=clock.now(), today=clock.today(),
        )
    except Stale as stale:
        form["v"].data = stale.version
        return _done(context, round_, form, theirs=stale.theirs, by=stale.by), 409
    except Refused as refused:
        form["outcome"].errors = [reasons.sentence(refused)]
        return _done(context, round_, form), 422
    flash(_("Rättelsen är skickad."))
    return to("done", context)


@bp.get("/<int:submission_id>/krock/<int:number>")
@guarded(Permission.REVIEW_WRITE, load=load_round)
def conflict(context: ReviewContext) -> ResponseReturnValue:
    """Somebody was first, or the text is gone: both texts, and where to go from here."""
    page = page_of(context)
    round_ = page.rounds.get(int((request.view_args or {})["number"]))
    if round_ is None or round_.mine is None:
        return to("done" if round_ and round_.said else "show", context)
    if round_ is page.current and context.is_open and not round_.said:
        return to("show", context)
    return render_template(
        "reviews/conflict.html", context=context, page=page, round=round_,
        mine=Answer.from_content(round_.mine.content),
        assignment=assignment_of(context, round_),
    ), 409


def _done(context: ReviewContext, round_: Round, form: ReviewForm, **values: Any) -> str:
    return render_template(
        "reviews/done.html", context=context, current=round_, form=form,
        assignment=form.assignment, filters=filters(), **({"theirs": None, "by": None} | values),
    )
