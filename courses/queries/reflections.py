"""Somebody's own reflections, still encrypted, and the assignments that one may be copied to."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course, Module, Section
from courses.errors import NotFound
from courses.identity import Identity
from courses.models import Reflection
from courses.permissions import Permission, Scope
from courses.queries.learning import Reading
from courses.queries.modules import course_page


@dataclass(frozen=True, kw_only=True)
class ReflectionContext:
    """A page about one's own reflections, or about one of them. `reading` is the course that
    the author takes part in, when there is one."""

    READ: ClassVar[Permission] = Permission.REFLECTION_READ

    scope: Scope
    reading: Reading | None
    reflection_id: str = ""
    reflection: Reflection | None = None
    """None also for one that is not written yet, or was deleted."""

    @property
    def course(self) -> Course | None:
        return self.reading.course if self.reading else None

    @property
    def modules(self) -> tuple[Module, ...]:
        """What a reflection can be about."""
        return self.course.modules if self.course else ()


@dataclass(frozen=True, kw_only=True)
class Target:
    """An assignment that is being written, with the parts that take a text."""

    assignment: Assignment
    sections: tuple[Section, ...]


def reflections_context(identity: Identity, reading: Reading | None) -> ReflectionContext:
    """Return what a page about all of one's own reflections is about."""
    return ReflectionContext(scope=Scope(user_id=identity.user_id), reading=reading)


def reflection_context(
    session: Session, context: ReflectionContext, reflection_id: str
) -> ReflectionContext:
    """Return what a page about one of them is about; NotFound when it is another person's."""
    row = session.get(Reflection, reflection_id)
    if row is not None and row.user_id != context.scope.user_id:
        raise NotFound
    return replace(context, reflection_id=reflection_id, reflection=row)


def own_reflections(session: Session, user_id: int) -> list[Reflection]:
    """Return what somebody has written, the latest first."""
    return list(
        session.scalars(
            select(Reflection)
            .where(Reflection.user_id == user_id)
            .order_by(Reflection.created_at.desc(), Reflection.id)
        )
    )


def targets(session: Session, reading: Reading, *, today: date) -> list[Target]:
    """Return the reader's own assignments that can be written now, in one statement. A team's
    are left out: what is copied there others would read."""
    return list(_targets(session, reading, today)) if reading.scope.is_open else []


def _targets(session: Session, reading: Reading, today: date) -> Iterator[Target]:
    for view in course_page(session, reading, today=today):
        for line in view.lines:
            item = line.item
            if not isinstance(item, Assignment) or item.is_joint or not view.has_opened:
                continue
            sections = tuple(one for one in item.sections if one.kind == "text")
            if sections and line.status and line.status.is_open:
                yield Target(assignment=item, sections=sections)
