"""A cohort comes to another edition of its course: what it asks for, its dates, its people."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from courses.catalog import Course, end_after, new_dates, outline, requirement_set
from courses.errors import Reason, Refused
from courses.models import Cohort, Completion, CompletionEvent, Edition, Enrollment
from courses.rules.calendar import STOCKHOLM
from courses.rules.edition_changes import compare
from courses.rules.keeping import asks_for_anything, kept_requirements
from courses.rules.publishing import asked_again
from courses.rules.requirements import asked_by_module, finished_by_doing, is_met
from courses.services.audit import audit
from courses.services.certificates import request_issue
from courses.services.cohort_dates import add_dates
from courses.services.progress import derive
from courses.vocabulary import CompletionKind, EnrollmentState

BATCH = 500


def move_cohort(
    session: Session,
    cohort: Cohort,
    before: Course,
    after: Course,
    edition: Edition,
    *,
    asks_again: bool,
    by: int | None,
    now: datetime,
) -> None:
    """Let a cohort that is locked read `edition`, whose text is `after`.

    It keeps what it asks for, but for what is no more; or it asks for what the edition asks for
    and for changed lessons and knowledge checks again. One that has not opened keeps nothing:
    it copies the requirements when it opens.
    """
    today = now.astimezone(STOCKHOLM).date()
    has_ended = cohort.ends_on < today
    if asks_again and has_ended:
        raise Refused(Reason.COHORT_HAS_ENDED)
    came_from, asked_before = cohort.edition_id, list(cohort.requirement_set)
    had = _items_by_module(before)
    has = _items_by_module(after)
    if asks_again or cohort.opened_at is None:
        asks = requirement_set(after)
    else:
        asks = kept_requirements(asked_before, had, has, beside=after.beside)
        if asks_for_anything(asked_before) and not asks_for_anything(asks):
            raise Refused(Reason.NOTHING_LEFT_TO_ASK, cohort=cohort.name)
    cohort.edition_id = edition.id
    cohort.requirement_set = asks
    if not has_ended:
        _add_dates(session, cohort, before, after, lengthens=asks_again, today=today)
    session.flush()
    again: Collection[str] = ()
    if asks_again and cohort.opened_at is not None:
        again = asked_again(compare(outline(before), outline(after)), asks)
    if again or asked_by_module(asked_before, had) != asked_by_module(asks, has):
        for batch in _batches(session, cohort.id):
            if again:
                _ask_again(session, batch, again, after, edition, by, now)
            derive(session, batch, after)
    if cohort.issues_automatically and asks != asked_before:
        _issue_to_who_has_enough(session, cohort, asked_before, now)
    audit(
        session, "cohort:edition", "cohort", cohort.id, actor_id=by, now=now,
        came_from=came_from, edition=edition.id, asks_again=asks_again,
    )


def _items_by_module(course: Course) -> dict[str, list[str]]:
    return {module.id: list(module.items) for module in course.modules}


def _add_dates(
    session: Session,
    cohort: Cohort,
    before: Course,
    after: Course,
    *,
    lengthens: bool,
    today: date,
) -> None:
    """Give what is new the dates of the plan. The cohort's end moves only when what is new is
    asked for, and never to an earlier day."""
    dates = new_dates(before, after, cohort.starts_on, today)
    add_dates(session, cohort, dates)
    end = end_after(dates)
    if lengthens and end is not None:
        cohort.ends_on = max(cohort.ends_on, end)


def _batches(session: Session, cohort_id: int) -> Iterator[list[Enrollment]]:
    last = 0
    while batch := list(
        session.scalars(
            select(Enrollment)
            .where(Enrollment.cohort_id == cohort_id, Enrollment.id > last)
            .order_by(Enrollment.id)
            .limit(BATCH)
        )
    ):
        last = batch[-1].id
        yield batch


def _ask_again(
    session: Session,
    enrollments: Sequence[Enrollment],
    again: Collection[str],
    course: Course,
    edition: Edition,
    by: int | None,
    now: datetime,
) -> None:
    """Take back what those who take part have done of `again`. Whoever has left is not asked,
    and who was excused stays so."""
    ids = [one.id for one in enrollments if one.state is not EnrollmentState.ENDED]
    events: dict[int | None, list[tuple[str, CompletionKind]]] = defaultdict(list)
    for enrollment_id, item_id, kind in session.execute(
        select(CompletionEvent.enrollment_id, CompletionEvent.item_id, CompletionEvent.kind)
        .where(CompletionEvent.enrollment_id.in_(ids), CompletionEvent.item_id.in_(again))
        .order_by(CompletionEvent.id)
    ):
        events[enrollment_id].append((item_id, kind))
    undone = [
        {
            "enrollment_id": enrollment_id, "item_id": item_id, "kind": CompletionKind.UNDONE,
            "actor_id": by, "at": now, "content_digest": course.items[item_id].digest,
            "reason": f"changed in edition {edition.number}",
        }
        for enrollment_id, mine in events.items()
        for item_id in sorted(finished_by_doing(mine))
    ]
    if undone:
        session.execute(insert(CompletionEvent), undone)


def _issue_to_who_has_enough(
    session: Session, cohort: Cohort, asked_before: list[dict[str, object]], now: datetime
) -> None:
    """Ask for the certificates of those who now have all that is asked for, and had not."""
    has: dict[int, set[str]] = defaultdict(set)
    for enrollment_id, item_id in session.execute(
        select(Completion.enrollment_id, Completion.item_id)
        .join(Enrollment, Enrollment.id == Completion.enrollment_id)
        .where(Enrollment.cohort_id == cohort.id)
    ):
        has[enrollment_id].add(item_id)
    earned = [
        key
        for key, items in has.items()
        if is_met(cohort.requirement_set, items) and not is_met(asked_before, items)
    ]
    request_issue(session, earned, by=None, now=now)
