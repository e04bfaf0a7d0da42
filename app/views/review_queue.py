"""Trainers: the list of what waits, and *Granska nästa*."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock, db, editions
from app.guard import guarded
from app.http.access import log_access
from app.pages.second_reading import items_for_two
from app.views.reviews import FILTERS, bp
from courses.catalog import Course, Module
from courses.permissions import Permission
from courses.queries.queue_narrowing import Narrowing, next_to_review, organizations_of
from courses.queries.queue_rows import QueueRow
from courses.queries.queue_tabs import IN_ORDER, Tab
from courses.queries.review_queue import OwnQueue, load_queue, review_queue, trained_cohorts
from courses.queries.second_queue import second_tasks
from courses.rules.calendar import DayRange, week_days
from courses.rules.promises import (
    ALL_BEFORE,
    FIRST_READER_BEFORE,
    MOVES_BY,
    working_days_left,
)
from courses.rules.submissions import ANSWER_WITHIN
from courses.services.claims import claim_first

TABS = {
    "vantar": Tab.WAITING, "pagar": Tab.ONGOING, "kompletteringar": Tab.RETURNED,
    "klara": Tab.DONE,
}
REGIONAL = "regionalt"
RULE = {
    "within": ANSWER_WITHIN, "first": FIRST_READER_BEFORE, "all": ALL_BEFORE, "moves": MOVES_BY,
}
"""The promise in numbers, for the page to say in words."""


@bp.get("")
@guarded(Permission.QUEUE_READ, load=load_queue)
def queue(_context: OwnQueue) -> ResponseReturnValue:
    identity = current_user.identity
    cohorts, courses = trained()
    tab = TABS.get(request.args.get("flik", ""), Tab.WAITING)
    found = review_queue(
        db.session(), identity, tab, narrowing_of(request.args, courses),
        after=request.args.get("efter"), now=clock.now(), today=clock.today(),
    )
    breaks = {key: breaks_of(cohort[2], courses[key]) for key, cohort in cohorts.items()}
    log_access("queue")
    return render_template(
        "reviews/queue.html", queue=found, tab=tab, tabs=TABS, Tab=Tab, courses=courses,
        in_order=tab in IN_ORDER, cohorts=cohorts, modules=_modules(courses), rule=RULE,
        organizations=organizations_of(db.session(), identity), regional=REGIONAL,
        chosen=chosen(request.args), is_later="efter" in request.args,
        days_left=lambda row: _days_left(row, breaks),
        second_tasks=second_tasks(db.session(), identity, items_for_two(courses)),
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
    """Begin to read what is next in the order of the list among what the filters leave; return
    its id."""
    identity, now = current_user.identity, clock.now()
    _cohorts, courses = trained()
    narrowing = narrowing_of(filters, courses)
    candidates = next_to_review(db.session(), identity, narrowing, now=now)
    found = claim_first(db.session(), candidates, actor_id=identity.user_id, now=now)
    return found.id if found else None


def to_next(submission_id: int, filters: Mapping[str, str]) -> ResponseReturnValue:
    """Lead to its page, which keeps the filters for what comes after it."""
    kept = {name: filters[name] for name in FILTERS if filters.get(name)}
    return redirect(url_for(".show", submission_id=submission_id, **kept), 303)


def trained() -> tuple[dict[int, tuple[str, str, Any]], dict[int, Course]]:
    """Return the cohorts that the trainer trains, and the course of each."""
    cohorts = trained_cohorts(db.session(), current_user.identity)
    return cohorts, {key: editions.course(one[1]) for key, one in cohorts.items()}


def breaks_of(starts_on: Any, course: Course) -> list[DayRange]:
    """Return the days of a cohort on which no answer is promised."""
    return week_days(starts_on, course.break_weeks)


def chosen(values: Mapping[str, str]) -> dict[str, str | None]:
    """Return what the filter says, as it stands in an address."""
    return {name: values.get(name) or None for name in FILTERS}


def narrowing_of(values: Mapping[str, str], courses: Mapping[int, Course]) -> Narrowing:
    """Return what the filter says. A word it does not know narrows nothing."""
    chosen = values.get("uppgift", "")
    items = {
        one.id
        for course in courses.values()
        for module in course.modules
        for one in module.assignments
        if one.is_handed_in and chosen in (module.id, one.id)
    }
    place = values.get("kommun", "")
    return Narrowing(
        items=sorted(items) or None, first_reader=bool(values.get("mina")),
        organization_id=int(place) if place.isdecimal() and len(place) < 10 else None,
        is_regional=place == REGIONAL, read_by_two=items_for_two(courses),
    )


def _days_left(row: QueueRow, breaks: Mapping[int, list[DayRange]]) -> int | None:
    """Return how many working days are left; None when nothing is promised."""
    one = row.submission
    if one.promised_on is None:
        return None
    return working_days_left(one.promised_on, clock.today(), without=breaks[one.cohort_id])


def _modules(courses: Mapping[int, Course]) -> list[Module]:
    """Return the modules in which something is handed in, each once."""
    found = {
        m.id: m
        for c in courses.values()
        for m in c.modules
        if any(one.is_handed_in for one in m.assignments)
    }
    return list(found.values())
