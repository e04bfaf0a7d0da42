"""Files that are handed in for somebody: the paper that was given, scanned or photographed."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, reasons
from app.files.receiving import received, receives_files
from app.forms.files import UploadForm
from app.guard import guarded
from app.views.behalf import PERSON, assignment_of, bp, course_of, log
from app.views.files import opens_to_others, send
from courses.documents.uploads import ACCEPT
from courses.errors import NotFound, Reason, Refused
from courses.permissions import Permission
from courses.queries.files import File, behalf_files
from courses.queries.owners import HelpedContext, load_helped
from courses.services.files import MAX_FILES, add_behalf_file, remove_behalf_file

FILES = f"{PERSON}/inlamning/<assignment_id>/filer"
receives_files("behalf.add_file", page="behalf.files")


@bp.get(FILES)
@guarded(Permission.SUBMISSION_REGISTER, load=load_helped)
def files(context: HelpedContext) -> ResponseReturnValue:
    form = UploadForm()
    form.show(request.args.get("fel", ""))
    return _page(context, form)


@bp.post(FILES)
@guarded(Permission.SUBMISSION_REGISTER, load=load_helped)
def add_file(context: HelpedContext) -> ResponseReturnValue:
    course = course_of(context)
    try:
        file = add_behalf_file(
            db.session(), enrollment=context.owner, course=course,
            assignment=assignment_of(course, context.assignment_id), upload=received().keep(),
            by=_me(), now=clock.now(), today=clock.today(),
        )
    except Refused as refused:
        return _page(context, UploadForm.after(refused)), 422
    flash(_("Filen ”%(name)s” är sparad.", name=file.name))
    return redirect(url_for(".files", **_address(context)), 303)


@bp.get(f"{FILES}/<int:file_id>")
@guarded(Permission.SUBMISSION_REGISTER, load=load_helped)
def file(context: HelpedContext) -> ResponseReturnValue:
    return send(_file(context))


@bp.get(f"{FILES}/<int:file_id>/ta-bort")
@guarded(Permission.SUBMISSION_REGISTER, load=load_helped)
def confirm_file_removal(context: HelpedContext) -> ResponseReturnValue:
    return render_template(
        "behalf/remove_file.html", file=_file(context), address=_address(context)
    )


@bp.post(f"{FILES}/<int:file_id>/ta-bort")
@guarded(Permission.SUBMISSION_REGISTER, load=load_helped)
def remove_file(context: HelpedContext) -> ResponseReturnValue:
    remove_behalf_file(
        db.session(), enrollment=context.owner, by=_me(), file_id=_file_id(),
        assignment=assignment_of(course_of(context), context.assignment_id),
    )
    flash(_("Filen är borttagen."))
    return redirect(url_for(".files", **_address(context)), 303)


def _page(context: HelpedContext, form: UploadForm) -> str:
    log(context)
    return render_template(
        "behalf/files.html", context=context, form=form, accept=ACCEPT, files=_files(context),
        most=MAX_FILES, opens_to_others=opens_to_others(), address=_address(context),
        assignment=assignment_of(course_of(context), context.assignment_id),
        why=lambda file: reasons.sentence(Refused(Reason(file.reason))),
    )


def _files(context: HelpedContext) -> list[File]:
    return behalf_files(db.session(), context.owner.id, context.assignment_id, _me())


def _file(context: HelpedContext) -> File:
    found = next((one for one in _files(context) if one.id == _file_id()), None)
    if found is None:
        raise NotFound
    return found


def _address(context: HelpedContext) -> dict[str, int | str]:
    return {"enrollment_id": context.owner.id, "assignment_id": context.assignment_id}


def _me() -> int:
    return current_user.identity.user_id


def _file_id() -> int:
    return (request.view_args or {})["file_id"]
