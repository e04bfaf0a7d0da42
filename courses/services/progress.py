"""The one writer of completion: events are appended, everything else is derived from them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Course
from courses.errors import Outrun
from courses.models import Cohort, Completion, CompletionEvent, Edition, Enrollment
from courses.rules.requirements import Asked, asked_by_module, completed_items, is_met
from courses.services.certificates import request_issue
from courses.services.progress_rows import Event, Progress, StoredRows, events_of
from courses.vocabulary import CompletionKind


def record_completion(
    session: Session,
    *,
    enrollment: Enrollment,
    item_id: str,
    course: Course,
    actor_id: int | None,
    now: datetime,
    kind: CompletionKind = CompletionKind.DONE,
    reason: str | None = None,
    wording: str | None = None,
) -> None:
    """Append that an enrollment finished (or was excused from) an item. Doing it twice is once.

    `wording` is the digest of what was finished when that is not what the course says now.
    """
    known: Completion | None = session.get(Completion, (enrollment.id, item_id))
    if kind is CompletionKind.DONE and known is not None:
        return
    wording = wording or wording_of(course, item_id)
    session.add(_event(item_id, wording, kind, actor_id, now, reason, enrollment_id=enrollment.id))
    derive(session, [enrollment], course)


def record_newer_wording(
    session: Session, *, enrollment: Enrollment, item_id: str, course: Course, now: datetime
) -> None:
    """Append that somebody who had finished an item has read what it says now. When they
    finished it stays as it was."""
    if session.get(Completion, (enrollment.id, item_id)) is None:
        return
    last = session.scalars(
        select(CompletionEvent.content_digest)
        .where(
            CompletionEvent.enrollment_id == enrollment.id, CompletionEvent.item_id == item_id
        )
        .order_by(CompletionEvent.id.desc())
        .limit(1)
    ).first()
    wording = wording_of(course, item_id)
    if last != wording:
        session.add(
            _event(
                item_id, wording, CompletionKind.DONE, enrollment.user_id, now,
                "read what has changed", enrollment_id=enrollment.id,
            )
        )
        session.flush()


def record_team_completion(
    session: Session,
    *,
    team_id: int,
    item_id: str,
    course: Course,
    actor_id: int | None,
    now: datetime,
    kind: CompletionKind = CompletionKind.DONE,
    reason: str | None = None,
    wording: str | None = None,
    only: Collection[int] | None = None,
) -> None:
    """Append that a team finished a joint item, for everyone whose home team it is; or for the
    enrollments in `only`, whom alone it concerns.

    Each member gets an event of their own, so that leaving the team later takes nothing away;
    those who join later get theirs from the team's when their progress is derived.
    """
    members = list(
        session.scalars(
            select(Enrollment)
            .where(Enrollment.home_team_id == team_id)
            .order_by(Enrollment.id)
        )
    )
    wording = wording or wording_of(course, item_id)
    session.add(_event(item_id, wording, kind, actor_id, now, reason, team_id=team_id))
    for member in members if only is None else [one for one in members if one.id in only]:
        session.add(_event(item_id, wording, kind, actor_id, now, reason, enrollment_id=member.id))
    derive(session, members, course)


def wording_of(course: Course, item_id: str) -> str:
    """Return the digest of the item's text; empty when the edition no longer has it."""
    item = course.items.get(item_id)
    return item.digest if item else ""


def derive(session: Session, enrollments: Sequence[Enrollment], course: Course) -> int:
    """Bring completion and module progress of `enrollments` in line with the events.

    They must be of one cohort. Returns how many rows had to be written: none when all was
    right already. Outrun when the cohort has come to another edition than `course` meanwhile.
    """
    if not enrollments:
        return 0
    session.flush()  # the events just appended are read below
    cohort = _cohort(session, enrollments[0].cohort_id, course)
    events, inherited = events_of(session, enrollments)
    rows = StoredRows(session, [enrollment.id for enrollment in enrollments])
    modules = {module.id: list(module.items) for module in course.modules}
    asked = asked_by_module(cohort.requirement_set, modules)
    for enrollment in enrollments:
        mine = events[enrollment.id]
        finished = completed_items((event.item_id, event.kind) for event in mine)
        earned = {item_id: mine[place] for item_id, place in finished.items()}
        gained = rows.put_completions(
            enrollment.id, {key: (event.at, event.id) for key, event in earned.items()}
        )
        if gained and cohort.issues_automatically and is_met(cohort.requirement_set, earned):
            request_issue(session, [enrollment.id], by=None, now=mine[-1].at)
        rows.put_progress(
            enrollment.id, {key: _progress(one, earned) for key, one in asked.items()}
        )
    return inherited + rows.write()  # readers in the same transaction see what was derived


def _cohort(session: Session, cohort_id: int, course: Course) -> Cohort:
    """Return the cohort as it stands, and hold its edition in place until the transaction ends:
    what is derived from one edition must not be mixed with what another asks for."""
    found = session.execute(
        select(Cohort, Edition.digest)
        .join(Edition, Edition.id == Cohort.edition_id)
        .where(Cohort.id == cohort_id)
        .with_for_update(read=True, of=Cohort)
        .execution_options(populate_existing=True)
    ).one_or_none()  # PostgreSQL drops a row whose edition changed while it was waited for
    if found is None or found.digest != course.digest:
        raise Outrun
    cohort: Cohort = found.Cohort
    return cohort


def _progress(asked: Asked, earned: Mapping[str, Event]) -> Progress:
    items = asked.counted(earned)
    done = [item for item in items if item in earned]
    at = max((earned[item].at for item in done), default=None)
    return len(done), len(items), at if items and len(done) == len(items) else None


def _event(
    item_id: str,
    wording: str,
    kind: CompletionKind,
    actor_id: int | None,
    now: datetime,
    reason: str | None,
    *,
    enrollment_id: int | None = None,
    team_id: int | None = None,
) -> CompletionEvent:
    return CompletionEvent(
        enrollment_id=enrollment_id,
        team_id=team_id,
        item_id=item_id,
        kind=kind,
        actor_id=actor_id,
        at=now,
        content_digest=wording,
        reason=reason,
    )
