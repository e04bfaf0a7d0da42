"""Checking, handing in, and what comes of it: receipt, versions, feedback, taking back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, reasons
from app.forms.guarding import reason_for, where_in_file
from app.forms.handins import HandInForm
from app.guard import guarded
from app.http.access import log_guard
from app.pages.answers import original_of, read_sections, wording_of
from app.pages.marking import marked_sections
from app.pages.together import story_of, team_says
from app.views.assignments import JOINT, OWN, WITH_TRAINERS, bp, load, promise_of
from courses.catalog import site_address
from courses.errors import NotFound, Reason, Refused, Stale
from courses.permissions import Permission
from courses.queries.assignment_pages import (
    Answered,
    obstacles,
    round_numbered,
    rounds_of,
)
from courses.queries.files import draft_files, places_in_draft, round_files
from courses.queries.round_sources import sources_of
from courses.queries.secrecy import draft_to_check
from courses.queries.work_context import WorkContext
from courses.rules.masking import HIDDEN
from courses.rules.secrecy import Passage
from courses.rules.submissions import Move, may
from courses.services.submissions import (
    HandIn,
    submit_assignment,
    withdraw_submission,
)

_SHOWN_THERE = (
    Reason.FILES_WAITING, Reason.FILES_STOPPED, Reason.SIGN_OFF_MISSING, Reason.STOPPED_FILE
)
"""Why it cannot be handed in, said on the check page."""


@bp.get(f"{OWN}/kontrollera")
@bp.get(f"{JOINT}/kontrollera")
@guarded(Permission.SUBMISSION_CREATE, load=load)
def check(context: WorkContext) -> ResponseReturnValue:
    is_shut = not may(context.state, Move.SUBMIT) or not context.is_open
    if is_shut or not context.assignment.is_handed_in:
        return redirect(url_for(".show", **context.address), 303)
    if context.draft is None:
        return redirect(url_for(".write", **context.address), 303)
    return _checking(context, sent=False)


@bp.post(f"{OWN}/kontrollera")
@bp.post(f"{JOINT}/kontrollera")
@guarded(Permission.SUBMISSION_CREATE, load=load)
def submit(context: WorkContext) -> ResponseReturnValue:
    is_handed_in = context.assignment.is_handed_in
    if is_handed_in and context.draft and may(context.state, Move.SUBMIT):
        form = _form(context, *draft_to_check(db.session(), context), sent=True)
        if form.problems:
            if form.shown:
                log_guard(context.enrollment.id, context.assignment.id, form.shown)
            return _checking(context, sent=True), 422
        hand_in = HandIn(
            version=request.form.get("v", 0, type=int), has_attested=form.has_attested,
            has_checked=form.has_checked, files=request.form.get("files"),
        )
    else:  # the service says why not
        hand_in = HandIn(version=0, has_attested=False, has_checked=False)
    try:
        submit_assignment(
            db.session(), owner=context.owner, enrollment=context.enrollment,
            team_name=context.team.name if context.team and not context.is_regional else None,
            course=context.course, assignment=context.assignment, hand_in=hand_in,
            by=current_user.identity.user_id, now=clock.now(), today=context.today,
        )
    except Stale:
        return _checking(context, sent=False, is_stale=True), 409
    except Refused as refused:
        if refused.reason not in _SHOWN_THERE:
            raise
        return _checking(context, sent=False, refused=_nameless(refused, context)), 409
    return redirect(url_for(".receipt", **context.address), 303)


@bp.get(f"{OWN}/kvitto")
@bp.get(f"{JOINT}/kvitto")
@guarded(Permission.SUBMISSION_READ, load=load)
def receipt(context: WorkContext) -> ResponseReturnValue:
    if context.is_former:  # where the work stands now is the team's matter
        return redirect(url_for(".versions", **context.address), 303)
    rounds = rounds_of(db.session(), context, with_answers=False, with_members=True)
    if not rounds:
        raise NotFound
    return render_template(
        "assignments/receipt.html", context=context, latest=rounds[0],
        can_withdraw=may(context.state, Move.WITHDRAW),
        is_waiting=context.state in WITH_TRAINERS, **promise_of(context),
        **({"files": []} if rounds[0].is_shut else _files_of(context, rounds[0].round)),
    )


@bp.post(f"{OWN}/aterta")
@bp.post(f"{JOINT}/aterta")
@guarded(Permission.SUBMISSION_WITHDRAW, load=load)
def withdraw(context: WorkContext) -> ResponseReturnValue:
    withdraw_submission(
        db.session(), owner=context.owner, assignment=context.assignment,
        by=current_user.identity.user_id, now=clock.now(),
    )
    flash(_("Uppgiften är återtagen. Texten ligger kvar som utkast."))
    return redirect(url_for(".show", **context.address), 303)


@bp.get(f"{OWN}/versioner")
@bp.get(f"{JOINT}/versioner")
@guarded(Permission.SUBMISSION_READ, load=load)
def versions(context: WorkContext) -> ResponseReturnValue:
    rounds = rounds_of(db.session(), context, with_answers=False)
    return render_template("assignments/versions.html", context=context, rounds=rounds)


@bp.get(f"{OWN}/versioner/<int:number>")
@bp.get(f"{JOINT}/versioner/<int:number>")
@guarded(Permission.SUBMISSION_READ, load=load)
def version(context: WorkContext) -> ResponseReturnValue:
    number = request.view_args["number"]
    one = round_numbered(db.session(), context, number)
    return _page("assignments/version.html", context, one)


@bp.get(f"{OWN}/aterkoppling")
@bp.get(f"{JOINT}/aterkoppling")
@guarded(Permission.SUBMISSION_READ, load=load)
def feedback(context: WorkContext) -> ResponseReturnValue:
    rounds = rounds_of(db.session(), context, with_answers=True)
    answered = next((one for one in rounds if one.review and not one.is_shut), None)
    if answered is None:
        raise NotFound
    return _page("assignments/feedback.html", context, answered)


def _page(template: str, context: WorkContext, one: Answered) -> str:
    """A round in the wording that was answered, which may not be today's."""
    assignment, original = wording_of(one.round.edition_digest, context.assignment.id)
    sections = read_sections(assignment, original, context.mask.over(one.round.answers))
    return render_template(
        template, context=context, one=one, assignment=assignment, sections=sections,
        marked_text=marked_sections(sections, one.stop.passages) if one.stop else None,
        sources=sources_of(db.session(), context, one.round), **_files_of(context, one.round),
    )


