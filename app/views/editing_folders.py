"""A whole folder: loaded from a ZIP into the draft, and taken home as one."""

import io
from datetime import date

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock, db, reasons
from app.files.uploads import uploads
from app.forms.editing import FolderForm
from app.guard import guarded
from app.http.incoming import allow_more
from app.pages import editing
from app.pages.editing import Draft, bench_of, load_draft
from app.views.editing import bp
from app.views.editing_files import acting
from courses.catalog import Workbench, open_draft, pack_files
from courses.catalog.zip_folder import MAX_PACKED, read_zip
from courses.errors import Refused
from courses.permissions import Permission
from courses.services.content import replace_all

allow_more("editing.receive_folder", MAX_PACKED + 100_000)


@bp.get("/<course_id>/las-in")
@guarded(Permission.CONTENT_EDIT, load=load_draft)
def load_folder(draft: Draft) -> ResponseReturnValue:
    return _load_page(draft, FolderForm())


@bp.post("/<course_id>/las-in")
@guarded(Permission.CONTENT_EDIT, load=load_draft)
def receive_folder(draft: Draft) -> ResponseReturnValue:
    form = FolderForm()
    data = form.read(request.files)
    if data is None:
        return _load_page(draft, form), 422
    try:
        found = read_zip(data, draft.course_id)
    except Refused as refused:
        form.folder.errors = [reasons.sentence(refused)]
        return _load_page(draft, form), 422
    for outside in found.outside[:5]:
        flash(_("%(file)s ligger utanför utbildningens mapp och läses inte in.", file=outside))
    digest = uploads().keep(found.files)
    return redirect(url_for(".check_folder", course_id=draft.course_id, digest=digest), 303)


@bp.get("/<course_id>/las-in/<digest>")
@guarded(Permission.CONTENT_EDIT, load=load_draft)
def check_folder(draft: Draft) -> ResponseReturnValue:
    bench = bench_of(draft)
    return render_template(
        "editing/check_folder.html", draft=draft, bench=bench, digest=draft.at["digest"],
        folder=_opened(draft, bench, clock.today()),
    )


@bp.post("/<course_id>/las-in/<digest>")
@guarded(Permission.CONTENT_EDIT, load=load_draft)
def take_in_folder(draft: Draft) -> ResponseReturnValue:
    files = uploads().find(draft.at["digest"])
    replace_all(db.session(), draft.course_id, bench_of(draft).base, files, **acting())
    flash(_("Mappen är inläst i utkastet. Deltagarna ser den när du publicerar."))
    return redirect(url_for(".show", course_id=draft.course_id), 303)


@bp.get("/<course_id>/utkast.zip")
@guarded(Permission.CONTENT_PREVIEW, load=load_draft)
def download_draft(draft: Draft) -> ResponseReturnValue:
    return _zip(pack_files(bench_of(draft).files)[1], f"{draft.course_id}-utkast.zip")


def _load_page(draft: Draft, form: FolderForm) -> str:
    return render_template(
        "editing/load_folder.html", draft=draft, bench=bench_of(draft), form=form
    )


def _opened(draft: Draft, bench: Workbench, today: date) -> Workbench:
    """The folder as a draft of its own, held against what is published."""
    return open_draft(
        bench.base, uploads().find(draft.at["digest"]), today=today,
        addresses=editing.addresses(draft.course_id),
    )


def _zip(data: bytes, name: str) -> ResponseReturnValue:
    return send_file(io.BytesIO(data), "application/zip", as_attachment=True, download_name=name)
