"""What the demonstration's people have done beside the modules: met, vouched, contributed."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from app.demo.cast import Delivery, Person
from courses.catalog import BesideKind, Course
from courses.models import Enrollment
from courses.services.progress import record_completion

MISSED_BY_ONE_IN = 4
"""Everybody is at the meetings that have been; one in so many had to miss one half day."""


def add_what_lies_beside(
    session: Session,
    course: Course,
    delivery: Delivery,
    person: Person,
    enrollment: Enrollment,
    at: Callable[[int], datetime],
    *,
    noted_by: int,
) -> None:
    """Record what a person who has come as far as `person` has done of it by now."""
    required = {item for line in course.requirements for item in line.items}
    for item_id, week in _done(course, delivery, person):
        if item_id in required:
            record_completion(
                session, enrollment=enrollment, item_id=item_id, course=course,
                actor_id=noted_by if course.beside[item_id].is_noted else enrollment.user_id,
                now=at(week),
            )


def _done(course: Course, delivery: Delivery, person: Person) -> Iterator[tuple[str, int]]:
    """Yield what is done with the week of the plan that it was done in."""
    if not person.modules:
        return
    weeks = {meeting.id: meeting.week for meeting in course.meetings}
    last = max(weeks.values(), default=0)
    is_whole = person.modules == len(course.modules)
    missed = not is_whole and person.lessons % MISSED_BY_ONE_IN == 0
    approved = [key for key, work in delivery.joint[person.team].items() if work == "approved"]
    for thing in course.beside.values():
        if thing.kind is BesideKind.ATTESTED and person.modules > 1:
            yield thing.id, 4
        elif thing.kind is BesideKind.NOTED and is_whole:
            yield thing.id, last
        elif thing.kind is BesideKind.HALF_DAY and weeks[thing.of] < delivery.week:
            if not (missed and thing.id == f"{thing.of}.2" and weeks[thing.of] > 2):
                yield thing.id, weeks[thing.of]
        elif thing.kind is BesideKind.CONTRIBUTION and thing.of in approved:
            yield thing.id, course.plan.due.get(thing.of, last)
