"""The secrecy officer: what has been stopped, and what is done about it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db
from app.forms import Form
from app.forms.secrecy import DiaryForm, MaskForm, NeededReasonForm, ReasonForm
from app.guard import guarded
from app.http.access import log_access
from app.pages.answers import read_sections, wording_of
from app.pages.marking import marked_sections, stopped_files
from app.views.files import send
from courses.errors import NotFound
from courses.identity import Identity
from courses.permissions import Permission
from courses.queries.files import round_file, round_files
from courses.queries.secrecy import AllStops, StopContext, load_stop, load_stops, stop_page, stops
from courses.services import secrecy_steps as steps

bp = Blueprint("secrecy", __name__, url_prefix="/sekretess")


def load_original(
    session: Any, identity: Identity, stop_id: int, place: int = 0
) -> StopContext:
    """A stop whose original may still be read here."""
    found = load_stop(session, identity, stop_id)
    if found.stop.moved_at or (found.stop.lifted_at and not identity.is_secrecy_officer):
        raise NotFound
    return found


def load_case(session: Any, identity: Identity, stop_id: int) -> StopContext:
    """A stop; who pressed knows of it until it is taken over or lifted."""
    found = load_stop(session, identity, stop_id)
    if found.stop.lifted_at and not identity.is_secrecy_officer:
        raise NotFound
    return found


@bp.get("")
@guarded(Permission.SECRECY_HANDLE, load=load_stops)
def index(_context: AllStops) -> ResponseReturnValue:
    return render_template("secrecy/index.html", lines=stops(db.session()))


@bp.get("/<int:stop_id>")
@guarded(Permission.SECRECY_READ, load=load_case)
def show(context: StopContext) -> ResponseReturnValue:
    return _page(context)


@bp.get("/<int:stop_id>/filer/<int:place>")
@guarded(Permission.SECRECY_READ, load=load_original)
def open_file(context: StopContext) -> ResponseReturnValue:
    place = (request.view_args or {})["place"]
    file = round_file(db.session(), context.round, place)
    answer = send(file)
    _log(context, f" file:{place}")
    return answer


@bp.get("/<int:stop_id>/maskad")
@guarded(Permission.SECRECY_HANDLE, load=load_case)
def masked(context: StopContext) -> ResponseReturnValue:
    """The copy that can be given out; printed from the browser."""
    if context.stop.masked is None:
        raise NotFound
    words = wording_of(context.round.edition_digest, context.submission.assignment_id)
    return render_template(
        "secrecy/masked.html", context=context, assignment=words[0],
        sections=read_sections(*words, context.stop.masked),
    )


@bp.post("/<int:stop_id>/ta-over")
@guarded(Permission.SECRECY_HANDLE, load=load_case)
def take_over(context: StopContext) -> ResponseReturnValue:
    steps.take_over(db.session(), context.stop, actor_id=_me(), now=clock.now())
    return _back(context)


@bp.post("/<int:stop_id>/maska")
@guarded(Permission.SECRECY_HANDLE, load=load_case)
def mask(context: StopContext) -> ResponseReturnValue:
    form = MaskForm(request.form)
    return _do(context, form, lambda: steps.make_masked_copy(
        db.session(), context.stop, more=form.more.data or "", actor_id=_me(), now=clock.now(),
    ))


@bp.post("/<int:stop_id>/ersatt")
@guarded(Permission.SECRECY_HANDLE, load=load_case)
def replaced(context: StopContext) -> ResponseReturnValue:
    steps.note_replaced(db.session(), context.stop, actor_id=_me(), now=clock.now())
    return _back(context)


@bp.post("/<int:stop_id>/registrator")
@guarded(Permission.SECRECY_HANDLE, load=load_case)
def registrar(context: StopContext) -> ResponseReturnValue:
    steps.note_registrar(db.session(), context.stop, actor_id=_me(), now=clock.now())
    return _back(context)


@bp.post("/<int:stop_id>/diariet")
@guarded(Permission.SECRECY_HANDLE, load=load_case)
def move(context: StopContext) -> ResponseReturnValue:
    form = DiaryForm(request.form)
    return _do(context, form, lambda: steps.move_to_diary(
        db.session(), context.stop, number=form.number.data, on=form.on.data, actor_id=_me(),
        now=clock.now(),
    ))


@bp.post("/<int:stop_id>/oppna")
@guarded(Permission.SECRECY_HANDLE, load=load_case)
def open_again(context: StopContext) -> ResponseReturnValue:
    """The original once more, after it was moved: shown in the answer to the reason alone."""
    form = NeededReasonForm(request.form)
    if not form.validate():
        return _page(context, form), 422
    steps.open_again(
        db.session(), context.stop, reason=form.reason.data, actor_id=_me(), now=clock.now()
    )
    return _page(context, is_opened=True)


@bp.post("/<int:stop_id>/hav")
@guarded(Permission.SECRECY_HANDLE, load=load_case)
def lift(context: StopContext) -> ResponseReturnValue:
    form = NeededReasonForm(request.form)
    return _do(context, form, lambda: steps.lift(
        db.session(), context.stop, reason=form.reason.data, actor_id=_me(), now=clock.now(),
    ))


@bp.post("/<int:stop_id>/avsluta")
@guarded(Permission.SECRECY_HANDLE, load=load_case)
def close(context: StopContext) -> ResponseReturnValue:
    form = ReasonForm(request.form)
    return _do(context, form, lambda: steps.close(
        db.session(), context.stop, reason=form.reason.data or "", actor_id=_me(),
        now=clock.now(),
    ))


def _do(context: StopContext, form: Form, step: Callable[[], None]) -> ResponseReturnValue:
    if not form.validate():
        return _page(context, form), 422
    step()
    flash(_("Steget är noterat."))
    return _back(context)


def _me() -> int:
    return current_user.identity.user_id


def _back(context: StopContext) -> ResponseReturnValue:
    return redirect(url_for(".show", stop_id=context.stop.id), 303)


def _log(context: StopContext, more: str = "") -> None:
    author = context.author.id if context.author else None
    log_access(f"secrecy_stop:{context.stop.id}{more}", subject_id=author)


def _page(
    context: StopContext, wrong: Form | None = None, *, is_opened: bool = False
) -> str:
    """The case; with the text while it is here, or when it is opened with a reason."""
    _log(context, " original" if is_opened else "")
    words = wording_of(context.round.edition_digest, context.submission.assignment_id)
    passages = context.stop.passages
    has_text = context.stop.moved_at is None or is_opened
    text = marked_sections(
        read_sections(*words, context.round.answers), passages
    ) if has_text else []
    # a form that was refused is shown again as it was sent
    forms = {
        "mask": MaskForm(), "move": DiaryForm(data={"on": clock.today()}),
        "open_again": NeededReasonForm(), "lift": NeededReasonForm(), "close": ReasonForm(),
    }
    which = (request.endpoint or "").rpartition(".")[2]
    if wrong is not None:
        forms[which] = wrong
    for name, form in forms.items():
        for one in form:  # several of them ask for a reason
            one.id = one.label.field_id = f"{name}-{one.name}"
    return render_template(
        "secrecy/show.html", context=context, page=stop_page(db.session(), context),
        assignment=words[0], marked_text=text, stopped_files=stopped_files(passages),
        files=round_files(db.session(), [context.round])[context.round.id] if has_text else [],
        address_of_file=lambda file: url_for(
            ".open_file", stop_id=context.stop.id, place=file.id
        ),
        forms=forms, wrong=wrong, is_opened=is_opened,
    )
