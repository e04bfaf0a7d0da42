"""Trainers: one text that was handed in, read and answered."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, editions
from app.forms.reviews import ReviewForm, review_form
from app.guard import guarded
from app.http import autosave, rescue
from app.http.access import log_access
from app.pages import comment_bank
from app.pages.reviewing import (
    Beside,
    assignment_of,
    beside_text,
    rests_of,
    sections_of,
    two_of_round,
    usual_date,
)
from app.pages.second_reading import lacking, may_write
from app.pages.talking import said_about
from courses.catalog import Assignment
from courses.errors import NotFound, Stale
from courses.identity import Identity
from courses.permissions import Permission
from courses.queries.reviews import ReviewContext, ReviewPage, Round, load_review, review_page
from courses.rules.reviews import Answer, problems
from courses.services.claims import take_claim, take_over_claim
from courses.services.readings import finish_reading
from courses.services.reviews import levels_of, save_review_draft
from courses.services.second_readers import must_not_read_second

bp = Blueprint("reviews", __name__, url_prefix="/granska")
FILTERS = ("uppgift", "kommun", "mina")
"""What narrows the list of what waits; a sitting keeps it from text to text."""


@bp.get("/<int:submission_id>")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def show(context: ReviewContext) -> ResponseReturnValue:
    page = page_of(context)
    beside = beside_text(context, page, page.current)
    form = None
    if page.current and may_write(context, beside.two, me()):
        draft = page.current.mine
        form = review_form(
            assignment_of(context, page.current),
            answer=Answer.from_content(draft.content) if draft
            else Answer(levels=beside.standing, due_on=usual_date(context)),
            version=draft.version if draft else 0,
        )
    return _show(context, page, form, beside)


@bp.post("/<int:submission_id>/borja")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def claim(context: ReviewContext) -> ResponseReturnValue:
    refuse_second(context)
    take_claim(db.session(), context.submission, actor_id=me(), now=clock.now())
    return to("show", context)


@bp.post("/<int:submission_id>/ta-over")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def take_over(context: ReviewContext) -> ResponseReturnValue:
    refuse_second(context)
    take_over_claim(db.session(), context.submission, actor_id=me(), now=clock.now())
    return to("show", context)


@bp.post("/<int:submission_id>")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def save(context: ReviewContext) -> ResponseReturnValue:
    """Keep what was typed; go on to the check when that was asked for and all is there."""
    page, round_ = posted(context)
    form = review_form(assignment_of(context, round_), comment_bank.with_phrase(request.form))
    answer = form.answer()
    is_sound, do = form.validate(), request.form.get("do")
    if is_sound and do in ("check", "ready"):
        found = lacking(form) if do == "ready" else problems(
            answer, levels_of(form.assignment), today=clock.today(), breaks=rests_of(context)
        )
        form.show(found)
        is_sound = not found
    if not is_sound:
        if autosave.is_wanted():
            return autosave.invalid(next(iter(form.errors.values()))[0])
        return _show(context, page, form, beside_text(context, page, round_)), 422
    try:
        draft = save_review_draft(
            db.session(), context.submission, number=round_.round.number, actor_id=me(),
            answer=answer, version=form["v"].data or 0, now=clock.now(),
            assignment=form.assignment,
        )
    except Stale as stale:
        if autosave.is_wanted():
            return autosave.conflict()
        form["v"].data = stale.version
        beside = beside_text(context, page, round_)
        return _show(context, page, form, beside, theirs=stale.theirs), 409
    if autosave.is_wanted():
        return autosave.saved(draft.version, draft.updated_at, _outrun(context, round_))
    if not context.is_open or context.submission.round != round_.round.number:
        return to("conflict", context, number=round_.round.number)
    if not may_write(context, two_of_round(context, round_), me()):
        flash(_("Ditt utkast är sparat. Någon annan har tagit över granskningen."))
        return to("show", context)
    if do == "check":
        return to("check", context)
    if do == "ready":
        finish_reading(
            db.session(), context.submission, number=round_.round.number, version=draft.version,
            assignment=form.assignment, actor_id=me(), now=clock.now(),
        )
        return to("compare", context)
    return to("show", context, _anchor=comment_bank.pressed(request.form, me()) or "sparat")


def _outrun(context: ReviewContext, round_: Round) -> str:
    """What a page that saves by itself says when the draft can no longer be sent from it."""
    if not context.is_open or context.submission.round != round_.round.number:
        return _("Texten kan inte längre besvaras. Det du skriver sparas som ditt utkast.")
    if not may_write(context, two_of_round(context, round_), me()):
        return _("Någon annan har tagit över granskningen. Det du skriver sparas som ditt utkast.")
    return ""


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
        assignment=form.assignment,
    )
    return url_for("reviews.show", **url)


rescue.register("reviews.save", rescue_draft)


def refuse_second(context: ReviewContext) -> None:
    """Refuse whoever reads second to begin as the one who answers."""
    course = editions.course(context.edition_digest)
    assignment = course.items.get(context.submission.assignment_id)
    if isinstance(assignment, Assignment):
        must_not_read_second(db.session(), context.submission, assignment, me())


def to(endpoint: str, context: ReviewContext, **values: Any) -> ResponseReturnValue:
    address = {"submission_id": context.submission.id} | filters() | values
    return redirect(url_for(f".{endpoint}", **address), 303)


def filters() -> dict[str, str]:
    """Return the filters that the sitting was begun with."""
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


def _title_of(context: ReviewContext) -> str:
    """Return what the work is called where no text of it may be read."""
    item_id = context.submission.assignment_id
    item = editions.course(context.edition_digest).items.get(item_id)
    return item.title if item else item_id


def _show(
    context: ReviewContext, page: ReviewPage, form: ReviewForm | None, beside: Beside,
    *, theirs: Answer | None = None,
) -> str:
    submission = context.submission
    what = f"submission:{submission.id}"
    if submission.team_id is not None:
        what += f" team:{submission.team_id}"
    log_access(what, subject_id=context.author.id if context.author else None)
    return render_template(
        "reviews/show.html", context=context, page=page, form=form, theirs=theirs,
        current=beside.current, assignment_of=assignment_of, Answer=Answer,
        sections_of=sections_of, since=beside.since, two=beside.two, files=beside.files,
        filters=filters(), work_title=_title_of(context),
        address_of_file=lambda one: lambda file: url_for(
            ".open_file_of_review", submission_id=submission.id, number=one.round.number,
            place=file.id,
        ),
        reader_id=context.reader_id(clock.now()), my_id=me(),
        **(comment_bank.beside(form.assignment, me(), editions.course(context.edition_digest))
           | {"breaks": rests_of(context)} if form else {}),
        **said_about(context),
    )
