"""Where in a lesson somebody was."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import PUBLIC_TASK, Base, PersonalData


class LessonPlace(Base):
    """The part of a lesson that somebody had come to, until the lesson is done."""

    __tablename__ = "lesson_place"
    __personal__ = PersonalData(
        purpose="going on reading where one was",
        basis=PUBLIC_TASK,
        retention="until the lesson is done, at most 90 days after the cohort's end",
        readers="oneself",
        export="whole row",
        erasure="deleted",
    )

    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), primary_key=True)
    lesson_id: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str]
    """The id of the part's heading on the page."""
    at: Mapped[datetime]
