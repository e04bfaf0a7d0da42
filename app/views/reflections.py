"""*Mina reflektioner*: written for oneself, read by oneself, deleted for real.

Saving and deleting leave no row that remembers them (`idempotency.leave_no_trace`): a second
click finds that it is done.
"""

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, i18n
from app.forms.answer_fields import field_id
from app.forms.reflections import ReflectionForm, UseForm
from app.guard import guarded
from app.http import autosave, idempotency, rescue
from app.pages import reflecting
from app.pages.reflecting import Readable, load_all, load_one, load_written
from app.views.assignments import load as load_work
from courses.errors import NotFound, Stale
from courses.identity import Identity
from courses.permissions import Permission, permits
from courses.queries.assignment_pages import draft_answers
from courses.queries.reflections import ReflectionContext, targets
from courses.rules.answers import HARD_MAX
from courses.rules.reflections import both
from courses.services.drafts import save_draft
from courses.services.reflections import delete_reflection, save_reflection

bp = Blueprint("reflections", __name__, url_prefix="/reflektioner")
idempotency.leave_no_trace("reflections.save", "reflections.delete")


@bp.get("")
@guarded(Permission.REFLECTION_READ, load=load_all)
def index(context: ReflectionContext) -> ResponseReturnValue:
    return render_template(
        "reflections/index.html", context=context, titles=_titles(context),
        reflections=reflecting.all_of(db.session(), current_user.identity.user_id),
    )


@bp.get("/hamta")
@guarded(Permission.REFLECTION_READ, load=load_all)
def download(context: ReflectionContext) -> ResponseReturnValue:
    """Everything as one plain text, with dates and modules."""
    text = render_template(
        "reflections/all.txt", titles=_titles(context),
        reflections=reflecting.all_of(db.session(), current_user.identity.user_id),
    )
    response = make_response(text)
    response.content_type = "text/plain; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="reflektioner.txt"'
    return response


@bp.get("/ny")
@guarded(Permission.REFLECTION_WRITE, load=load_all)
def new(context: ReflectionContext) -> ResponseReturnValue:
    """An empty sheet; `?modul=` and `?fraga=` say what it is about."""
    course = context.course
    module = course.module_by_slug(request.args.get("modul", "")) if course else None
    number = request.args.get("fraga", 0, type=int)
    asked = module.reflections[number - 1 : number] if module and number > 0 else ()
    form = ReflectionForm(
        data={"module": module.id if module else "", "prompt": "".join(asked)}
    )
    return _editor(context, form, reflecting.new_name(), None, module=module)


@bp.get("/<reflection_id>")
@guarded(Permission.REFLECTION_READ, load=load_written)
def edit(context: ReflectionContext) -> ResponseReturnValue:
    one = reflecting.readable(context.reflection)
    if one.words is None:
        return render_template("reflections/unreadable.html", one=one)
    form = ReflectionForm(
        data={
            "module": one.module_id or "", "v": one.version, "text": one.words.text,
            "prompt": one.words.prompt,
        }
    )
    return _editor(context, form, one.id, one)


@bp.post("/<reflection_id>")
@guarded(Permission.REFLECTION_WRITE, load=load_one)
def save(context: ReflectionContext) -> ResponseReturnValue:
    form = ReflectionForm(request.form)
    kept = reflecting.readable(context.reflection) if context.reflection else None
    keep = request.form.get("keep")
    if keep == "theirs" and kept:
        return redirect(url_for(".edit", reflection_id=kept.id), 303)
    if keep == "both" and kept and kept.words:
        form.text.data = both(kept.words.text, form.text.data or "")
    if not form.validate():
        if autosave.is_wanted():
            return autosave.invalid(next(iter(form.errors.values()))[0])
        return _editor(context, form, context.reflection_id, kept), 422
    form.offer(context.modules)
    try:
        row = _save(context, current_user.identity, form)
    except Stale as stale:
        if autosave.is_wanted():
            return autosave.conflict()
        form.v.data, form.v.raw_data = stale.version, None
        return render_template(
            "reflections/conflict.html", form=form, stale=stale,
            reflection_id=context.reflection_id if stale.version else reflecting.new_name(),
        ), 409
    if autosave.is_wanted():
        return autosave.saved(row.version, row.updated_at)
    flash(_("Sparat %(time)s. Bara du ser det.", time=i18n.clock_time(row.updated_at)))
    return redirect(url_for(".edit", reflection_id=row.id), 303)


