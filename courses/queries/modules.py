"""A course's modules and their parts, as they stand for one reader today."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from courses.catalog import Assignment, Item, KnowledgeCheck, Lesson, Module, site_address
from courses.queries.learning import ModuleReading, Reading
from courses.queries.standing import Standing, standing
from courses.rules.next_step import ItemKind, Task
from courses.rules.opening import is_open
from courses.rules.requirements import Asked, asked_by_module, required_items
from courses.rules.submissions import WorkStatus, work_status


@dataclass(frozen=True, kw_only=True)
class Line:
    """One part of a module in a list."""

    task: Task
    item: Item
    module: Module
    done_at: datetime | None
    status: WorkStatus | None
    """Where an assignment stands; None for lessons and knowledge checks."""

    @property
    def is_handed_in(self) -> bool:
        """Whether it is handed in: not a lesson, a check or what one marks as done oneself."""
        return isinstance(self.item, Assignment) and self.item.is_handed_in

    @property
    def address(self) -> str:
        """Where on the site the part is."""
        return address_of(self.module, self.item)


@dataclass(frozen=True, kw_only=True)
class ModuleView:
    """A module with its parts. `is_open`: whether this reader may read it."""

    module: Module
    opens_on: date | None
    is_open: bool
    has_opened: bool
    """Whether its day has come; trainers and coordinators read ahead of it."""
    lines: tuple[Line, ...]
    done: int
    needed: int

    @property
    def address(self) -> str:
        return site_address("module", self.module.slug, "")

    @property
    def is_done(self) -> bool:
        """Whether everything that the cohort asks for is finished."""
        return self.needed > 0 and self.done >= self.needed

    @property
    def is_begun(self) -> bool:
        return any(line.task.is_touched for line in self.lines)

    def line(self, item_id: str) -> Line | None:
        return next((one for one in self.lines if one.task.item_id == item_id), None)

    def after(self, item_id: str) -> Line | None:
        """The part that follows in the module's order."""
        ids = [one.task.item_id for one in self.lines]
        place = ids.index(item_id) + 1
        return self.lines[place] if place < len(ids) else None


def address_of(module: Module, item: Item) -> str:
    """Return where on the site an item is."""
    if isinstance(item, Lesson):
        return site_address("lesson", module.slug, item.slug)
    if isinstance(item, Assignment):
        return site_address(item.kind, module.slug, item.slug)
    return site_address("check", module.slug, "")


def kind_of(item: Item) -> ItemKind:
    if isinstance(item, Lesson):
        return ItemKind.LESSON
    return ItemKind.CHECK if isinstance(item, KnowledgeCheck) else ItemKind.ASSIGNMENT


def module_views(
    reading: Reading, done: Standing, *, today: date
) -> tuple[ModuleView, ...]:
    """Return the course's modules in order."""
    asked = asked_of(reading)
    return tuple(
        module_view(module, reading, done, asked[module.id], today=today)
        for module in reading.course.modules
    )


def asked_of(reading: Reading) -> dict[str, Asked]:
    """Return what the cohort asks for in each module of the edition that it reads."""
    return asked_by_module(
        reading.cohort.requirement_set,
        {module.id: module.items for module in reading.course.modules},
    )


def module_view(
    module: Module, reading: Reading, done: Standing, asked: Asked, *, today: date
) -> ModuleView:
    """Return one module; counted as the cohort asks, all of it when it asks for nothing."""
    opens_on = done.facts.opens.get(module.id)
    has_opened = is_open(opens_on, today)
    may_read = has_opened or reading.enrollment is None
    required = set(required_items(reading.cohort.requirement_set))
    lines = tuple(
        _line(module, item, reading, done, may_read, today, item.id in required)
        for item in module.items.values()
    )
    finished = {line.task.item_id for line in lines if line.task.is_done} | done.completed.keys()
    needed = asked.counted(finished) or tuple(module.items)
    return ModuleView(
        module=module,
        opens_on=opens_on,
        is_open=may_read,
        has_opened=has_opened,
        lines=lines,
        done=sum(1 for item_id in needed if item_id in finished),
        needed=len(needed),
    )


def _line(
    module: Module,
    item: Item,
    reading: Reading,
    done: Standing,
    may_read: bool,
    today: date,
    is_required: bool,
) -> Line:
    is_joint = isinstance(item, Assignment) and item.is_joint
    status = work_status(
        done.state(item.id),
        has_draft=done.has_draft(item.id),
        due_on=done.due_on(item.id),
        today=today,
    )
    return Line(
        task=Task(
            item_id=item.id,
            module_id=module.id,
            kind=kind_of(item),
            is_open=may_read,
            completed=item.id in done.completed,
            word=status.word,
            due_on=status.due_on,
            is_mine=reading.holds_the_pen if is_joint else True,
            is_joint=is_joint,
            is_required=is_required,
        ),
        item=item,
        module=module,
        done_at=done.completed.get(item.id),
        status=status if isinstance(item, Assignment) else None,
    )


def module_page(session: Session, reading: ModuleReading, *, today: date) -> ModuleView:
    """Return the module of this page as it stands for the reader, in one statement."""
    return module_view(
        reading.module, reading, standing(session, reading),
        asked_of(reading)[reading.module.id], today=today,
    )


def course_page(session: Session, reading: Reading, *, today: date) -> tuple[ModuleView, ...]:
    """Return all modules as they stand for the reader, in one statement."""
    return module_views(reading, standing(session, reading), today=today)
