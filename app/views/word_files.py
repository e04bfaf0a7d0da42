"""An assignment as a Word document: taken away, and loaded back into the draft by section."""

import unicodedata
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.datastructures import Headers

from app import clock, db, i18n
from app.files.receiving import received, receives_files
from app.forms.assignments import AnswersForm
from app.forms.files import UploadForm
from app.forms.word_files import WordForm, leftovers_in
from app.guard import guarded
from app.pages.answers import original_of, read_sections, wordings_of
from app.views.assignments import JOINT, OWN, load
from app.views.joint import work_of
from courses.documents.assignment_docx import render_assignment_docx
from courses.documents.uploads import DOCX, read_pieces
from courses.errors import Reason, Refused, Stale
from courses.permissions import Permission, permits
from courses.queries.assignment_pages import draft_answers
from courses.queries.word_files import section_versions
from courses.queries.work_context import WorkContext
from courses.rules.word_reading import Leftover, Piece, read_back
from courses.services.drafts import save_draft
from courses.services.joint_sections import save_section

bp = Blueprint("word_files", __name__)
receives_files("word_files.load_own", page="word_files.own")
receives_files("word_files.load_team", page="word_files.team")


@bp.get(f"{OWN}/word/mall.docx")
@bp.get(f"{JOINT}/word/mall.docx")
@guarded(Permission.WORK_READ, load=load)
def template(context: WorkContext) -> ResponseReturnValue:
    """The document, with what stands in the draft for those who may read it."""
    may_read = permits(current_user.identity, context, Permission.DRAFT_READ)
    draft = draft_answers(db.session(), context) if may_read else {}
    shown = read_sections(context.assignment, _original(context), draft)
    data = render_assignment_docx(
        context.assignment, {one.section.id: one.value for one in shown if not one.is_blank},
        author=context.course.owner.name, language=i18n.select_language(), dated=context.today,
    )
    name = f"{context.assignment.id} {context.assignment.title}.docx"
    # the plain name is for what does not read the other one (RFC 6266)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    headers = Headers()
    headers.set(
        "Content-Disposition", "attachment", filename=plain,
        **{"filename*": f"UTF-8''{quote(name, safe='')}"},
    )
    return Response(data, mimetype=DOCX, headers=headers)


@bp.get(f"{OWN}/word")
@guarded(Permission.DRAFT_WRITE, load=load)
def own(context: WorkContext) -> ResponseReturnValue:
    return _page(context)


@bp.get(f"{JOINT}/word")
@guarded(Permission.SECTION_WRITE, load=load)
def team(context: WorkContext) -> ResponseReturnValue:
    return _page(context)


@bp.post(f"{OWN}/word")
@guarded(Permission.DRAFT_WRITE, load=load)
def load_own(context: WorkContext) -> ResponseReturnValue:
    return _loaded(context)


@bp.post(f"{JOINT}/word")
@guarded(Permission.SECTION_WRITE, load=load)
def load_team(context: WorkContext) -> ResponseReturnValue:
    return _loaded(context)


@bp.post(f"{OWN}/word/spara")
@guarded(Permission.DRAFT_WRITE, load=load)
def keep_own(context: WorkContext) -> ResponseReturnValue:
    return _kept(context)


@bp.post(f"{JOINT}/word/spara")
@guarded(Permission.SECTION_WRITE, load=load)
def keep_team(context: WorkContext) -> ResponseReturnValue:
    return _kept(context)


def _page(context: WorkContext, form: UploadForm | None = None) -> ResponseReturnValue:
    if not context.can_write:
        return redirect(url_for("assignments.show", **context.address), 303)
    if form is None:
        form = UploadForm()
        form.show(request.args.get("fel", ""))
    return render_template("word_files/show.html", context=context, form=form)


def _loaded(context: WorkContext) -> ResponseReturnValue:
    """Read the file and show what it says beside the draft. Nothing is saved, nor is the file."""
    if not context.can_write:
        return redirect(url_for("assignments.show", **context.address), 303)
    came = received()
    try:
        if came.problem or came.upload is None or came.path is None:
            raise Refused(came.problem or Reason.UPLOAD_MISSING)
        if came.upload.media_type != DOCX:
            raise Refused(Reason.UPLOAD_NOT_WORD)
        pieces = [
            Piece(**{**one, "rows": tuple(tuple(row) for row in one.get("rows", ()))})
            for one in read_pieces(came.path)
        ]
    except Refused as refused:
        form = UploadForm()
        form.show(refused.reason)
        return _page(context, form), 422
    wordings = wordings_of(context.course.digest, context.assignment.id)
    found = read_back(
        context.assignment.id, [one.title for one in wordings],
        [one.sections for one in wordings], pieces,
    )
    if found.is_other or not (found.answers or found.leftovers):
        form = UploadForm()
        form.show(Reason.UPLOAD_OTHER_ASSIGNMENT if found.is_other else Reason.UPLOAD_SAYS_NOTHING)
        return _page(context, form), 422
    return _beside(context, found.answers, found.leftovers)


def _kept(context: WorkContext) -> ResponseReturnValue:
    """Save the chosen sections; when somebody has written there since, choose again."""
    answers = AnswersForm.posted(context.assignment, _original(context), request.form).answers
    leftovers = leftovers_in(request.form)
    form = _form(context, answers, chosen=True)
    chosen = form.chosen()
    fits = AnswersForm.showing(context.assignment, _original(context), chosen)
    if not fits.validate():
        return _beside(context, answers, leftovers, problems=fits.messages, chosen=True), 422
    try:
        _save(context, form, chosen)
    except Stale:
        return _beside(context, answers, leftovers, is_stale=True, chosen=True), 409
    except Refused as refused:
        if not fits.tell_refused(refused):
            raise
        return _beside(context, answers, leftovers, problems=fits.messages, chosen=True), 422
    flash(
        ngettext("%(num)s del är sparad ur filen.", "%(num)s delar är sparade ur filen.",
                 len(chosen))
    )
    after = "assignments.show" if context.is_joint_work else "assignments.write"
    return redirect(url_for(after, **context.address), 303)


def _save(context: WorkContext, form: WordForm, chosen: dict[str, Any]) -> None:
    if context.is_joint_work:
        with db.session().begin_nested():  # all of them or none: what is shown again is not saved
            for section_id, value in chosen.items():
                version = request.form.get(f"v-{section_id}", 0, type=int)
                save_section(db.session(), work_of(context), section_id, value, version=version)
    elif chosen:
        save_draft(
            db.session(), owner=context.owner, enrollment=context.enrollment,
            course=context.course, assignment=context.assignment,
            answers=form.draft | chosen, version=request.form.get("v", 0, type=int),
            by=current_user.identity.user_id, now=clock.now(), today=context.today,
        )


def _form(context: WorkContext, answers: dict[str, Any], *, chosen: bool = False) -> WordForm:
    return WordForm(
        context.assignment, _original(context), found=answers,
        draft=draft_answers(db.session(), context),
        versions=section_versions(db.session(), context),
        posted=request.form if chosen else None,
    )


def _beside(
    context: WorkContext,
    answers: dict[str, Any],
    leftovers: list[Leftover],
    *,
    problems: Any = (),
    is_stale: bool = False,
    chosen: bool = False,
) -> str:
    return render_template(
        "word_files/beside.html", context=context, form=_form(context, answers, chosen=chosen),
        leftovers=leftovers, problems=problems, is_stale=is_stale,
    )


def _original(context: WorkContext) -> Any:
    return original_of(context.course.digest, context.assignment.id)
