"""What the certificate asks for, line by line, with the way on to what is left of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Beside, BesideKind
from courses.errors import NotFound
from courses.models import Completion
from courses.queries.learning import Reading
from courses.queries.modules import Line
from courses.rules.requirements import RequirementStatus, requirement_statuses


@dataclass(frozen=True, kw_only=True)
class RequirementLine:
    """One line as it stands for one person."""

    title: str
    status: RequirementStatus
    kind: BesideKind | None
    """Of what it names beside the modules; None: it is about parts of modules."""
    next: Line | None
    """The first part of a module that is left and open to this person."""
    beside: Beside | None
    """The first thing that is left, or else the last one done, of a line beside the modules."""
    done_at: datetime | None
    """When that was done."""


@dataclass(frozen=True, kw_only=True)
class VouchedReading(Reading):
    """The page of something that one vouches for oneself."""

    thing: Beside


def requirement_lines(
    reading: Reading, completed: Mapping[str, datetime], lines: Mapping[str, Line]
) -> tuple[RequirementLine, ...]:
    """Return every line of the cohort's requirement set; `lines` are the modules' parts."""
    titles = {one.id: one.title for one in reading.course.requirements}
    asked = {one["id"]: one["items"] for one in reading.cohort.requirement_set}
    found = []
    for status in requirement_statuses(reading.cohort.requirement_set, completed.keys()):
        items = asked[status.id]
        left = [item for item in items if item not in completed]
        known = [reading.course.beside[i] for i in items if i in reading.course.beside]
        beside = next((one for one in known if one.id in left), known[-1] if known else None)
        found.append(
            RequirementLine(
                title=titles.get(status.id, status.id),
                status=status,
                kind=beside.kind if beside else None,
                next=next((lines[i] for i in left if i in lines and lines[i].task.is_todo), None),
                beside=beside,
                done_at=completed.get(beside.id) if beside else None,
            )
        )
    return tuple(found)


def vouched_context(reading: Reading, item_id: str) -> VouchedReading:
    """Return what somebody vouches for under this id; NotFound when it is nothing such."""
    thing = reading.course.beside.get(item_id)
    if thing is None or thing.kind is not BesideKind.ATTESTED:
        raise NotFound
    return VouchedReading(**vars(reading), thing=thing)


def vouched_at(session: Session, reading: VouchedReading) -> datetime | None:
    """Return the day that the reader vouched for, if they have."""
    if reading.enrollment is None:
        return None
    return session.scalars(
        select(Completion.at).where(
            Completion.enrollment_id == reading.enrollment.id,
            Completion.item_id == reading.thing.id,
        )
    ).one_or_none()
