"""What is remembered about a lesson for the one who opens it again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String as Text
from sqlalchemy import bindparam, literal, select, type_coerce, union_all
from sqlalchemy.orm import Session

from courses.catalog import Part
from courses.models import CompletionEvent, Edition, LessonPlace
from courses.queries.learning import LessonReading
from courses.vocabulary import CompletionKind


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """Where somebody was in a lesson, and which wording of it they have read."""

    place: Part | None = None
    """None too when the lesson no longer has that part."""
    read_at: datetime | None = None
    read_digest: str = ""
    """Names the wording that was last marked as done, or whose change was read."""

    def has_changed(self, digest: str) -> bool:
        """Whether the lesson says something else now."""
        return self.read_at is not None and self.read_digest not in ("", digest)


def remembered(session: Session, reading: LessonReading) -> Remembered:
    """Return what is remembered of this lesson, in one statement; nothing for those who only
    read."""
    if reading.enrollment is None:
        return Remembered()
    place, read_at, read_digest = "", None, ""
    for kind, text, at, what in session.execute(
        REMEMBERED, {"enrollment": reading.enrollment.id, "lesson": reading.lesson.id}
    ):
        if kind == "place":
            place = text
        elif what == CompletionKind.DONE:
            read_at, read_digest = at, text
    return Remembered(
        place=next((one for one in reading.lesson.parts if one.anchor == place), None),
        read_at=read_at,
        read_digest=read_digest,
    )


def earlier_editions(session: Session, reading: LessonReading) -> list[str]:
    """Return the digests of the course's other editions, the newest first."""
    return list(
        session.scalars(
            select(Edition.digest)
            .where(
                Edition.course_id == reading.cohort.course_id,
                Edition.digest != reading.course.digest,
            )
            .order_by(Edition.number.desc())
        )
    )


def _remembered() -> Any:
    event, place = CompletionEvent, LessonPlace
    both = union_all(
        select(
            literal("place").label("kind"), place.part.label("text"), place.at.label("at"),
            literal("").label("what"), literal(0).label("number"),
        ).where(
            place.enrollment_id == bindparam("enrollment"), place.lesson_id == bindparam("lesson")
        ),
        select(
            literal("event"), event.content_digest, event.at, type_coerce(event.kind, Text),
            event.id,
        ).where(
            event.enrollment_id == bindparam("enrollment"), event.item_id == bindparam("lesson")
        ),
    ).subquery()
    return select(both.c.kind, both.c.text, both.c.at, both.c.what).order_by(both.c.number)


REMEMBERED = _remembered()
