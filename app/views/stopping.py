"""Trainers: stopping a text in which somebody could be recognized."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock, db, editions
from app.forms.secrecy import StopForm
from app.guard import guarded
from app.pages.reviewing import assignment_of, sections_of
from app.views.reviews import bp, me, page_of
from courses.errors import NotFound, Reason, Refused
from courses.permissions import Permission
from courses.queries.files import round_files
from courses.queries.reviews import ReviewContext, Round, load_round
from courses.queries.secrecy import stop_of_round
from courses.services.secrecy import press_stop


@bp.get("/<int:submission_id>/stoppa/<int:number>")
@guarded(Permission.REVIEW_WRITE, load=load_round)
def ask_to_stop(context: ReviewContext) -> ResponseReturnValue:
    found = _readable(context)
    return _page(context, found, _form(context, found)) if found else _stopped(context)


@bp.post("/<int:submission_id>/stoppa/<int:number>")
@guarded(Permission.REVIEW_WRITE, load=load_round)
def stop(context: ReviewContext) -> ResponseReturnValue:
    """Stop it, also when the writers took it back meanwhile: what came in has come in."""
    page = page_of(context)
    found = page.rounds.get(_number())
    if found is None:
        return _stopped(context)
    form = _form(context, found, sent=True)
    if not form.validate():
        if found not in page.readable:
            raise Refused(Reason.NEW_ROUND)
        return _page(context, found, form), 422
    pressed = press_stop(
        db.session(), context.submission, number=found.round.number, passages=form.chosen,
        message=form.message.data or "", course=editions.course(context.edition_digest),
        assignment=assignment_of(context, found), actor_id=me(), now=clock.now(),
        today=clock.today(),
    )
    flash(_("Texten är stoppad. Ring den som skrev."))
    return redirect(url_for("secrecy.show", stop_id=pressed.id), 303)


def _readable(context: ReviewContext) -> Round | None:
    """The round, when the trainer may read it."""
    page = page_of(context)
    return next((one for one in page.readable if one.round.number == _number()), None)


def _stopped(context: ReviewContext) -> ResponseReturnValue:
    """To who pressed: the page of the stop; to others: that it has been stopped."""
    stop_id = stop_of_round(db.session(), context.submission.id, _number())
    if stop_id is None:
        raise NotFound
    return render_template(
        "reviews/stopped.html", context=context, stop_id=stop_id, number=_number()
    )


def _form(context: ReviewContext, found: Round, *, sent: bool = False) -> StopForm:
    form = StopForm(request.form) if sent else StopForm()
    form.offer(
        sections_of(context, found), round_files(db.session(), [found.round])[found.round.id]
    )
    return form


def _page(context: ReviewContext, found: Round, form: StopForm) -> str:
    return render_template(
        "reviews/stop.html", context=context, current=found, form=form,
        assignment=assignment_of(context, found),
    )


def _number() -> int:
    return (request.view_args or {})["number"]
