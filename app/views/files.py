"""Files of an assignment: beside the draft, and as they were handed in."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import (
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, reasons
from app.files.receiving import received, receives_files, storage
from app.forms.files import UploadForm
from app.guard import guarded
from app.http.access import log_access
from app.views import reviews
from app.views.assignments import JOINT, OWN, bp, load
from courses.documents.uploads import ACCEPT
from courses.errors import NotFound, Reason, Refused
from courses.identity import Identity
from courses.permissions import Permission
from courses.queries.assignment_pages import round_numbered
from courses.queries.files import File, draft_file, draft_files, round_file
from courses.queries.reviews import ReviewContext, load_review
from courses.queries.work_context import WorkContext
from courses.services.files import MAX_FILES
from courses.services.files import add_file as add
from courses.services.files import remove_file as remove

receives_files("assignments.add_file", page="assignments.files")
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


@bp.get(f"{OWN}/filer")
@bp.get(f"{JOINT}/filer")
@guarded(Permission.DRAFT_READ, load=load)
def files(context: WorkContext) -> ResponseReturnValue:
    if not context.assignment.is_handed_in:
        return redirect(url_for(".show", **context.address), 303)
    form = UploadForm()
    form.show(request.args.get("fel", ""))
    return _page(context, form)


@bp.post(f"{OWN}/filer")
@bp.post(f"{JOINT}/filer")
@guarded(Permission.DRAFT_WRITE, load=load)
def add_file(context: WorkContext) -> ResponseReturnValue:
    try:
        file = add(
            db.session(), owner=context.owner, enrollment=context.enrollment,
            course=context.course, assignment=context.assignment, upload=received().keep(),
            by=current_user.identity.user_id, now=clock.now(), today=context.today,
        )
    except Refused as refused:
        return _page(context, UploadForm.after(refused)), 422
    flash(_("Filen ”%(name)s” är sparad.", name=file.name))
    return redirect(url_for(".files", **context.address), 303)


@bp.get(f"{OWN}/filer/<int:file_id>")
@bp.get(f"{JOINT}/filer/<int:file_id>")
@guarded(Permission.DRAFT_READ, load=load)
def open_file(context: WorkContext) -> ResponseReturnValue:
    return send(draft_file(db.session(), context, _number("file_id")))


@bp.get(f"{OWN}/filer/<int:file_id>/ta-bort")
@bp.get(f"{JOINT}/filer/<int:file_id>/ta-bort")
@guarded(Permission.DRAFT_WRITE, load=load)
def confirm_removal(context: WorkContext) -> ResponseReturnValue:
    file = draft_file(db.session(), context, _number("file_id"))
    return render_template("assignments/remove_file.html", context=context, file=file)


@bp.post(f"{OWN}/filer/<int:file_id>/ta-bort")
@bp.post(f"{JOINT}/filer/<int:file_id>/ta-bort")
@guarded(Permission.DRAFT_WRITE, load=load)
def remove_file(context: WorkContext) -> ResponseReturnValue:
    remove(
        db.session(), owner=context.owner, assignment=context.assignment,
        file_id=_number("file_id"),
    )
    flash(_("Filen är borttagen."))
    return redirect(url_for(".files", **context.address), 303)


@bp.get(f"{OWN}/versioner/<int:number>/filer/<int:place>")
@bp.get(f"{JOINT}/versioner/<int:number>/filer/<int:place>")
@guarded(Permission.SUBMISSION_READ, load=load)
def open_round_file(context: WorkContext) -> ResponseReturnValue:
    one = round_numbered(db.session(), context, _number("number"))
    return send(round_file(db.session(), one.round, _number("place")))


def load_file(session: Any, identity: Identity, submission_id: int, **_at: int) -> ReviewContext:
    return load_review(session, identity, submission_id)


@reviews.bp.get("/<int:submission_id>/versioner/<int:number>/filer/<int:place>")
@guarded(Permission.REVIEW_WRITE, load=load_file)
def open_file_of_review(context: ReviewContext) -> ResponseReturnValue:
    """For trainers: of a round that they may read, a file that has been checked."""
    page = reviews.page_of(context)
    readable = [one for one in (page.current, *page.earlier) if one]
    found = [one.round for one in readable if one.round.number == _number("number")]
    if not found:
        raise NotFound
    file = round_file(db.session(), found[0], _number("place"))
    answer = send(file)
    submission = context.submission
    what = f"submission:{submission.id}"
    if submission.team_id is not None:
        what += f" team:{submission.team_id}"
    log_access(f"{what} file:{file.id}", subject_id=context.author and context.author.id)
    return answer


def send(file: File) -> ResponseReturnValue:
    """Give a file to be saved, never to be shown in our name; Refused while it may not be."""
    file.refuse_to(current_user.identity.user_id)
    path = storage().path(file.sha256)
    answer = Response(_pieces(path), mimetype=file.media_type)
    answer.content_length = path.stat().st_size
    plain = unicodedata.normalize("NFKD", file.name).encode("ascii", "ignore").decode()
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="{plain.replace(chr(34), "")}"; '
        f"filename*=UTF-8''{quote(file.name, safe='')}"
    )
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(65_536):
            yield piece


def _page(context: WorkContext, form: UploadForm) -> str:
    return render_template(
        "assignments/files.html", context=context, form=form, accept=ACCEPT,
        files=draft_files(db.session(), context), most=MAX_FILES,
        opens_to_others=opens_to_others(),
        why=lambda file: reasons.sentence(Refused(Reason(file.reason))),
    )


def opens_to_others() -> bool:
    """Whether files will be opened to others by themselves: a scanner, or the owner's word."""
    config = current_app.config["STEGVIS"]
    return bool(config.clamd_url) or config.opens_unscanned


def _number(name: str) -> int:
    return (request.view_args or {})[name]
