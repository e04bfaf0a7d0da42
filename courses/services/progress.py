"""The one writer of completion: events are appended, everything else is derived from them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from courses.catalog import Course
from courses.errors import Outrun
from courses.models import (
    Cohort,
    Completion,
    CompletionEvent,
    Edition,
    Enrollment,
    ModuleProgress,
)
from courses.rules.requirements import Asked, asked_by_module, completed_items, is_met
from courses.services.certificates import request_issue
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
) -> None:
    """Append that a team finished a joint item, for everyone whose home team it is.

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
    for member in members:
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
    events, inherited = _events(session, enrollments)
    before = _stored(session, enrollments)
    modules = {module.id: list(module.items) for module in course.modules}
    asked = asked_by_module(cohort.requirement_set, modules)
    written = inherited
    for enrollment in enrollments:
        mine = events[enrollment.id]
        finished = completed_items((event.item_id, event.kind) for event in mine)
        earned = {item_id: mine[place] for item_id, place in finished.items()}
        rows, progress = before[enrollment.id]
        for item_id in earned.keys() - rows.keys():
            event = earned[item_id]
            session.add(
                Completion(
                    enrollment_id=enrollment.id, item_id=item_id, at=event.at, event_id=event.id
                )
            )
            written += 1
        for item_id in rows.keys() - earned.keys():
            session.delete(rows[item_id])
            written += 1
        for item_id in rows.keys() & earned.keys():
            row, event = rows[item_id], earned[item_id]
            if (row.at, row.event_id) != (event.at, event.id):
                row.at, row.event_id = event.at, event.id
                written += 1
        if cohort.issues_automatically and earned.keys() - rows.keys():
            _issue_when_met(session, cohort, enrollment, earned.keys(), at=mine[-1].at)
        for module_id, one in asked.items():
            written += _write_progress(
                session, enrollment.id, module_id, one, earned, progress.get(module_id)
            )
        for module_id in progress.keys() - asked.keys():
            session.delete(progress[module_id])  # the edition has no such module
            written += 1
    session.flush()  # readers in the same transaction see what was derived
    return written


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


def _issue_when_met(
    session: Session,
    cohort: Cohort,
    enrollment: Enrollment,
    finished: Collection[str],
    *,
    at: datetime,
) -> None:
    if is_met(cohort.requirement_set, finished):
        request_issue(session, [enrollment.id], by=None, now=at)


def _write_progress(
    session: Session,
    enrollment_id: int,
    module_id: str,
    asked: Asked,
    earned: Mapping[str, CompletionEvent],
    row: ModuleProgress | None,
) -> int:
    items = asked.counted(earned)
    done = [item for item in items if item in earned]
    at = max((earned[item].at for item in done), default=None)
    completed_at = at if items and len(done) == len(items) else None
    if row is None:
        session.add(
            ModuleProgress(
                enrollment_id=enrollment_id, module_id=module_id, done=len(done),
                required=len(items), completed_at=completed_at,
            )
        )
        return 1
    if (row.done, row.required, row.completed_at) == (len(done), len(items), completed_at):
        return 0
    row.done, row.required, row.completed_at = len(done), len(items), completed_at
    return 1


def _events(
    session: Session, enrollments: Sequence[Enrollment]
) -> tuple[dict[int, list[CompletionEvent]], int]:
    """Return each enrollment's events, oldest first, and how many had to be appended: who has
    joined a team later gets what it has finished as events of their own, and keeps it."""
    teams = {e.home_team_id for e in enrollments if e.home_team_id is not None}
    rows = session.scalars(
        select(CompletionEvent)
        .where(
            or_(
                CompletionEvent.enrollment_id.in_([e.id for e in enrollments]),
                CompletionEvent.team_id.in_(teams),
            )
        )
        .order_by(CompletionEvent.id)
    ).all()
    own: dict[int, list[CompletionEvent]] = {e.id: [] for e in enrollments}
    finished: dict[int, dict[str, CompletionEvent]] = {team: {} for team in teams}
    for row in rows:
        if row.enrollment_id is not None:
            own[row.enrollment_id].append(row)
        elif row.team_id is not None and row.kind is CompletionKind.UNDONE:
            finished[row.team_id].pop(row.item_id, None)
        elif row.team_id is not None:
            finished[row.team_id].setdefault(row.item_id, row)
    appended = 0
    for enrollment in enrollments:
        if enrollment.home_team_id is None:
            continue
        known = {event.item_id for event in own[enrollment.id]}
        for item_id, event in finished[enrollment.home_team_id].items():
            if item_id not in known:
                copy = _copy(event, enrollment.id)
                session.add(copy)
                own[enrollment.id].append(copy)
                appended += 1
    session.flush()  # what was appended needs its ids
    return own, appended


def _copy(event: CompletionEvent, enrollment_id: int) -> CompletionEvent:
    return CompletionEvent(
        enrollment_id=enrollment_id, item_id=event.item_id, kind=event.kind,
        actor_id=event.actor_id, at=event.at, content_digest=event.content_digest,
        reason=event.reason,
    )


def _stored(
    session: Session, enrollments: Sequence[Enrollment]
) -> dict[int, tuple[dict[str, Completion], dict[str, ModuleProgress]]]:
    ids = [e.id for e in enrollments]
    found: dict[int, tuple[dict[str, Completion], dict[str, ModuleProgress]]] = {
        i: ({}, {}) for i in ids
    }
    for row in session.scalars(select(Completion).where(Completion.enrollment_id.in_(ids))):
        found[row.enrollment_id][0][row.item_id] = row
    for progress in session.scalars(
        select(ModuleProgress).where(ModuleProgress.enrollment_id.in_(ids))
    ):
        found[progress.enrollment_id][1][progress.module_id] = progress
    return found


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
