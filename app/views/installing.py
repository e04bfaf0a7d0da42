"""Setting up an installation in the browser, once: six pages, and nothing until the last."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock, db, editions, installing, owner, reasons
from app.forms.cohorts import new_cohort_form
from app.forms.installing import AdministratorForm, MailForm, OwnerForm, places_form
from app.guard import public
from app.i18n import select_language
from app.login import passwords
from app.login.welcome import welcome
from app.mail.testing import try_mail
from courses.catalog import Course, planned_dates
from courses.errors import Refused
from courses.services.installing import FirstCohort, FirstPerson, install
from courses.vocabulary import Language

bp = Blueprint("installing", __name__, url_prefix="/installera")
STEPS = ("owner", "administrator", "places", "cohort", "mail", "check")
NEEDED = ("owner", "administrator", "places")
NO_COHORT: dict[str, Any] = {}


@bp.get("/<code>")
@public
def enter(code: str) -> ResponseReturnValue:
    """The address in the server's log. A wrong code is no page at all."""
    installing.enter(code)
    return redirect(url_for(".show", step=1), 303)


@bp.get("/steg/<int:step>")
@public
def show(step: int) -> ResponseReturnValue:
    known = installing.answers()
    name = _step(step)
    if name == "check":
        return _missing(known) or _page(step, None, known)
    return _page(step, _form(name, known, None), known)


@bp.post("/steg/<int:step>")
@public
def save(step: int) -> ResponseReturnValue:
    known = installing.answers()
    name = _step(step)
    if name == "check":
        return _missing(known) or _finish(step, known)
    if "skip" in request.form and name in ("cohort", "mail"):
        installing.keep(known | ({"cohort": NO_COHORT} if name == "cohort" else {}))
        return redirect(url_for(".show", step=step + 1), 303)
    form = _form(name, known, request.form)
    if not form.validate() or (name == "administrator" and _refuses(form)):
        return _page(step, form, known), 422
    if name == "mail":
        outcome = try_mail(form.email.data)
        return _page(step, form, known, outcome=outcome)
    installing.keep(known | {name: _answer(name, form, known)})
    return redirect(url_for(".show", step=step + 1), 303)


def _step(step: int) -> str:
    if not 1 <= step <= len(STEPS):
        abort(404)
    return STEPS[step - 1]


def _missing(known: installing.Answers) -> ResponseReturnValue | None:
    """Lead back to the first page that has to be answered and has not been."""
    for name in NEEDED:
        if name not in known:
            return redirect(url_for(".show", step=STEPS.index(name) + 1), 303)
    return None


def _form(name: str, known: installing.Answers, data: Any) -> Any:
    given = known.get(name) or {}
    if name == "owner":
        course = _courses()[0].owner if _courses() else None
        return OwnerForm(data, course, **given) if not given else OwnerForm(data, **given)
    if name == "administrator":
        return AdministratorForm(
            data, name=given.get("name"), email=given.get("email"),
            has_password="password_hash" in given,
        )
    if name == "places":
        return places_form(data, given or None)
    if name == "mail":
        return MailForm(data, email=known.get("administrator", {}).get("email"))
    form = new_cohort_form(_courses(), data)
    if data is None and given:
        form.process(data=given | {"first_monday": date.fromisoformat(given["first_monday"])})
    return form


def _answer(name: str, form: Any, known: installing.Answers) -> Any:
    """Return what is kept of a page: of a password its hash alone."""
    if name == "owner":
        return dict(form.data)
    if name == "administrator":
        typed = form.password.data
        return {
            "name": form.name.data, "email": form.email.data, "language": select_language(),
            "password_hash": passwords.hash_password(typed) if typed
            else known["administrator"]["password_hash"],
        }
    if name == "places":
        return form.pairs()
    return form.data | {"first_monday": form.first_monday.data.isoformat()}


def _finish(step: int, known: installing.Answers) -> ResponseReturnValue:
    """Write it all in one transaction; whoever comes second finds no such page."""
    person = FirstPerson(
        **known["administrator"] | {"language": Language(known["administrator"]["language"])}
    )
    try:
        with db.transaction() as session:
            user = install(
                session, person, owner=known["owner"], municipalities=known["places"],
                cohort=_cohort(known), now=clock.now(),
            )
    except Refused as refused:
        return _page(step, None, known, problem=reasons.sentence(refused)), 409
    owner.write(current_app._get_current_object())
    installing.close()
    return welcome(user.id, language=person.language, email=person.email)


def _cohort(known: installing.Answers) -> FirstCohort | None:
    given = known.get("cohort")
    if not given:
        return None
    return FirstCohort(
        course=editions.current_course(given["course"]), name=given["name"],
        first_monday=date.fromisoformat(given["first_monday"]),
        shares_drafts=given["shares_drafts"] == "yes",
        issues_automatically=given["issues"] == "automatic",
    )


def _page(step: int, form: Any, known: installing.Answers, **more: Any) -> str:
    name = _step(step)
    cohort = _cohort(known) if name == "check" else None
    return render_template(
        f"installing/{name}.html", form=form, step=step, steps=len(STEPS), known=known,
        cohort=cohort, numbers={one: number for number, one in enumerate(STEPS, 1)},
        planned=planned_dates(cohort.course, cohort.first_monday) if cohort else None,
        has_server=bool(current_app.config["STEGVIS"].smtp_url),
        outcome=more.get("outcome"), problem=more.get("problem"),
    )


def _refuses(form: AdministratorForm) -> bool:
    return passwords.refuses(form.password, form.email.data, form.name.data)


def _courses() -> list[Course]:
    return [editions.current_course(one) for one in editions.store().courses()]
