"""Where in a lesson somebody is, kept until they have done it."""

from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.catalog import Lesson, Module
from courses.models import Completion, Enrollment, LessonPlace
from courses.services.learning import refuse_unopened


def keep_place(
    session: Session,
    *,
    enrollment: Enrollment,
    module: Module,
    lesson: Lesson,
    part: str,
    now: datetime,
    today: date,
) -> None:
    """Keep that somebody has come to this part of a lesson. Of one that is done nothing is
    kept. Refused before the module opens."""
    refuse_unopened(session, enrollment, module, today)
    if session.get(Completion, (enrollment.id, lesson.id)) is not None:
        return
    key = (enrollment.id, lesson.id)
    place = session.get(LessonPlace, key)
    if place is None:
        try:
            with session.begin_nested():
                session.add(
                    LessonPlace(enrollment_id=key[0], lesson_id=key[1], part=part, at=now)
                )
            return
        except IntegrityError:  # kept from another window at the same moment
            place = session.get_one(LessonPlace, key, populate_existing=True)
    place.part, place.at = part, now
    session.flush()
