"""A file of the draft in a text box: written, added, left out, and let be as published."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, reasons
from app.forms.editing import FileForm, NewFileForm
from app.guard import guarded
from app.http import rescue
from app.pages import editing
from app.pages.editing import Draft, bench_of, changes_of, load_draft
from app.views.editing import bp, difference
from courses.catalog import Workbench, as_written, fingerprint
from courses.catalog.files import TEXTS
from courses.errors import NotFound, Refused, Stale
from courses.identity import Identity
from courses.permissions import Permission
from courses.services.content import discard_all, discard_file, remove_file, save_file


def acting() -> dict[str, Any]:
    """Who does it and when, as services ask."""
    return {"by": current_user.identity.user_id, "now": clock.now()}


@bp.get("/<course_id>/fil/<path:path>")
@guarded(Permission.CONTENT_EDIT, load=load_draft)
def edit(draft: Draft) -> ResponseReturnValue:
    bench = bench_of(draft)
    path = _known(draft, bench)
    raw = bench.files.get(path)
    if raw is None:
        return render_template("editing/left_out.html", draft=draft, bench=bench, path=path)
    form = FileForm(text=_text(raw) or "", based_on=fingerprint(raw))
    return _edit_page(draft, bench, form)


@bp.post("/<course_id>/fil/<path:path>")
@guarded(Permission.CONTENT_EDIT, load=load_draft)
def save(draft: Draft) -> ResponseReturnValue:
    bench = bench_of(draft)
    path, form = _known(draft, bench), FileForm(request.form)
    if not (form.text.data or "").strip():
        form.text.errors = [_("Filen kan inte vara tom. Ta bort den om den inte ska finnas.")]
        return _edit_page(draft, bench, form), 422
    try:
        save_file(
            db.session(), draft.course_id, bench.base, path, as_written(form.text.data),
            based_on=form.based_on.data or "", **acting(),
        )
    except Stale as stale:
        return _conflict_page(draft, bench, path, stale), 409
    except Refused as refused:
        form.text.errors = [reasons.sentence(refused)]
        return _edit_page(draft, bench, form), 422
    flash(_("Sparat i utkastet. Deltagarna ser det när du publicerar."))
    return redirect(_after(draft, path), 303)


@bp.get("/<course_id>/ny-fil")
@guarded(Permission.CONTENT_EDIT, load=load_draft)
def new(draft: Draft) -> ResponseReturnValue:
    return render_template(
        "editing/new.html", draft=draft, bench=bench_of(draft), form=NewFileForm()
    )


@bp.post("/<course_id>/ny-fil")
@guarded(Permission.CONTENT_EDIT, load=load_draft)
def add(draft: Draft) -> ResponseReturnValue:
    bench, form = bench_of(draft), NewFileForm(request.form)
    if form.validate():
        path = form.path.data
        try:
            save_file(
                db.session(), draft.course_id, bench.base, path, as_written(form.text.data),
                based_on="", **acting(),
            )
        except Refused as refused:
            form.path.errors = [reasons.sentence(refused)]
        else:
            flash(_("Filen finns nu i utkastet."))
            return redirect(url_for(".edit", course_id=draft.course_id, path=path), 303)
    return render_template("editing/new.html", draft=draft, bench=bench, form=form), 422


@bp.post("/<course_id>/ta-bort/<path:path>")
@guarded(Permission.CONTENT_EDIT, load=load_draft)
def remove(draft: Draft) -> ResponseReturnValue:
    bench = bench_of(draft)
    path = _known(draft, bench)
    remove_file(db.session(), draft.course_id, bench.base, path, **acting())
    flash(_("%(file)s är borttagen ur utkastet.", file=path))
    return redirect(url_for(".changes", course_id=draft.course_id), 303)


@bp.post("/<course_id>/kasta/<path:path>")
@guarded(Permission.CONTENT_EDIT, load=load_draft)
def discard(draft: Draft) -> ResponseReturnValue:
    path = _known(draft, bench_of(draft))
    discard_file(db.session(), draft.course_id, path, **acting())
    flash(_("%(file)s är som i den publicerade upplagan igen.", file=path))
    return redirect(url_for(".changes", course_id=draft.course_id), 303)


@bp.get("/<course_id>/kasta")
@guarded(Permission.CONTENT_EDIT, load=load_draft)
def ask_to_discard(draft: Draft) -> ResponseReturnValue:
    return render_template("editing/discard.html", draft=draft, bench=bench_of(draft))


@bp.post("/<course_id>/kasta")
@guarded(Permission.CONTENT_EDIT, load=load_draft)
def discard_draft(draft: Draft) -> ResponseReturnValue:
    discard_all(db.session(), draft.course_id, **acting())
    flash(_("Utkastet är kastat. Allt är som i den publicerade upplagan."))
    return redirect(url_for(".show", course_id=draft.course_id), 303)


def _known(draft: Draft, bench: Workbench) -> str:
    """The file in the address: published, or of the draft."""
    path: str = draft.at["path"]
    if path not in bench.files and path not in bench.base:
        raise NotFound
    return path


def _text(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _edit_page(draft: Draft, bench: Workbench, form: FileForm) -> str:
    path: str = draft.at["path"]
    entry = bench.entries.get(path)
    raw = bench.files.get(path, b"")
    is_text = "." + path.rpartition(".")[2] in TEXTS
    changed = next((one for one in changes_of(draft) if one.path == path), None)
    return render_template(
        "editing/edit.html", draft=draft, bench=bench, path=path, entry=entry,
        form=form if is_text else None, lines=(_text(raw) or "").split("\n"),
        found=bench.problems_in([path]), is_readable=_text(raw) is not None,
        preview=editing.preview_address(draft.course_id, bench.original, entry)
        if entry else None,
        is_overtaken=changed is not None
        and changed.base_digest != fingerprint(bench.base.get(path)),
        written_in=_language_of(path, bench),
    )


def _language_of(path: str, bench: Workbench) -> str:
    """The language that the file's text is written in."""
    mark = path.split(".")[-2] if path.count(".") > 1 else ""
    return mark if mark in bench.languages else next(iter(bench.languages), "sv")


def _conflict_page(draft: Draft, bench: Workbench, path: str, stale: Stale) -> str:
    theirs = (stale.theirs or b"").decode("utf-8-sig")
    mine = stale.mine.decode()
    return render_template(
        "editing/conflict.html", draft=draft, bench=bench, path=path, stale=stale,
        form=FileForm(text=mine, based_on=fingerprint(stale.theirs)), theirs=theirs,
        difference=difference(stale.theirs, stale.mine),
        written_in=_language_of(path, bench),
    )


def _after(draft: Draft, path: str) -> str:
    """Back to the text box, or on to the preview, as the button said."""
    if request.form.get("then") == "preview":
        bench = bench_of(draft)
        entry = bench.entries.get(path)
        if entry and (found := editing.preview_address(
            draft.course_id, bench.original, entry
        )):
            return found
    return url_for(".edit", course_id=draft.course_id, path=path)


def _save_rescued(identity: Identity, url: dict[str, Any], fields: rescue.Fields) -> str:
    """Save a text in the draft whose author had been logged out; Stale when it cannot be."""
    draft = Draft(url["course_id"], url)
    path = url["path"]
    save_file(
        db.session(), draft.course_id, bench_of(draft).base, path,
        as_written(fields.get("text", "")), based_on=fields.get("based_on", ""),
        by=identity.user_id, now=clock.now(),
    )
    return url_for("editing.edit", course_id=draft.course_id, path=path)


rescue.register("editing.save", _save_rescued)
