"""What somebody should do next, and what else waits for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from courses.rules.opening import is_soon
from courses.vocabulary import WorkWord

FINAL = {WorkWord.APPROVED, WorkWord.EXCUSED}
WRITING = {WorkWord.DRAFT, WorkWord.WITHDRAWN}


class ItemKind(StrEnum):
    LESSON = "lesson"
    CHECK = "check"
    ASSIGNMENT = "assignment"


class StepKind(StrEnum):
    """Why the next card shows what it shows."""

    STOPPED = "stopped"
    """What was handed in points somebody out: a new version can be handed in at once."""
    RETURNED = "returned"
    ASKED = "asked"
    """The team cannot hand in before one's authority has answered."""
    DRAFT = "draft"
    RESUMED = "resumed"
    """A lesson that was begun and not finished."""
    LESSON = "lesson"
    CHECK = "check"
    ASSIGNMENT = "assignment"
    WAITING = "waiting"
    IN_STEP = "in_step"
    FINISHED = "finished"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Task:
    """One item of the course, as it stands for one person today."""

    item_id: str
    module_id: str
    kind: ItemKind
    is_open: bool
    completed: bool
    word: WorkWord = WorkWord.NOT_STARTED
    """Where an assignment stands."""
    due_on: date | None = None
    is_mine: bool = True
    """Whether this person can do it: a joint one is for who holds the pen."""
    is_joint: bool = False
    is_required: bool = True
    """Whether the cohort asks for it; an edition may hold more than that."""

    @property
    def is_done(self) -> bool:
        return self.completed or self.word in FINAL

    @property
    def is_waiting(self) -> bool:
        """Handed in: somebody else's turn."""
        return self.word is WorkWord.SUBMITTED and not self.is_done

    @property
    def is_returned(self) -> bool:
        return self.word is WorkWord.REVISE and not self.is_done

    @property
    def is_stopped(self) -> bool:
        return self.word is WorkWord.ON_HOLD and not self.is_done

    @property
    def is_asked_for(self) -> bool:
        """Whether somebody waits for a new version."""
        return self.is_returned or self.is_stopped

    @property
    def is_begun(self) -> bool:
        return self.word in WRITING and not self.is_done

    @property
    def is_touched(self) -> bool:
        """Whether anything has been done about it at all."""
        return self.completed or self.word is not WorkWord.NOT_STARTED

    @property
    def is_todo(self) -> bool:
        """Something that this person can do now."""
        return self.is_open and self.is_mine and not self.is_done and not self.is_waiting


@dataclass(frozen=True, kw_only=True)
class Step:
    kind: StepKind
    task: Task | None = None


def next_step(
    tasks: Sequence[Task],
    *,
    today: date,
    can_write: bool,
    is_met: bool,
    reading: str | None = None,
    asked: str | None = None,
) -> Step:
    """Return the one next thing. `tasks` in the order of the course; `is_met`: all that the
    cohort asks for is done; then what it does not ask for is no next step unless begun;
    `reading`: the lesson in whose middle somebody was last; `asked`: the joint assignment whose
    text one's authority is asked to approve."""
    if not can_write:
        return Step(kind=StepKind.FINISHED if is_met else StepKind.CLOSED)
    todo = [
        task
        for task in tasks
        if task.is_todo
        and (task.is_required or not is_met or task.is_begun or task.is_asked_for)
    ]
    written = [task for task in todo if task.kind is ItemKind.ASSIGNMENT]
    drafts = [task for task in written if task.is_begun]
    for kind, found in (
        (StepKind.STOPPED, _nearest(task for task in written if task.is_stopped)),
        (StepKind.RETURNED, _nearest(task for task in written if task.is_returned)),
        (StepKind.ASKED, next((task for task in tasks if task.item_id == asked), None)),
        (StepKind.DRAFT, _nearest(task for task in drafts if is_soon(task.due_on, today))),
        (StepKind.RESUMED, next((task for task in todo if task.item_id == reading), None)),
        (StepKind.LESSON, _first(todo, ItemKind.LESSON)),
        (StepKind.CHECK, _first(todo, ItemKind.CHECK)),
        (StepKind.ASSIGNMENT, _nearest(task for task in written if not task.is_begun)),
        (StepKind.DRAFT, _nearest(drafts)),
    ):
        if found:
            return Step(kind=kind, task=found)
    if is_met:
        return Step(kind=StepKind.FINISHED)
    waiting = _nearest(task for task in tasks if task.is_waiting)
    return Step(kind=StepKind.WAITING if waiting else StepKind.IN_STEP, task=waiting)


def todo_list(tasks: Sequence[Task]) -> list[Task]:
    """Return what has a deadline or stands between a person and a finished module, the nearest
    deadline first; of two on one day stopped or returned work,
    then drafts, then what is not begun."""
    todo = [task for task in tasks if task.is_todo]
    lessons_left = {task.module_id for task in todo if task.kind is ItemKind.LESSON}
    listed = [
        task
        for task in todo
        if task.kind is ItemKind.ASSIGNMENT
        or (task.kind is ItemKind.CHECK and task.module_id not in lessons_left)
    ]
    return sorted(listed, key=lambda t: (_due(t), not t.is_asked_for, not t.is_begun))


def current_module(tasks: Sequence[Task]) -> str | None:
    """Return the first open module with something left to do, else the last open one."""
    return next(
        (task.module_id for task in tasks if task.is_todo),
        next((task.module_id for task in reversed(tasks) if task.is_open), None),
    )


def _first(tasks: Sequence[Task], kind: ItemKind) -> Task | None:
    return next((task for task in tasks if task.kind is kind), None)


def _nearest(tasks: Iterable[Task]) -> Task | None:
    return min(tasks, key=_due, default=None)


def _due(task: Task) -> date:
    return task.due_on or date.max
