"""What the pages of a text that two read have in common."""

from collections.abc import Collection, Mapping
from typing import Any

from app import clock, db
from app.forms.reviews import ReviewForm
from courses.catalog import Assignment, Course
from courses.errors import Reason
from courses.queries.reviews import ReviewContext, Round
from courses.queries.second_reading import SecondReading, reading_under, second_reading
from courses.rules.reviews import Problem
from courses.rules.second_reading import READERS, without_level
from courses.services.reviews import levels_of


def two_of(
    context: ReviewContext, round_: Round | None, assignment: Assignment | None
) -> SecondReading | None:
    """Ask where the two readers of a round stand, when it has two."""
    if round_ is None or assignment is None or assignment.readers < READERS:
        return None
    return reading_under(round_.mask, second_reading(db.session(), context, round_.round))


def may_write(context: ReviewContext, two: SecondReading | None, user_id: int) -> bool:
    """Whether somebody writes about what waits now: the one who has the text, also when the half
    hour is over and nobody took it; of two readers both, until they have finished, and the first
    again once the joint answer is begun."""
    if not context.is_open:
        return False
    holds = user_id == (context.reader_id(clock.now()) or context.submission.claimed_by)
    if two is None or two.lone:
        return holds and not (two and two.reads_second(user_id))
    if two.reads_second(user_id):
        return user_id not in two.done
    return holds and (user_id not in two.done or two.may_decide(user_id))


def names_of_both(context: ReviewContext, two: SecondReading | None) -> tuple[str, ...]:
    """Return who have read it, the first one first; none when one reads it."""
    pair = two.pair(context.submission.claimed_by) if two and not two.lone else None
    return tuple(one.by for one in pair or ())


def lacking(form: ReviewForm) -> list[Problem]:
    """Return what keeps a reader from having finished: the criteria without a level."""
    missing = without_level(form.answer(), levels_of(form.assignment))
    return [
        Problem(reason=Reason.CRITERIA_MISSING, at="levels", criterion=one) for one in missing
    ]


def items_for_two(courses: Mapping[Any, Course]) -> Collection[str]:
    """Return the assignments that two read, in any of the courses."""
    return {
        one.id
        for course in courses.values()
        for one in course.assignments
        if one.readers >= READERS
    }
