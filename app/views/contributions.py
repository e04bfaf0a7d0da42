"""*Ditt bidrag*: written for oneself, and given to the team on purpose."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, i18n
from app.forms.sharing import ContributionForm, ShareForm
from app.guard import guarded
from app.http import autosave, rescue
from app.http.access import log_guard
from app.views.assignments import JOINT, load
from app.views.joint import bp, work_of
from courses.errors import NotFound, Stale
from courses.identity import Identity
from courses.permissions import Permission
from courses.queries.joint_pages import together
from courses.queries.joint_parts import Together, gift_scope, readers_of_gift
from courses.queries.work_context import WorkContext
from courses.rules.answers_guard import counted
from courses.services.contributions import (
    save_contribution,
    share_contribution,
    withdraw_contribution,
)

WHOLE = "helheten"
"""In the address of a contribution that is about no heading."""
OWN = f"{JOINT}/bidrag/<section_id>"


def load_own(session: Any, identity: Identity, section_id: str, **url: Any) -> WorkContext:
    context = load(session, identity, **url)
    if section_id != WHOLE and context.assignment.section(section_id) is None:
        raise NotFound
    return context


def heading() -> str:
    """Return the section that the contribution is about; empty for the whole."""
    named: str = request.view_args["section_id"]
    return "" if named == WHOLE else named


@bp.get(OWN)
@guarded(Permission.CONTRIBUTION_WRITE, load=load_own)
def contribution(context: WorkContext) -> ResponseReturnValue:
    found = _found(context)
    own = found.own.get(heading())
    form = ContributionForm(data={"v": own.version if own else 0, "text": own.text if own else ""})
    return _writing(context, form, found)


@bp.post(OWN)
@guarded(Permission.CONTRIBUTION_WRITE, load=load_own)
def save_own(context: WorkContext) -> ResponseReturnValue:
    form, keep = ContributionForm(request.form), request.form.get("keep")
    if keep == "theirs":
        return redirect(_address(context, "contribution", val=1), 303)
    if keep == "both":
        own = _found(context).own.get(heading())
        form.text.data = "\n\n".join(filter(None, (own.text if own else "", form.text.data)))
    is_sound, shares = form.validate(), request.form.get("then") == "share"
    if is_sound and shares and not (form.text.data or "").strip():
        form.text.errors, is_sound = [_("Skriv ditt bidrag innan du delar det")], False
    if not is_sound:
        if autosave.is_wanted():
            return autosave.invalid(form.text.errors[0])
        return _writing(context, form, _found(context)), 422
    try:
        row = save_contribution(
            db.session(), work_of(context), heading(), form.text.data or "",
            version=form.v.data or 0,
        )
    except Stale as stale:
        if autosave.is_wanted():
            return autosave.conflict()
        form.v.data, form.v.raw_data = stale.version, None
        return render_template(
            "joint/contribution_conflict.html", context=context, form=form, stale=stale,
            section_id=request.view_args["section_id"],
        ), 409
    if autosave.is_wanted():
        return autosave.saved(row.version, row.updated_at)
    if shares:
        return redirect(_address(context, "ask_to_share"), 303)
    flash(_("Sparat %(time)s. Bara du ser det.", time=i18n.clock_time(row.updated_at)))
    return redirect(_address(context, "contribution", **({"val": 1} if keep else {})), 303)


def rescue_contribution(identity: Identity, url: dict[str, Any], fields: rescue.Fields) -> str:
    """Save what was written when the login had run out; never shares."""
    context, form = load_own(db.session(), identity, **url), ContributionForm(fields)
    if not form.validate():
        raise NotFound
    section_id = url["section_id"]
    save_contribution(
        db.session(), work_of(context), "" if section_id == WHOLE else section_id,
        form.text.data or "", version=form.v.data or 0,
    )
    return url_for("joint.contribution", section_id=section_id, **context.address)


rescue.register("joint.save_own", rescue_contribution)


@bp.get(f"{OWN}/dela")
@guarded(Permission.CONTRIBUTION_WRITE, load=load_own)
def ask_to_share(context: WorkContext) -> ResponseReturnValue:
    found = _found(context)
    if not _text(found).strip():
        return redirect(_address(context, "contribution"), 303)
    return _sharing(context, found, ShareForm(data={"v": found.own[heading()].version}))


@bp.post(f"{OWN}/dela")
@guarded(Permission.CONTRIBUTION_WRITE, load=load_own)
def share(context: WorkContext) -> ResponseReturnValue:
    found, form = _found(context), ShareForm(request.form)
    form.look(_text(found), known=context.course.function_numbers)
    if not form.validate():
        log_guard(
            context.enrollment.id, context.assignment.id,
            counted(one.finding.kind for one in form.found),
        )
        return _sharing(context, found, form), 422
    try:
        share_contribution(
            db.session(), work_of(context), heading(), version=form.v.data or 0,
            has_checked=bool(form.checked.data),
        )
    except Stale as stale:
        fresh = ShareForm(data={"v": stale.version})
        return _sharing(context, found, fresh, is_stale=True), 409
    flash(_("Bidraget är delat med teamet."))
    return redirect(url_for("assignments.show", **context.address), 303)


@bp.post(f"{OWN}/ta-tillbaka")
@guarded(Permission.CONTRIBUTION_WRITE, load=load_own)
def take_back(context: WorkContext) -> ResponseReturnValue:
    withdraw_contribution(db.session(), work_of(context), heading())
    flash(_("Bidraget är inte längre delat. Din egen text finns kvar."))
    return redirect(_address(context, "contribution"), 303)


def _found(context: WorkContext) -> Together:
    return together(db.session(), context, current_user.identity, now=clock.now())


def _text(found: Together) -> str:
    own = found.own.get(heading())
    return own.text if own else ""


def _address(context: WorkContext, page: str, **more: Any) -> str:
    section_id = request.view_args["section_id"]
    return url_for(f"joint.{page}", section_id=section_id, **context.address, **more)


def _page(context: WorkContext, found: Together) -> dict[str, Any]:
    me = context.enrollment
    return {
        "context": context, "found": found, "own": found.own.get(heading()),
        "section": context.assignment.section(heading()),
        "section_id": request.view_args["section_id"],
        "shared": found.shared(heading(), me.id),
        "scope": gift_scope(context, me.id, me.organization_id),
    }


def _writing(context: WorkContext, form: ContributionForm, found: Together) -> str:
    return render_template("joint/contribution.html", form=form, **_page(context, found))


def _sharing(
    context: WorkContext, found: Together, form: ShareForm, *, is_stale: bool = False
) -> str:
    form.look(_text(found), known=context.course.function_numbers)
    return render_template(
        "joint/share.html", form=form, is_stale=is_stale, text=_text(found),
        readers=readers_of_gift(context, found), **_page(context, found),
    )
