"""Trainers: one text that was handed in, read and answered."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, editions, reasons
from app.access import log_access
from app.forms.reviews import ReviewForm, review_form
from app.guard import guarded
from courses.catalog import Assignment
from courses.errors import NotFound, Reason, Refused, Stale
from courses.permissions import Permission
from courses.queries.reviews import ReviewContext, ReviewPage, Round, load_review, review_page
from courses.rules.calendar import week_days, working_days_after
from courses.rules.reviews import WORKING_DAYS_TO_COMPLETE, Answer, problems
from courses.services.claims import take_claim, take_over_claim
from courses.services.reviews import correct_review, save_review_draft, send_review

bp = Blueprint("reviews", __name__, url_prefix="/granska")
OUTRUN = (Reason.REVIEW_DONE, Reason.NEW_ROUND)
"""What was written can no longer be sent; it is kept."""


@bp.get("/<int:submission_id>")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def show(context: ReviewContext) -> ResponseReturnValue:
    page = _page(context)
    form = None
    if page.current and _may_write(context):
        draft = page.current.mine
        form = review_form(
            assignment_of(context, page.current),
            answer=Answer.from_content(draft.content) if draft
            else Answer(due_on=_usual_date(context)),
            version=draft.version if draft else 0,
        )
    return _show(context, page, form)


@bp.post("/<int:submission_id>/borja")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def claim(context: ReviewContext) -> ResponseReturnValue:
    take_claim(db.session(), context.submission, actor_id=_me(), now=clock.now())
    return _to("show", context)


@bp.post("/<int:submission_id>/ta-over")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def take_over(context: ReviewContext) -> ResponseReturnValue:
    take_over_claim(db.session(), context.submission, actor_id=_me(), now=clock.now())
    return _to("show", context)


@bp.post("/<int:submission_id>/utkast")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def save(context: ReviewContext) -> ResponseReturnValue:
    """Keep what was typed; go on to the check when that was asked for and all is there."""
    page, round_ = _posted(context)
    form = review_form(assignment_of(context, round_), request.form)
    answer = form.answer()
    is_sound, checks = form.validate(), request.form.get("do") == "check"
    if is_sound and checks:
        found = problems(answer, criteria_of(form.assignment), today=clock.today())
        form.show(found)
        is_sound = not found
    if not is_sound:
        return _show(context, page, form, round_), 422
    try:
        save_review_draft(
            db.session(), context.submission, number=round_.round.number, actor_id=_me(),
            answer=answer, version=form["v"].data or 0, now=clock.now(),
        )
    except Stale as stale:
        form["v"].data = stale.version
        return _show(context, page, form, round_, theirs=stale.theirs), 409
    if not context.is_open or context.submission.round != round_.round.number:
        return _to("conflict", context, number=round_.round.number)
    if not _may_write(context):
        flash(_("Ditt utkast är sparat. Någon annan har tagit över granskningen."))
        return _to("show", context)
    return _to("check" if checks else "show", context)


@bp.get("/<int:submission_id>/kontrollera")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def check(context: ReviewContext) -> ResponseReturnValue:
    """Exactly what the participant will read."""
    page = _page(context)
    draft = page.current.mine if page.current and context.is_open else None
    if page.current is None or draft is None:
        return _to("show", context)
    answer = Answer.from_content(draft.content)
    assignment = assignment_of(context, page.current)
    if problems(answer, criteria_of(assignment), today=clock.today()):
        return _to("show", context)
    return render_template(
        "reviews/check.html", context=context, round=page.current.round, answer=answer,
        assignment=assignment, version=draft.version,
    )


@bp.post("/<int:submission_id>/skicka")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def send(context: ReviewContext) -> ResponseReturnValue:
    _page_now, round_ = _posted(context)
    number = round_.round.number
    try:
        send_review(
            db.session(), context.submission, number=number,
            version=request.form.get("v", 0, type=int), actor_id=_me(),
            course=editions.course(context.edition_digest),
            criteria=criteria_of(assignment_of(context, round_)),
            now=clock.now(), today=clock.today(),
        )
    except Stale:
        flash(_("Utkastet har ändrats sedan du kontrollerade det. Läs igenom det igen."))
        return _to("check", context)
    except Refused as refused:
        if refused.reason in OUTRUN:
            return _to("conflict", context, number=number)
        flash(reasons.sentence(refused))
        return _to("show", context)
    return _to("done", context)


@bp.get("/<int:submission_id>/klart")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def done(context: ReviewContext) -> ResponseReturnValue:
    page = _page(context)
    if page.current is None or page.current.latest is None:
        return _to("show", context)
    latest = page.current.latest.review
    said = Answer(
        levels=latest.levels, comments=latest.comments, overall=latest.overall,
        outcome=latest.outcome, due_on=latest.due_on,
    )
    form = review_form(
        assignment_of(context, page.current), answer=said, version=latest.id, corrects=True
    )
    return _done(context, page, form)


@bp.post("/<int:submission_id>/ratta")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def correct(context: ReviewContext) -> ResponseReturnValue:
    page, round_ = _posted(context)
    form = review_form(assignment_of(context, round_), request.form, corrects=True)
    if not form.validate():
        return _done(context, page, form), 422
    try:
        correct_review(
            db.session(), context.submission, corrects_id=form["v"].data or 0,
            answer=form.answer(), reason=form["reason"].data, actor_id=_me(),
            course=editions.course(context.edition_digest),
            criteria=criteria_of(form.assignment), now=clock.now(), today=clock.today(),
        )
    except Stale as stale:
        form["v"].data = stale.version
        return _done(context, page, form, theirs=stale.theirs, by=stale.by), 409
    except Refused as refused:
        form["outcome"].errors = [reasons.sentence(refused)]
        return _done(context, page, form), 422
    flash(_("Rättelsen är skickad."))
    return _to("done", context)


@bp.get("/<int:submission_id>/krock/<int:number>")
@guarded(Permission.REVIEW_WRITE, load=lambda s, i, submission_id, number: load_review(
    s, i, submission_id))
def conflict(context: ReviewContext) -> ResponseReturnValue:
    """Somebody was first, or the text is gone: both texts, and where to go from here."""
    page = _page(context)
    round_ = page.rounds.get(int((request.view_args or {})["number"]))
    if round_ is None or round_.mine is None:
        return _to("done" if round_ and round_.said else "show", context)
    if round_ is page.current and context.is_open and not round_.said:
        return _to("show", context)
    return render_template(
        "reviews/conflict.html", context=context, page=page, round=round_,
        mine=Answer.from_content(round_.mine.content),
        assignment=assignment_of(context, round_),
    ), 409


def assignment_of(context: ReviewContext, round_: Round) -> Assignment:
    """Return the assignment in the wording that the round answered."""
    return editions.course(round_.round.edition_digest).items[context.submission.assignment_id]


def criteria_of(assignment: Assignment) -> dict[str, tuple[str, ...]]:
    return {c.id: tuple(name for name, _meaning in c.levels) for c in assignment.criteria}


def _me() -> int:
    return current_user.identity.user_id


def _page(context: ReviewContext) -> ReviewPage:
    return review_page(db.session(), context, current_user.identity, now=clock.now())


def _posted(context: ReviewContext) -> tuple[ReviewPage, Round]:
    """Return the page and the round that the form was about."""
    page = _page(context)
    round_ = page.rounds.get(request.form.get("round", 0, type=int))
    if round_ is None:
        raise NotFound
    return page, round_


def _may_write(context: ReviewContext) -> bool:
    """Whether the trainer has the text: also when the half hour is over and nobody took it."""
    reader_id = context.reader_id(clock.now())
    return context.is_open and _me() == (reader_id or context.submission.claimed_by)


def _usual_date(context: ReviewContext) -> Any:
    breaks = editions.course(context.edition_digest).plan.breaks
    weeks = [(one.from_week, one.to_week) for one in breaks]
    return working_days_after(
        clock.today(), WORKING_DAYS_TO_COMPLETE,
        without=week_days(context.cohort.starts_on, weeks),
    )


def _to(endpoint: str, context: ReviewContext, **values: Any) -> ResponseReturnValue:
    return redirect(url_for(f".{endpoint}", submission_id=context.submission.id, **values), 303)


def _show(
    context: ReviewContext, page: ReviewPage, form: ReviewForm | None, round_: Round | None = None,
    *, theirs: Answer | None = None,
) -> str:
    submission = context.submission
    what = f"submission:{submission.id}"
    if submission.team_id is not None:
        what += f" team:{submission.team_id}"
    log_access(what, subject_id=context.author.id if context.author else None)
    return render_template(
        "reviews/show.html", context=context, page=page, form=form, theirs=theirs,
        current=round_ or page.current, assignment_of=assignment_of, Answer=Answer,
        reader_id=context.reader_id(clock.now()), me=_me(),
    )


def _done(context: ReviewContext, page: ReviewPage, form: ReviewForm, **values: Any) -> str:
    return render_template(
        "reviews/done.html", context=context, current=page.current, form=form,
        assignment=form.assignment, **({"theirs": None, "by": None} | values),
    )
