"""The rows behind what people have finished, read and written many at a time.

Plain rows, not objects: when an edition is published two thousand participants are derived in
one transaction, and everybody else waits for it on SQLite.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from courses.models import Completion, CompletionEvent, Enrollment, ModuleProgress
from courses.vocabulary import CompletionKind

Earned = tuple[datetime, int]
"""When an item was finished, and the event that says so."""
Progress = tuple[int, int, datetime | None]
"""How many of how many items of a module are done, and since when all are."""


class Event(NamedTuple):
    """A completion event, as far as deriving needs it."""

    id: int
    item_id: str
    kind: CompletionKind
    at: datetime


def events_of(
    session: Session, enrollments: Sequence[Enrollment]
) -> tuple[dict[int, list[Event]], int]:
    """Return each enrollment's events, oldest first, and how many had to be appended: who has
    joined a team later gets what it has finished as events of their own, and keeps it."""
    teams = {e.home_team_id for e in enrollments if e.home_team_id is not None}
    of = CompletionEvent
    rows = session.execute(
        select(of.enrollment_id, of.team_id, of.id, of.item_id, of.kind, of.at)
        .where(or_(of.enrollment_id.in_([e.id for e in enrollments]), of.team_id.in_(teams)))
        .order_by(of.id)
    )
    own: dict[int, list[Event]] = {e.id: [] for e in enrollments}
    finished: dict[int, dict[str, int]] = {team: {} for team in teams}
    for enrollment_id, team_id, event_id, item_id, kind, at in rows:
        if enrollment_id is not None:
            own[enrollment_id].append(Event(event_id, item_id, kind, at))
        elif team_id is not None and kind is CompletionKind.UNDONE:
            finished[team_id].pop(item_id, None)
        elif team_id is not None:
            finished[team_id].setdefault(item_id, event_id)
    return own, _inherit(session, enrollments, own, finished)


def _inherit(
    session: Session,
    enrollments: Sequence[Enrollment],
    own: Mapping[int, list[Event]],
    finished: Mapping[int, Mapping[str, int]],
) -> int:
    appended = []
    for enrollment in enrollments:
        known = {event.item_id for event in own[enrollment.id]}
        for item_id, event_id in finished.get(enrollment.home_team_id or 0, {}).items():
            if item_id not in known:
                copy = _copy(session.get_one(CompletionEvent, event_id), enrollment.id)
                session.add(copy)
                appended.append(copy)
    session.flush()  # what was appended needs its ids
    for one in appended:
        own[one.enrollment_id or 0].append(Event(one.id, one.item_id, one.kind, one.at))
    return len(appended)


def _copy(event: CompletionEvent, enrollment_id: int) -> CompletionEvent:
    return CompletionEvent(
        enrollment_id=enrollment_id, item_id=event.item_id, kind=event.kind,
        actor_id=event.actor_id, at=event.at, content_digest=event.content_digest,
        reason=event.reason,
    )


class StoredRows:
    """Completion and module progress of some enrollments as stored, and what becomes of them."""

    def __init__(self, session: Session, enrollment_ids: Sequence[int]) -> None:
        self.session = session
        self._completions: dict[int, dict[str, Earned]] = {i: {} for i in enrollment_ids}
        self._progress: dict[int, dict[str, Progress]] = {i: {} for i in enrollment_ids}
        of = Completion
        for enrollment_id, item_id, at, event_id in session.execute(
            select(of.enrollment_id, of.item_id, of.at, of.event_id)
            .where(of.enrollment_id.in_(enrollment_ids))
        ):
            self._completions[enrollment_id][item_id] = (at, event_id)
        by = ModuleProgress
        for enrollment_id, module_id, done, required, completed_at in session.execute(
            select(by.enrollment_id, by.module_id, by.done, by.required, by.completed_at)
            .where(by.enrollment_id.in_(enrollment_ids))
        ):
            self._progress[enrollment_id][module_id] = (done, required, completed_at)
        self._new: dict[type, list[dict[str, Any]]] = {of: [], by: []}
        self._changed: dict[type, list[dict[str, Any]]] = {of: [], by: []}
        self._gone: dict[tuple[type, str], list[int]] = defaultdict(list)

    def put_completions(self, enrollment_id: int, right: Mapping[str, Earned]) -> bool:
        """Let somebody have finished exactly this; return whether anything is new."""
        stored = self._completions[enrollment_id]
        for item_id, (at, event_id) in right.items():
            if stored.get(item_id) != (at, event_id):
                rows = self._changed if item_id in stored else self._new
                rows[Completion].append(
                    {"enrollment_id": enrollment_id, "item_id": item_id, "at": at,
                     "event_id": event_id}
                )
        for item_id in stored.keys() - right.keys():
            self._gone[Completion, item_id].append(enrollment_id)
        return not right.keys() <= stored.keys()

    def put_progress(self, enrollment_id: int, right: Mapping[str, Progress]) -> None:
        """Let somebody's progress be this; of a module that is not named there is none."""
        stored = self._progress[enrollment_id]
        for module_id, (done, required, completed_at) in right.items():
            if stored.get(module_id) != (done, required, completed_at):
                rows = self._changed if module_id in stored else self._new
                rows[ModuleProgress].append(
                    {"enrollment_id": enrollment_id, "module_id": module_id, "done": done,
                     "required": required, "completed_at": completed_at}
                )
        for module_id in stored.keys() - right.keys():
            self._gone[ModuleProgress, module_id].append(enrollment_id)

    def write(self) -> int:
        """Write what differs; return how many rows that were."""
        written = 0
        for table, key in ((Completion, Completion.item_id),
                           (ModuleProgress, ModuleProgress.module_id)):
            if self._new[table]:
                self.session.execute(insert(table), self._new[table])
            if self._changed[table]:
                self.session.execute(update(table), self._changed[table])
            for (of, name), ids in self._gone.items():
                if of is table:
                    self.session.execute(
                        delete(table).where(key == name, table.enrollment_id.in_(ids))
                    )
                    written += len(ids)
            written += len(self._new[table]) + len(self._changed[table])
        if written:
            self._look_again()
        return written

    def _look_again(self) -> None:
        """Let objects that the session has read before say what stands there now."""
        for thing in self.session:
            if isinstance(thing, Completion | ModuleProgress):
                self.session.expire(thing)
