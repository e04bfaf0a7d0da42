"""Trainers: the second reader, and the page where two readings become one answer."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock, db, reasons
from app.forms.reviews import ReviewForm, review_form
from app.forms.second_reading import alone_form, second_form
from app.guard import guarded
from app.http import rescue
from app.pages.reviewing import assignment_of, rests_of, two_of_round
from app.views.reviews import bp, filters, me, page_of, posted, rescue_draft, to
from courses.errors import NotFound, Refused, Stale
from courses.permissions import Permission
from courses.queries.reviews import ReviewContext, Round, load_review
from courses.queries.second_reading import SecondReading, who_may_read_second
from courses.rules.reviews import Answer, problems
from courses.rules.second_reading import compare as compared
from courses.rules.second_reading import joint_start, with_comment
from courses.services.readings import begin_joint, take_back_reading
from courses.services.reviews import levels_of, save_review_draft
from courses.services.second_readers import name_second_reader, record_lone_reading

rescue.register("reviews.decide", rescue_draft)


@bp.get("/<int:submission_id>/jamfor")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def compare(context: ReviewContext) -> ResponseReturnValue:
    """Both readings, criterion by criterion, and the joint answer."""
    round_, two = _of_two(context, page_of(context).current)
    if not two.may_compare(me(), context.submission.claimed_by):
        return to("show", context)
    return _compare(context, round_, two, _joint_form(context, round_, two))


@bp.post("/<int:submission_id>/jamfor")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def decide(context: ReviewContext) -> ResponseReturnValue:
    """Keep the joint answer; bring a reader's comment into it; or go on to the check."""
    _page, round_ = posted(context)
    round_, two = _of_two(context, round_)
    form = review_form(assignment_of(context, round_), request.form)
    pair = two.pair(context.submission.claimed_by)
    if pair is None or pair[0].reading.reader_id != me() or not context.is_open:
        return to("show", context)
    answer, taken = form.answer(), request.form.get("take", "")
    is_sound, checks = form.validate(), request.form.get("do") == "check"
    if is_sound and checks and not taken:
        found = problems(
            answer, levels_of(form.assignment), today=clock.today(), breaks=rests_of(context)
        )
        form.show(found)
        is_sound = not found
    if not is_sound:
        return _compare(context, round_, two, form), 422
    whose, _colon, criterion = taken.partition(":")
    if taken:
        theirs = pair[whose == "second"].answer
        text = theirs.comments.get(criterion, "") if criterion else theirs.overall
        answer = with_comment(answer, criterion or None, text)
    try:
        save_review_draft(
            db.session(), context.submission, number=round_.round.number, actor_id=me(),
            answer=answer, version=form["v"].data or 0, now=clock.now(),
            assignment=form.assignment,
        )
    except Stale as stale:
        form["v"].data = stale.version
        return _compare(context, round_, two, form, theirs=stale.theirs), 409
    begin_joint(
        db.session(), context.submission, number=round_.round.number, actor_id=me(),
        now=clock.now(),
    )
    if taken:
        return to("compare", context, _anchor=f"k-{criterion}" if criterion else "helheten")
    return to("check", context) if checks else to("compare", context, _anchor="sparat")


@bp.post("/<int:submission_id>/las-vidare")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def read_on(context: ReviewContext) -> ResponseReturnValue:
    """Take back that one has finished."""
    _page, round_ = posted(context)
    try:
        take_back_reading(
            db.session(), context.submission, number=round_.round.number, actor_id=me(),
            now=clock.now(),
        )
    except Refused as refused:
        flash(reasons.sentence(refused))
    return to("show", context)


@bp.get("/<int:submission_id>/andra-lasare")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def second_reader(context: ReviewContext) -> ResponseReturnValue:
    """Who reads second, or why nobody does."""
    round_, two = _of_two(context, page_of(context).current)
    if not context.is_open:
        return to("show", context)
    return _second_reader(context, round_, two, second_form(_people(context), two.second_id))


@bp.post("/<int:submission_id>/andra-lasare")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def choose_second(context: ReviewContext) -> ResponseReturnValue:
    _page, round_ = posted(context)
    round_, two = _of_two(context, round_)
    form = second_form(_people(context), two.second_id, request.form)
    if not form.validate():
        return _second_reader(context, round_, two, form), 422
    try:
        name_second_reader(
            db.session(), context.submission, number=round_.round.number,
            reader_id=form["reader"].data, assignment=assignment_of(context, round_),
            actor_id=me(), now=clock.now(),
        )
    except Refused as refused:
        form["reader"].errors = [reasons.sentence(refused)]
        return _second_reader(context, round_, two, form), 409
    flash(_("Den andra läsaren är vald."))
    return to("show", context)


@bp.post("/<int:submission_id>/ensam-lasare")
@guarded(Permission.REVIEW_WRITE, load=load_review)
def read_alone(context: ReviewContext) -> ResponseReturnValue:
    """Say why there is no second reader this time."""
    _page, round_ = posted(context)
    round_, two = _of_two(context, round_)
    form = alone_form(request.form)
    people = second_form(_people(context), two.second_id)
    if not form.validate():
        return _second_reader(context, round_, two, people, alone=form), 422
    try:
        record_lone_reading(
            db.session(), context.submission, number=round_.round.number,
            reason=form["reason"].data, assignment=assignment_of(context, round_),
            actor_id=me(), now=clock.now(),
        )
    except Refused as refused:
        form["reason"].errors = [reasons.sentence(refused)]
        return _second_reader(context, round_, two, people, alone=form), 409
    return to("show", context)


def _of_two(context: ReviewContext, round_: Round | None) -> tuple[Round, SecondReading]:
    """Return the round and where its readers stand; NotFound when it is not read by two."""
    two = two_of_round(context, round_)
    if round_ is None or two is None:
        raise NotFound
    return round_, two


def _joint_form(
    context: ReviewContext, round_: Round, two: SecondReading
) -> ReviewForm | None:
    """Return the first reader's form: what they have written since, or where the two agree."""
    pair = two.pair(context.submission.claimed_by)
    draft = round_.mine
    if not pair or not draft or not context.is_open or pair[0].reading.reader_id != me():
        return None
    assignment = assignment_of(context, round_)
    answer = Answer.from_content(draft.content)
    if pair[0].reading.joint_at is None and draft.content == pair[0].reading.content:
        answer = joint_start(pair[0].answer, pair[1].answer, levels_of(assignment))
    return review_form(assignment, answer=answer, version=draft.version)


def _people(context: ReviewContext) -> list[tuple[int, str]]:
    found = who_may_read_second(db.session(), context, context.submission.claimed_by)
    return [(one.id, one.name) for one in found]


def _compare(
    context: ReviewContext, round_: Round, two: SecondReading, form: ReviewForm | None,
    *, theirs: Answer | None = None,
) -> str:
    assignment = assignment_of(context, round_)
    first, second = two.pair(context.submission.claimed_by) or (None, None)
    rows = compared(first.answer, second.answer, levels_of(assignment)) if first and second else []
    return render_template(
        "reviews/compare.html", context=context, current=round_, assignment=assignment, form=form,
        first=first, second=second, rows=rows, theirs=theirs, filters=filters(),
        criteria={one.id: one for one in assignment.criteria},
    )


def _second_reader(
    context: ReviewContext, round_: Round, two: SecondReading, form: Any, *, alone: Any = None
) -> str:
    return render_template(
        "reviews/second_reader.html", context=context, current=round_, two=two, form=form,
        alone=alone or alone_form(), assignment=assignment_of(context, round_),
        may_read_alone=context.submission.claimed_by == me(),
    )
