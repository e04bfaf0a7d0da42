"""Trainers: one text that was handed in, read and answered."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, editions, rescue
from app.access import log_access
from app.answers import ReadSection, read_sections, wording_of
from app.forms.reviews import ReviewForm, review_form
from app.guard import guarded
from courses.catalog import Assignment
from courses.errors import NotFound, Stale
from courses.identity import Identity
from courses.permissions import Permission
from courses.queries.files import round_files
from courses.queries.reviews import ReviewContext, ReviewPage, Round, load_review, review_page
from courses.rules.calendar import week_days, working_days_after
from courses.rules.reviews import WORKING_DAYS_TO_COMPLETE, Answer, problems
from courses.services.claims import take_claim, take_over_claim
from courses.services.reviews import levels_of, save_review_draft

bp = Blueprint("reviews", __name__, url_prefix="/granska")
FILTERS = ("uppgift", "kommun", "mina")
"""What narrows the list of what waits; a sitting keeps it from text to text."""


@bp.get("/<int:submission_id>")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def show(context: ReviewContext) -> ResponseReturnValue:
    page = page_of(context)
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
    take_claim(db.session(), context.submission, actor_id=me(), now=clock.now())
    return to("show", context)


@bp.post("/<int:submission_id>/ta-over")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def take_over(context: ReviewContext) -> ResponseReturnValue:
    take_over_claim(db.session(), context.submission, actor_id=me(), now=clock.now())
    return to("show", context)


@bp.post("/<int:submission_id>")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def save(context: ReviewContext) -> ResponseReturnValue:
    """Keep what was typed; go on to the check when that was asked for and all is there."""
    page, round_ = posted(context)
    form = review_form(assignment_of(context, round_), request.form)
    answer = form.answer()
    is_sound, checks = form.validate(), request.form.get("do") == "check"
    if is_sound and checks:
        found = problems(answer, levels_of(form.assignment), today=clock.today())
        form.show(found)
        is_sound = not found
    if not is_sound:
        return _show(context, page, form, round_), 422
    try:
        save_review_draft(
            db.session(), context.submission, number=round_.round.number, actor_id=me(),
            answer=answer, version=form["v"].data or 0, now=clock.now(),
        )
    except Stale as stale:
        form["v"].data = stale.version
        return _show(context, page, form, round_, theirs=stale.theirs), 409
    if not context.is_open or context.submission.round != round_.round.number:
        return to("conflict", context, number=round_.round.number)
    if not _may_write(context):
        flash(_("Ditt utkast är sparat. Någon annan har tagit över granskningen."))
        return to("show", context)
    return to("check", context) if checks else to("show", context, _anchor="sparat")


def assignment_of(context: ReviewContext, round_: Round) -> Assignment:
    """Return the assignment in the wording that the round answered."""
    return wording_of(round_.round.edition_digest, context.submission.assignment_id)[0]


def sections_of(context: ReviewContext, round_: Round) -> list[ReadSection]:
    """Return the round's text, section by section."""
    words = wording_of(round_.round.edition_digest, context.submission.assignment_id)
    return read_sections(*words, round_.round.answers)


def me() -> int:
    return current_user.identity.user_id


def page_of(context: ReviewContext) -> ReviewPage:
    return review_page(db.session(), context, current_user.identity, now=clock.now())


def posted(context: ReviewContext) -> tuple[ReviewPage, Round]:
    """Return the page and the round that the form was about."""
    page = page_of(context)
    return page, _round(page, request.form)


def _round(page: ReviewPage, fields: rescue.Fields) -> Round:
    round_ = page.rounds.get(fields.get("round", 0, type=int))
    if round_ is None:
        raise NotFound
    return round_


def rescue_draft(identity: Identity, url: dict[str, Any], fields: rescue.Fields) -> str:
    """Save what a trainer wrote when the login ran out. Stale leaves it on the page."""
    context = load_review(db.session(), identity, **url)
    round_ = _round(review_page(db.session(), context, identity, now=clock.now()), fields)
    form = review_form(assignment_of(context, round_), fields)
    save_review_draft(
        db.session(), context.submission, number=round_.round.number, actor_id=identity.user_id,
        answer=form.answer(), version=form["v"].data or 0, now=clock.now(),
    )
    return url_for("reviews.show", **url)


rescue.register("reviews.save", rescue_draft)


def _files_on(context: ReviewContext, page: ReviewPage) -> dict[str, Any]:
    """What the page needs to list the files of the rounds that it shows."""
    return {
        "files": round_files(
            db.session(), [one.round for one in (page.current, *page.earlier) if one]
        ),
        "address_of_file": lambda one: lambda file: url_for(
            ".open_file_of_review", submission_id=context.submission.id,
            number=one.round.number, place=file.id,
        ),
    }


def _may_write(context: ReviewContext) -> bool:
    """Whether the trainer has the text: also when the half hour is over and nobody took it."""
    reader_id = context.reader_id(clock.now())
    return context.is_open and me() == (reader_id or context.submission.claimed_by)


def _usual_date(context: ReviewContext) -> Any:
    breaks = editions.course(context.edition_digest).plan.breaks
    weeks = [(one.from_week, one.to_week) for one in breaks]
    return working_days_after(
        clock.today(), WORKING_DAYS_TO_COMPLETE,
        without=week_days(context.cohort.starts_on, weeks),
    )


def to(endpoint: str, context: ReviewContext, **values: Any) -> ResponseReturnValue:
    address = {"submission_id": context.submission.id} | filters() | values
    return redirect(url_for(f".{endpoint}", **address), 303)


def filters() -> dict[str, str]:
    """Return the filters that the sitting was begun with."""
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


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
        sections_of=sections_of, **_files_on(context, page),
        reader_id=context.reader_id(clock.now()), me=me(),
    )
