"""Rebuilding what is derived: the events decide, the rows follow."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Course
from courses.models import Cohort, Completion, Edition, Enrollment, ModuleProgress
from courses.services.progress import derive

BATCH = 500


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A derived row that was not as the events have it; None where there was or is none."""

    cohort: str
    enrollment_id: int
    about: str
    """The item's or the module's id."""
    stored: tuple[Any, ...] | None
    right: tuple[Any, ...] | None


def rebuild_progress(
    session: Session, course_of: Callable[[str], Course]
) -> Iterator[Difference]:
    """Derive every cohort's progress again and yield what had to be changed: nothing, when
    all was right. Whoever only wants to know rolls back."""
    cohorts = session.execute(
        select(Cohort, Edition.digest)
        .join(Edition, Edition.id == Cohort.edition_id)
        .order_by(Cohort.id)
    ).all()
    for cohort, digest in cohorts:
        enrollments = session.scalars(
            select(Enrollment).where(Enrollment.cohort_id == cohort.id).order_by(Enrollment.id)
        ).all()
        for start in range(0, len(enrollments), BATCH):
            batch = enrollments[start : start + BATCH]
            ids = [enrollment.id for enrollment in batch]
            stored = _rows(session, ids)
            derive(session, batch, course_of(digest))
            right = _rows(session, ids)
            for key in sorted(stored.keys() | right.keys()):
                if stored.get(key) != right.get(key):
                    yield Difference(
                        cohort=cohort.name, enrollment_id=key[0], about=key[1],
                        stored=stored.get(key), right=right.get(key),
                    )


def _rows(session: Session, ids: list[int]) -> dict[tuple[int, str], tuple[Any, ...]]:
    found: dict[tuple[int, str], tuple[Any, ...]] = {}
    for enrollment_id, item_id, *values in session.execute(
        select(
            Completion.enrollment_id, Completion.item_id, Completion.at, Completion.event_id
        ).where(Completion.enrollment_id.in_(ids))
    ):
        found[enrollment_id, item_id] = tuple(values)
    for enrollment_id, module_id, *values in session.execute(
        select(
            ModuleProgress.enrollment_id, ModuleProgress.module_id, ModuleProgress.done,
            ModuleProgress.required, ModuleProgress.completed_at,
        ).where(ModuleProgress.enrollment_id.in_(ids))
    ):
        found[enrollment_id, module_id] = tuple(values)
    return found
