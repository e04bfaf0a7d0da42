"""What a participant does in lessons: finishing them, exercises, knowledge checks."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from sqlalchemy import delete
from sqlalchemy.orm import Session

from courses.catalog import Assignment, Beside, Course, Exercise, KnowledgeCheck, Lesson, Module
from courses.catalog.asking import questions_in
from courses.errors import Reason, Refused
from courses.models import CohortModule, Completion, Enrollment, LessonPlace, Response
from courses.rules.calendar import STOCKHOLM
from courses.rules.checks import Questions
from courses.rules.opening import is_open
from courses.services.handin_order import refuse_when_closed
from courses.services.progress import record_completion
from courses.vocabulary import CompletionKind


def finish_lesson(
    session: Session,
    *,
    enrollment: Enrollment,
    course: Course,
    module: Module,
    lesson: Lesson,
    now: datetime,
    today: date,
) -> None:
    """Record that somebody has gone through a lesson. Refused before the module opens, and
    until the exercise that the lesson requires has an answer for everything in it."""
    refuse_unopened(session, enrollment, module, today)
    required = lesson.exercise(lesson.requires_exercise) if lesson.requires_exercise else None
    if required is not None:
        asked = questions_in(required)
        if asked.missing_in(_kept(session, enrollment, required.id, asked)):
            raise Refused(Reason.EXERCISE_FIRST)
    record_completion(
        session, enrollment=enrollment, item_id=lesson.id, course=course,
        actor_id=enrollment.user_id, now=now,
    )
    session.execute(
        delete(LessonPlace).where(
            LessonPlace.enrollment_id == enrollment.id, LessonPlace.lesson_id == lesson.id
        )
    )


def reopen_lesson(
    session: Session, *, enrollment: Enrollment, course: Course, lesson: Lesson, now: datetime
) -> None:
    """Take back one's own mark on a lesson. The events before it stay."""
    _take_back(session, enrollment, course, lesson.id, now)


def finish_assignment(
    session: Session,
    *,
    enrollment: Enrollment,
    course: Course,
    assignment: Assignment,
    now: datetime,
    today: date,
) -> None:
    """Record that somebody has done an assignment that nobody assesses. Refused for one that is
    handed in, before the module opens and after the cohort has ended."""
    if assignment.is_handed_in:
        raise Refused(Reason.TO_HAND_IN)
    refuse_when_closed(
        session, enrollment=enrollment, course=course, assignment=assignment, today=today
    )
    record_completion(
        session, enrollment=enrollment, item_id=assignment.id, course=course,
        actor_id=enrollment.user_id, now=now,
    )


def reopen_assignment(
    session: Session,
    *,
    enrollment: Enrollment,
    course: Course,
    assignment: Assignment,
    now: datetime,
) -> None:
    """Take back one's own mark on an assignment that nobody assesses."""
    if assignment.is_handed_in:
        raise Refused(Reason.TO_HAND_IN)
    _take_back(session, enrollment, course, assignment.id, now)


def vouch_for(
    session: Session,
    *,
    enrollment: Enrollment,
    course: Course,
    thing: Beside,
    on: date,
    now: datetime,
) -> None:
    """Record that somebody says they have done `thing` on a day, at the latest today."""
    is_today = on >= now.astimezone(STOCKHOLM).date()
    record_completion(
        session, enrollment=enrollment, item_id=thing.id, course=course,
        actor_id=enrollment.user_id,
        now=now if is_today else datetime.combine(on, time(12), STOCKHOLM).astimezone(UTC),
    )


def take_back_vouching(
    session: Session, *, enrollment: Enrollment, course: Course, thing: Beside, now: datetime
) -> None:
    """Take back what one has vouched for. The events before it stay."""
    _take_back(session, enrollment, course, thing.id, now)


def answer_exercise(
    session: Session,
    *,
    enrollment: Enrollment,
    module: Module,
    exercise: Exercise,
    answers: Mapping[str, int],
    now: datetime,
    today: date,
) -> None:
    """Keep somebody's answers to an exercise. Items left out keep the answer they had."""
    refuse_unopened(session, enrollment, module, today)
    asked = questions_in(exercise)
    kept = _kept(session, enrollment, exercise.id, asked) | dict(answers)
    _keep(session, enrollment, exercise.id, asked, kept, now)


def answer_check(
    session: Session,
    *,
    enrollment: Enrollment,
    course: Course,
    module: Module,
    check: KnowledgeCheck,
    answers: Mapping[str, int],
    now: datetime,
    today: date,
) -> bool:
    """Keep the answers to a knowledge check in place of the last ones; return whether enough
    are right. Enough once is enough: later tries take nothing back."""
    refuse_unopened(session, enrollment, module, today)
    asked = questions_in(check)
    _keep(session, enrollment, check.id, asked, answers, now)
    passed = len(asked.right_in(answers)) >= check.pass_at
    if passed:
        record_completion(
            session, enrollment=enrollment, item_id=check.id, course=course,
            actor_id=enrollment.user_id, now=now,
        )
    return passed


def _take_back(
    session: Session, enrollment: Enrollment, course: Course, item_id: str, now: datetime
) -> None:
    if session.get(Completion, (enrollment.id, item_id)) is not None:
        record_completion(
            session, enrollment=enrollment, item_id=item_id, course=course,
            actor_id=enrollment.user_id, now=now, kind=CompletionKind.UNDONE,
        )


def refuse_unopened(
    session: Session, enrollment: Enrollment, module: Module, today: date
) -> None:
    """Refused before the day that the cohort has for the module."""
    row = session.get(CohortModule, (enrollment.cohort_id, module.id))
    if row is not None and not is_open(row.opens_on, today):
        raise Refused(Reason.NOT_YET_OPEN, date=row.opens_on)


def _kept(
    session: Session, enrollment: Enrollment, item_id: str, asked: Questions
) -> dict[str, int]:
    row = session.get(Response, (enrollment.id, item_id))
    return asked.kept_in(row.answers if row else None)


def _keep(
    session: Session,
    enrollment: Enrollment,
    item_id: str,
    asked: Questions,
    answers: Mapping[str, int],
    now: datetime,
) -> None:
    row = session.get(Response, (enrollment.id, item_id))
    if row is None:
        row = Response(enrollment_id=enrollment.id, item_id=item_id)
        session.add(row)
    row.answers = asked.to_keep(answers)
    row.right, row.total, row.at = len(asked.right_in(answers)), len(asked.rights), now
    session.flush()
