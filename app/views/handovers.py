"""Handing over a place in a team: the member's own note, the coordinator's step, catching up."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, editions, i18n
from app.forms.handovers import NEW, PRESENT, HandoverForm, NoteForm, asked_about
from app.guard import guarded
from app.http import autosave, rescue
from app.http.access import log_access
from app.pages.coordinating import load_participant
from app.pages.reading import HomeContext, load_home
from app.views.cohort_people import invite_and_tell
from app.views.cohorts import acting
from courses.errors import NotFound, Reason, Refused, Stale
from courses.identity import Identity
from courses.permissions import Permission
from courses.queries.coordination import ParticipantContext, participant_context
from courses.queries.handovers import (
    NoteContext,
    catching_up,
    earlier_rounds,
    handovers_in,
    note_context,
    own_note,
)
from courses.queries.modules import course_page
from courses.queries.people import participants_of
from courses.queries.setup import teams_with
from courses.services.handovers import Newcomer, hand_over, save_handover_note
from courses.vocabulary import EnrollmentState, Sector

bp = Blueprint("handovers", __name__)


def load_note(session: Any, identity: Identity, team_id: int) -> NoteContext:
    return note_context(session, identity, team_id, today=clock.today())


@bp.get("/team/<int:team_id>/overlamningsblad")
@guarded(Permission.HANDOVER_NOTE_WRITE, load=load_note)
def note(context: NoteContext) -> ResponseReturnValue:
    kept = own_note(db.session(), context)
    form = NoteForm(data={"text": kept.text, "v": kept.version} if kept else None)
    return _note_page(context, form, kept)


@bp.post("/team/<int:team_id>/overlamningsblad")
@guarded(Permission.HANDOVER_NOTE_WRITE, load=load_note)
def save_note(context: NoteContext) -> ResponseReturnValue:
    form = NoteForm(request.form)
    if not form.validate():
        if autosave.is_wanted():
            return autosave.invalid(next(iter(form.errors.values()))[0])
        return _note_page(context, form, own_note(db.session(), context)), 422
    try:
        kept = _save(context, form)
    except Stale as stale:
        if autosave.is_wanted():
            return autosave.conflict()
        form.v.data, form.v.raw_data = stale.version, None
        return _note_page(context, form, own_note(db.session(), context), stale), 409
    if autosave.is_wanted():
        return autosave.saved(kept.version, kept.updated_at)
    flash(_("Sparat %(time)s. Bara du ser det.", time=i18n.clock_time(kept.updated_at)))
    return redirect(url_for(".note", team_id=context.team.id), 303)


def rescue_note(identity: Identity, url: dict[str, Any], fields: rescue.Fields) -> str:
    """Save what was written when the login had run out."""
    _save(load_note(db.session(), identity, **url), NoteForm(fields))
    return url_for("handovers.note", **url)


rescue.register("handovers.save_note", rescue_note)


@bp.route("/samordna/deltagare/<int:enrollment_id>/overlamning", methods=["GET", "POST"])
@guarded(Permission.COHORT_EDIT, load=load_participant)
def replace(context: ParticipantContext) -> ResponseReturnValue:
    """One step: who leaves, who takes over, and what becomes of everything."""
    session, enrollment = db.session(), context.enrollment
    people = [
        one
        for one in participants_of(session, context.cohort.id, clock.now())
        if one.enrollment.id != enrollment.id
        and one.enrollment.state is EnrollmentState.ACTIVE
    ]
    form = HandoverForm(
        request.form if request.method == "POST" else None, version=enrollment.version,
        sector=enrollment.sector.value,
    )
    form.offer(people)
    if request.method == "GET":
        log_access("participant:handover", subject_id=context.user.id)
        return _replace_page(context, form)
    if not form.validate():
        return _replace_page(context, form), 422
    try:
        rows = hand_over(
            session, enrollment, editions.course(context.digest),
            successor=_successor(form, people), message=form.message.data,
            version=form.version.data, today=clock.today(), **acting(),
        )
    except Stale as stale:
        form.show_newer(stale)
        return _replace_page(context, form), 409
    except Refused as refused:
        if refused.reason is not Reason.EMAIL_TAKEN:
            raise
        form.email.errors = [_("Personen är redan med i utbildningsomgången.")]
        return _replace_page(context, form), 422
    flash(_("Bytet är gjort."))
    if form.who.data == NEW and rows[0].successor_id is not None:
        invite_and_tell(participant_context(session, rows[0].successor_id).user)
    return redirect(url_for("coordination.team", team_id=rows[0].team_id), 303)


@bp.get("/ikapp")
@guarded(Permission.HOME_READ, load=load_home)
def catch_up(context: HomeContext) -> ResponseReturnValue:
    """What somebody who came late does first, and what the team hands on."""
    reading, place = context.reading, current_user.identity.place
    if reading is None or reading.enrollment is None or place is None:
        raise NotFound
    modules = course_page(db.session(), reading, today=clock.today())
    return render_template(
        "handovers/catch_up.html", reading=reading, found=catching_up(reading, modules),
        joint=[
            line
            for module in modules
            for line in module.lines
            if line.task.is_joint and line.task.is_open
        ] if reading.team else [],
        handovers=handovers_in(
            db.session(), place.team_ids, places={place.enrollment_id},
            mine=[place.enrollment_id],
        ),
    )


@bp.get("/tidigare-team")
@guarded(Permission.HOME_READ, load=load_home)
def earlier(context: HomeContext) -> ResponseReturnValue:
    """What one handed in together with teams that one has left."""
    reading = context.reading
    if reading is None or reading.enrollment is None:
        raise NotFound
    return render_template(
        "handovers/earlier.html", course=reading.course,
        rounds=earlier_rounds(db.session(), current_user.identity),
    )


def _save(context: NoteContext, form: NoteForm) -> Any:
    return save_handover_note(
        db.session(), team_id=context.team.id, enrollment_id=context.enrollment_id,
        text=form.text.data or "", version=form.v.data or 0, now=clock.now(),
    )


def _note_page(
    context: NoteContext, form: NoteForm, kept: Any, stale: Stale | None = None
) -> str:
    return render_template(
        "handovers/note.html", context=context, form=form, kept=kept, stale=stale,
        asked=asked_about(kept.text) if kept and not form.errors else [],
    )


def _successor(form: HandoverForm, people: Any) -> Any:
    if form.who.data == NEW:
        return Newcomer(
            name=form.name.data, email=form.email.data, sector=Sector(form.sector.data)
        )
    if form.who.data == PRESENT:
        return next(
            one.enrollment for one in people if one.enrollment.id == form.present.data
        )
    return None


def _replace_page(context: ParticipantContext, form: HandoverForm) -> str:
    return render_template(
        "handovers/replace.html", context=context, form=form,
        teams=teams_with(db.session(), context.enrollment),
    )