@bp.get("/<reflection_id>/ta-bort")
@guarded(Permission.REFLECTION_WRITE, load=load_written)
def ask_to_delete(context: ReflectionContext) -> ResponseReturnValue:
    return render_template(
        "reflections/delete.html", one=reflecting.readable(context.reflection)
    )


@bp.post("/<reflection_id>/ta-bort")
@guarded(Permission.REFLECTION_WRITE, load=load_one)
def delete(context: ReflectionContext) -> ResponseReturnValue:
    """Only what the page before asked about; what is gone already stays gone."""
    if context.reflection and "sure" not in request.form:
        return render_template(
            "reflections/delete.html", one=reflecting.readable(context.reflection)
        ), 422
    delete_reflection(
        db.session(), reflection_id=context.reflection_id,
        user_id=current_user.identity.user_id,
    )
    flash(_("Reflektionen är borttagen."))
    return redirect(url_for(".index"), 303)


@bp.get("/<reflection_id>/anvand")
@guarded(Permission.REFLECTION_READ, load=load_written)
def choose(context: ReflectionContext) -> ResponseReturnValue:
    return _choosing(context, UseForm())


@bp.post("/<reflection_id>/anvand")
@guarded(Permission.REFLECTION_WRITE, load=load_written)
def use(context: ReflectionContext) -> ResponseReturnValue:
    """Copy the text after what stands in a part of an assignment's draft."""
    form, one = UseForm(request.form), reflecting.readable(context.reflection)
    form.offer(_targets(context))
    if not form.validate() or one.words is None:
        return _choosing(context, form), 422
    assignment, section = form.parts[form.target.data]
    identity = current_user.identity
    work = load_work(db.session(), identity, assignment.slug)
    if not permits(identity, work, Permission.DRAFT_WRITE):
        raise NotFound
    answers = draft_answers(db.session(), work)
    text = both(answers.get(section.id, ""), one.words.text)
    if len(text) > HARD_MAX:
        form.target.errors = [_("Texten får inte plats i avsnittet.")]
        return _choosing(context, form), 422
    try:
        save_draft(
            db.session(), owner=work.owner, enrollment=work.enrollment, course=work.course,
            assignment=work.assignment, answers=answers | {section.id: text},
            version=work.version, by=identity.user_id, now=clock.now(), today=work.today,
        )
    except Stale:
        form.target.errors = [_("Någon sparade utkastet just nu. Försök igen.")]
        return _choosing(context, form), 409
    flash(_("Texten är kopierad till ”%(label)s”, efter det som stod där.", label=section.label))
    return redirect(url_for("assignments.write", **work.address, _anchor=field_id(section)), 303)


def rescue_reflection(identity: Identity, url: dict[str, Any], fields: rescue.Fields) -> str:
    """Save what was written when the login had run out."""
    context, form = load_one(db.session(), identity, **url), ReflectionForm(fields)
    if not form.validate():
        raise NotFound
    form.offer(context.modules)
    return url_for("reflections.edit", reflection_id=_save(context, identity, form).id)


rescue.register("reflections.save", rescue_reflection)


def _save(context: ReflectionContext, identity: Identity, form: ReflectionForm) -> Any:
    return save_reflection(
        db.session(), reflection_id=context.reflection_id, user_id=identity.user_id,
        module_id=form.module.data or None, words=form.words, version=form.v.data or 0,
        cipher=reflecting.Sealing(), now=clock.now(),
    )


def _editor(
    context: ReflectionContext,
    form: ReflectionForm,
    reflection_id: str,
    kept: Readable | None,
    module: Any = None,
) -> str:
    form.offer(context.modules)
    return render_template(
        "reflections/edit.html", context=context, form=form, reflection_id=reflection_id,
        kept=kept, module=module,
    )


def _choosing(context: ReflectionContext, form: UseForm) -> str:
    form.offer(_targets(context))
    return render_template(
        "reflections/use.html", form=form, one=reflecting.readable(context.reflection)
    )


def _targets(context: ReflectionContext) -> list[Any]:
    if context.reading is None:
        return []
    return targets(db.session(), context.reading, today=clock.today())


def _titles(context: ReflectionContext) -> dict[str, str]:
    return {
        one.id: _("Modul %(number)s: %(title)s", number=one.number, title=one.title)
        for one in context.modules
    }
