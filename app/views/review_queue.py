"""Trainers: the list of what waits, and *Granska nästa*."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, editions
from app.access import log_access
from app.guard import guarded
from app.views.reviews import FILTERS, bp
from courses.catalog import Course, Module
from courses.permissions import Permission
from courses.queries.review_queue import (
    Narrowing,
    OwnQueue,
    Tab,
    load_queue,
    next_to_review,
    review_queue,
    trained_cohorts,
)
from courses.services.claims import claim_first

TABS = {"vantar": Tab.WAITING, "kompletteringar": Tab.RETURNED, "klara": Tab.DONE}


@bp.get("")
@guarded(Permission.QUEUE_READ, load=load_queue)
def queue(_context: OwnQueue) -> ResponseReturnValue:
    identity = current_user.identity
    cohorts = trained_cohorts(db.session(), identity)
    courses = {key: editions.course(digest) for key, (_name, digest) in cohorts.items()}
    tab = TABS.get(request.args.get("flik", ""), Tab.WAITING)
    found = review_queue(
        db.session(), identity, tab, _narrowing(request.args, courses),
        after=request.args.get("efter"), now=clock.now(), today=clock.today(),
    )
    log_access("queue")
    return render_template(
        "reviews/queue.html", queue=found, tab=tab, tabs=TABS, Tab=Tab, courses=courses,
        cohorts=cohorts, modules=_modules(courses), chosen=request.args.get("uppgift", ""),
        mine="mina" in request.args, is_later="efter" in request.args,
    )


@bp.post("/nasta")
@guarded(Permission.QUEUE_READ, load=load_queue)
def review_next(_context: OwnQueue) -> ResponseReturnValue:
    submission_id = take_next(request.form)
    if submission_id is None:
        flash(_("Inget mer väntar på dig just nu."))
        return redirect(url_for(".queue"), 303)
    return to_next(submission_id, request.form)


def take_next(filters: Mapping[str, str]) -> int | None:
    """Begin to read what has waited longest among what the filters leave; return its id."""
    identity, now = current_user.identity, clock.now()
    cohorts = trained_cohorts(db.session(), identity)
    courses = {key: editions.course(digest) for key, (_name, digest) in cohorts.items()}
    candidates = next_to_review(db.session(), identity, _narrowing(filters, courses), now=now)
    found = claim_first(db.session(), candidates, actor_id=identity.user_id, now=now)
    return found.id if found else None


def to_next(submission_id: int, filters: Mapping[str, str]) -> ResponseReturnValue:
    """Lead to its page, which keeps the filters for what comes after it."""
    kept = {name: filters[name] for name in FILTERS if filters.get(name)}
    return redirect(url_for(".show", submission_id=submission_id, **kept), 303)


def _narrowing(values: Mapping[str, str], courses: Mapping[int, Course]) -> Narrowing:
    """Return what the filter says. A word it does not know narrows nothing."""
    chosen = values.get("uppgift", "")
    items = {
        one.id
        for course in courses.values()
        for module in course.modules
        for one in module.assignments
        if one.is_handed_in and chosen in (module.id, one.id)
    }
    return Narrowing(items=sorted(items) or None, first_reader="mina" in values)


def _modules(courses: Mapping[int, Course]) -> list[Module]:
    """Return the modules in which something is handed in, each once."""
    found = {
        m.id: m
        for c in courses.values()
        for m in c.modules
        if any(one.is_handed_in for one in m.assignments)
    }
    return list(found.values())
