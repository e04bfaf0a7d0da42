"""A team's plan: the chapters that are being put together, and the document once issued."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from courses.models.base import NEVER_AGAIN, PUBLIC_TASK, Base, PersonalData


class PlanChapter(Base):
    """A chapter as the team has edited it. One that nobody has edited has no row: it reads as
    the approved texts do."""

    __tablename__ = "plan_chapter"
    __table_args__ = (UniqueConstraint("team_id", "chapter_id"), NEVER_AGAIN)
    __personal__ = PersonalData(
        purpose="putting the municipality's plan together",
        basis=PUBLIC_TASK,
        retention="90 days after the cohort's end",
        readers="the team, as the cohort was set",
        export="none: it is the team's",
        erasure="kept: it is the team's, and points at the emptied person",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    chapter_id: Mapped[str]
    answers: Mapped[dict[str, Any]]
    """Part of the chapter → text, choice, ISO date, or list of rows {field id: text}."""
    sources: Mapped[dict[str, Any]]
    """Assignment id → reference of the approved round that the chapter was edited from."""
    updated_at: Mapped[datetime]
    updated_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class MunicipalPlan(Base):
    """An issued plan: the exact bytes and every field as of issue. A later one replaces it."""

    __tablename__ = "municipal_plan"
    __table_args__ = (UniqueConstraint("team_id", "number"), NEVER_AGAIN)
    __personal__ = PersonalData(
        purpose="the municipality's plan, issued: a public document",
        basis=PUBLIC_TASK,
        retention="kept as joint municipal work",
        readers="the team; coordinators of the county and of the team's municipality",
        export="none: it is the team's, whose members can fetch it",
        erasure="kept as a public document",
    )
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    number: Mapped[int]
    """1, 2 …: the highest is the one that holds, the others have been replaced."""
    fields: Mapped[dict[str, Any]]
    """Everything that stands in it, and which approved rounds it came from."""
    pdf: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    pdf_sha256: Mapped[str]
    docx: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    docx_sha256: Mapped[str]
    edition_digest: Mapped[str]
    issued_at: Mapped[datetime]
    issued_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
