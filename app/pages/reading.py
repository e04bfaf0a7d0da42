"""Loaders of the course's pages: the edition that the reader's cohort points at, today."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy.orm import Session

from app import clock, editions
from courses.identity import Identity
from courses.permissions import Permission, Scope
from courses.queries.learning import (
    CheckReading,
    LessonReading,
    ModuleReading,
    Reading,
    check_context,
    course_context,
    lesson_context,
    module_context,
)
from courses.queries.requirement_lines import VouchedReading, vouched_context


@dataclass(frozen=True)
class HomeContext:
    """One's own first page; without a reading for somebody who takes part in nothing."""

    READ: ClassVar[Permission] = Permission.HOME_READ

    reading: Reading | None
    scope: Scope


def load_home(session: Session, identity: Identity) -> HomeContext:
    if identity.place is None:
        return HomeContext(None, Scope())
    reading = course_context(
        session, identity, course_of=editions.course, today=clock.today()
    )
    return HomeContext(reading, reading.scope)


def load_course(session: Session, identity: Identity) -> Reading:
    return course_context(
        session, identity, course_of=editions.course, today=clock.today()
    )


def load_module(session: Session, identity: Identity, slug: str) -> ModuleReading:
    return module_context(
        session, identity, slug, course_of=editions.course, today=clock.today()
    )


def load_lesson(
    session: Session, identity: Identity, slug: str, lesson_slug: str, **_url: str
) -> LessonReading:
    return lesson_context(load_module(session, identity, slug), lesson_slug)


def load_check(session: Session, identity: Identity, slug: str) -> CheckReading:
    return check_context(load_module(session, identity, slug))


def load_vouched(session: Session, identity: Identity, item_id: str) -> VouchedReading:
    return vouched_context(load_course(session, identity), item_id)
