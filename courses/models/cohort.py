from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import NOT_PERSONAL, PUBLIC_TASK, Base, PersonalData


class Edition(Base):
    """A frozen, checked copy of a course; its bytes lie under the data directory by digest."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("course_id", "number"), UniqueConstraint("digest"))
    __personal__ = NOT_PERSONAL
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[str]
    number: Mapped[int]
    digest: Mapped[str]
    """SHA-256 of the packed folder."""
    published_at: Mapped[datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Publication(Base):
    """That an edition became the published one of its course: the first time, or again."""

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("course_id", "number"),)
    __personal__ = PersonalData(
        purpose="being able to say who published what",
        basis=PUBLIC_TASK,
        retention="as long as the course is given",
        readers="editors; coordinators",
        export="rows about oneself",
        erasure="kept: points at the emptied person",
        about=("published_by",),
    )
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[str]
    number: Mapped[int]
    """Counted from 1; the highest is the one in force."""
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    published_at: Mapped[datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Cohort(Base):
    """One delivery of a course, with its dates and its own copy of the requirement set."""

    __tablename__ = "cohort"
    __table_args__ = (UniqueConstraint("name"),)
    __personal__ = NOT_PERSONAL

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[str]
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    opened_at: Mapped[datetime | None]
    """None while the coordinator is still setting it up."""
    requirement_set: Mapped[list[Any]]
    """Rules over items: [{"id", "kind": "all" | "at_least", "items", "count"}]; what editions
    that came under way left there besides is told in `rules.requirements`."""
    issues_automatically: Mapped[bool] = mapped_column(default=False)
    shares_drafts_across_authorities: Mapped[bool]
    """Whether team members from another authority may read the team's shared draft. Asked in
    plain words when the cohort is created; there is no default."""
    needs_sign_off: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether each authority in a team must approve a joint text before it is handed in."""
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class CohortModule(Base):
    """The day a module's reading opens for everybody."""

    __tablename__ = "cohort_module"
    __personal__ = NOT_PERSONAL

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    module_id: Mapped[str] = mapped_column(primary_key=True)
    opens_on: Mapped[date]


class CohortDeadline(Base):
    """The last day to hand in an assignment; it ends at midnight in Stockholm."""

    __tablename__ = "cohort_deadline"
    __personal__ = NOT_PERSONAL

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    item_id: Mapped[str] = mapped_column(primary_key=True)
    due_on: Mapped[date]


class CohortMeeting(Base):
    """When and where a meeting takes place."""

    __tablename__ = "cohort_meeting"
    __personal__ = NOT_PERSONAL

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    meeting_id: Mapped[str] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