def _files_of(context: WorkContext, one: Any) -> dict[str, Any]:
    """What a page needs to list the files of a round."""
    return {
        "files": round_files(db.session(), [one])[one.id],
        "address_of_file": lambda file: url_for(
            ".open_round_file", number=one.number, place=file.id, **context.address
        ),
    }


def _form(
    context: WorkContext, answers: dict, stopped: list[Passage], *, sent: bool
) -> HandInForm:
    return HandInForm(
        context.assignment, answers, known=context.course.function_numbers,
        in_files=places_in_draft(db.session(), context),
        stopped=stopped, is_masked=bool(context.mask),
        posted=request.form if sent else None,
    )


def _nameless(refused: Refused, context: WorkContext) -> Refused:
    """A stopped file is not named to who did not hand it in."""
    if refused.reason is Reason.STOPPED_FILE and context.mask.files:
        return Refused(Reason.STOPPED_FILE, name=HIDDEN)
    return refused


def _checking(
    context: WorkContext, *, sent: bool, is_stale: bool = False, refused: Refused | None = None
) -> str:
    answers, stopped = draft_to_check(db.session(), context)
    original = original_of(context.course.digest, context.assignment.id)
    asks = context.cohort.needs_sign_off and context.is_joint_work
    story = story_of(context) if asks else None
    return render_template(
        "assignments/check.html",
        context=context,
        together=team_says(context, story, answers) if story else None,
        form=_form(context, answers, stopped, sent=sent),
        sections=read_sections(context.assignment, original, answers),
        obstacles=obstacles(db.session(), context, story.done if story else None),
        address=site_address, is_stale=is_stale,
        version=context.version, files=draft_files(db.session(), context),
        why=reasons.sentence(refused) if refused else "",
        reason_for=reason_for, where_in_file=where_in_file,
        address_of_file=lambda file: url_for(".open_file", file_id=file.id, **context.address),
    )
