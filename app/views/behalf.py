"""For trainers and county coordinators: more time, and handing in, for somebody else."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, editions, reasons
from app.forms.assignments import AnswersForm
from app.forms.behalf import RegisteringForm
from app.forms.guarding import reason_for, where_in_file
from app.forms.handins import HandInForm
from app.forms.talking import ExtensionForm
from app.guard import guarded
from app.http.access import log_access
from app.pages.answers import original_of
from app.views.reviews import bp as reviews_bp
from app.views.talking import OF_THE_DATE
from courses.catalog import Assignment, Course
from courses.errors import NotFound, Refused, Stale
from courses.permissions import Permission, permits
from courses.queries.behalf import extendable, owners_to_help
from courses.queries.files import InFile, behalf_files, places_on_behalf
from courses.queries.owners import HelpedContext, load_helped
from courses.queries.review_queue import OwnQueue, load_queue
from courses.services.extensions import extend as give_time
from courses.services.handing_in_for import OnBehalf, hand_in_for

bp = Blueprint("behalf", __name__, url_prefix="/registrera")
PERSON, TEAM = "/deltagare/<int:enrollment_id>", "/team/<int:team_id>"


@reviews_bp.get("/registrera/mer-tid")
@guarded(Permission.QUEUE_READ, load=load_queue)
def extend(_context: OwnQueue) -> ResponseReturnValue:
    """For whom? Persons and teams of the cohorts that one trains."""
    found = owners_to_help(db.session(), current_user.identity, with_teams=True)
    return render_template("behalf/choose.html", owners=found, endpoint="behalf.extend")


@reviews_bp.get("/registrera/inlamning", endpoint="hand_in_for")
@guarded(Permission.QUEUE_READ, load=load_queue)
def hand_in_for_(_context: OwnQueue) -> ResponseReturnValue:
    found = owners_to_help(db.session(), current_user.identity, with_teams=False)
    return render_template("behalf/choose.html", owners=found, endpoint="behalf.hand_in")


@bp.get(f"{PERSON}/mer-tid", endpoint="extend")
@bp.get(f"{TEAM}/mer-tid", endpoint="extend")
@guarded(Permission.DEADLINE_EXTEND, load=load_helped)
def extension(context: HelpedContext) -> ResponseReturnValue:
    return _extending(context, _extension_form(context))


@bp.post(f"{PERSON}/mer-tid", endpoint="give")
@bp.post(f"{TEAM}/mer-tid", endpoint="give")
@guarded(Permission.DEADLINE_EXTEND, load=load_helped)
def give(context: HelpedContext) -> ResponseReturnValue:
    form = _extension_form(context, request.form)
    course = course_of(context)
    if not form.validate_guarded(course.function_numbers):
        return _extending(context, form), 422
    try:
        given = give_time(
            db.session(), owner=context.owner, course=course,
            assignment=assignment_of(course, form.assignment.data), due_on=form.due_on.data,
            reason=form.reason.data, by=current_user.identity.user_id, now=clock.now(),
            today=clock.today(),
        )
    except Refused as refused:
        form.due_on.errors = [reasons.sentence(refused)]
        return _extending(context, form), 422 if refused.reason in OF_THE_DATE else 409
    flash(_("%(name)s har fått mer tid.", name=context.name))
    return redirect(url_for(".extend", given=given.id, **context.address), 303)


@bp.get(f"{PERSON}/inlamning")
@guarded(Permission.SUBMISSION_REGISTER, load=load_helped)
def hand_in(context: HelpedContext) -> ResponseReturnValue:
    """Which assignment? Those that are still to be handed in, as far as one may know."""
    log(context)
    return render_template(
        "behalf/assignments.html", context=context, choices=_choices(context),
    )


@bp.get(f"{PERSON}/inlamning/<assignment_id>")
@guarded(Permission.SUBMISSION_REGISTER, load=load_helped)
def write(context: HelpedContext) -> ResponseReturnValue:
    _course, assignment = _course_and_assignment(context)
    answers = AnswersForm.showing(assignment, _original(context, assignment), {})
    return _registering(context, assignment, answers, RegisteringForm())


@bp.post(f"{PERSON}/inlamning/<assignment_id>")
@guarded(Permission.SUBMISSION_REGISTER, load=load_helped)
def register(context: HelpedContext) -> ResponseReturnValue:
    course, assignment = _course_and_assignment(context)
    answers = AnswersForm.posted(assignment, _original(context, assignment), request.form)
    form = RegisteringForm(request.form)
    if add := request.form.get("add"):  # a row more; nothing is handed in by it
        count = request.form.get(f"rows-{add}", 0, type=int) + 1
        answers = AnswersForm.showing(
            assignment, _original(context, assignment), answers.answers, rows={add: count}
        )
        return _registering(context, assignment, answers, form)
    in_files = _in_files(context)
    looked = HandInForm(
        assignment, answers.answers, known=course.function_numbers, posted=request.form,
        in_files=in_files, on_paper=bool(in_files),
    )
    answers.tell_what_lacks(assignment, answers.answers, on_paper=bool(in_files))
    is_sound = form.validate_guarded(course.function_numbers)
    if not is_sound or looked.problems or not answers.validate():
        return _registering(context, assignment, answers, form, looked), 422
    try:
        hand_in_for(
            db.session(), enrollment=context.owner, team_name=context.team_name, course=course,
            assignment=assignment, by=current_user.identity.user_id, now=clock.now(),
            today=clock.today(),
            what=OnBehalf(
                answers=answers.answers, reason=form.reason.data,
                attested_by=form.attested_by.data, has_attested=looked.has_attested,
                has_checked=looked.has_checked, files=request.form.get("files", ""),
            ),
        )
    except Refused as refused:
        return _registering(
            context, assignment, answers, form, looked, why=reasons.sentence(refused)
        ), 409
    except Stale:
        why = _("Filerna har ändrats sedan du läste sidan. Läs igenom dem igen.")
        return _registering(context, assignment, answers, form, looked, why=why), 409
    flash(_("Uppgiften är inskickad åt %(name)s, som har fått ett kvitto.", name=context.name))
    return redirect(url_for(".hand_in", **context.address), 303)


def course_of(context: HelpedContext) -> Course:
    return editions.course(context.edition_digest)


def assignment_of(course: Course, assignment_id: str) -> Assignment:
    found = next((one for one in course.assignments if one.id == assignment_id), None)
    if found is None or not found.is_handed_in:
        raise NotFound
    return found


def _course_and_assignment(context: HelpedContext) -> tuple[Course, Assignment]:
    course = course_of(context)
    return course, assignment_of(course, context.assignment_id)


def _original(context: HelpedContext, assignment: Assignment) -> Assignment:
    return original_of(context.edition_digest, assignment.id)


def _choices(context: HelpedContext) -> list[Assignment]:
    """What is still to be handed in. Who coordinates and does not train is not told by the list
    that something has been sent back."""
    trains = permits(current_user.identity, context, Permission.THREAD_ANSWER)
    found = extendable(db.session(), context.owner, only_before_first=not trains)
    alone = context.team is None and context.owner.home_team_id is None
    return [
        one for one in course_of(context).assignments
        if one.is_handed_in and found(one.id)
        and (one.is_joint is (context.team is not None) or (one.is_joint and alone))
    ]


def _extension_form(context: HelpedContext, posted: Any = None) -> ExtensionForm:
    form = ExtensionForm(posted)
    form.assignment.choices = [(one.id, one.title) for one in _choices(context)]
    return form


def _extending(context: HelpedContext, form: ExtensionForm) -> str:
    log(context)
    return render_template(
        "behalf/extend.html", context=context, form=form, course=course_of(context)
    )


def _registering(
    context: HelpedContext, assignment: Assignment, answers: AnswersForm, form: RegisteringForm,
    looked: HandInForm | None = None, *, why: str = "",
) -> str:
    log(context)
    return render_template(
        "behalf/register.html", context=context, assignment=assignment, answers=answers,
        form=form, looked=looked, course=course_of(context), why=why,
        files=behalf_files(db.session(), *_kept_for(context)),
        in_files=looked.in_files if looked else _in_files(context),
        address_of_file=lambda file: url_for(
            "behalf.file", enrollment_id=context.owner.id, assignment_id=assignment.id,
            file_id=file.id,
        ),
        where_in_file=where_in_file, reason_for=reason_for,
    )


def _in_files(context: HelpedContext) -> list[InFile]:
    return places_on_behalf(db.session(), *_kept_for(context))


def _kept_for(context: HelpedContext) -> tuple[int, str, int]:
    return context.owner.id, context.assignment_id, current_user.identity.user_id


def log(context: HelpedContext) -> None:
    """Note whose page was opened."""
    what = f"team:{context.team.id}" if context.team else "participant"
    log_access(what, subject_id=context.user_id)
