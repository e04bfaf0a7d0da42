"""Writing together: sections of a team's draft, contributions, comments, and who gave what."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import NEVER_AGAIN, PUBLIC_TASK, Base, PersonalData

_TEAMS = PersonalData(
    purpose="writing an assignment together",
    basis=PUBLIC_TASK,
    retention="90 days after the cohort's end",
    readers="the team: headings, who writes what and dates; the text as the cohort was set",
    export="whole row but the text: it is the team's",
    erasure="kept with the team's draft: points at the emptied person",
)


class JointSection(Base):
    """One section of a team's draft: who is to write it, who has it open, which version it has.
    The text itself stands in `Draft.answers`."""

    __tablename__ = "joint_section"
    __table_args__ = (UniqueConstraint("team_id", "assignment_id", "section_id"), NEVER_AGAIN)
    __personal__ = replace(_TEAMS, about=("writer_id", "saved_by", "open_by"))

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    assignment_id: Mapped[str]
    section_id: Mapped[str]
    writer_id: Mapped[int | None] = mapped_column(ForeignKey("enrollment.id"))
    """Who is to write it; others may, too."""
    due_on: Mapped[date | None]
    """The team's own date for it."""
    version: Mapped[int] = mapped_column(default=0)
    """Of the text: counted under the draft's lock."""
    saved_at: Mapped[datetime | None]
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    open_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """Who has it open for writing; nobody is kept out by it."""
    opened_at: Mapped[datetime | None]
    open_until: Mapped[datetime | None]


class Contribution(Base):
    """What a member writes for the team before it is shared. Nobody else has a path to it."""

    __tablename__ = "contribution"
    __table_args__ = (
        UniqueConstraint(
            "enrollment_id", "team_id", "assignment_id", "section_id", name="uq_contribution_own"
        ),
        NEVER_AGAIN,
    )
    __personal__ = PersonalData(
        purpose="writing an assignment together",
        basis=PUBLIC_TASK,
        retention="90 days after the cohort's end",
        readers="the author",
        export="whole row",
        erasure="deleted",
        about=("enrollment_id",),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    assignment_id: Mapped[str]
    section_id: Mapped[str]
    """The heading it is about; empty when it is about the whole."""
    text: Mapped[str]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class SharedContribution(Base):
    """A contribution as its author gave it to the team. The newest that is not taken back
    counts; it is the team's from then on."""

    __tablename__ = "shared_contribution"
    __table_args__ = (
        UniqueConstraint(
            "team_id", "assignment_id", "section_id", "enrollment_id", "number",
            name="uq_shared_contribution_number",
        ),
        NEVER_AGAIN,
    )
    __personal__ = replace(
        _TEAMS, about=("enrollment_id",), export="whole row",
        readers="the author; whoever holds the pen; the author's and the team's authority; the "
        "whole team as the cohort was set",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    assignment_id: Mapped[str]
    section_id: Mapped[str]
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    """The author's authority when it was shared."""
    number: Mapped[int]
    """Counted from 1 for each author and heading."""
    text: Mapped[str]
    shared_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class SectionSource(Base):
    """That a shared contribution was put into a section, with what is needed to undo it."""

    __tablename__ = "section_source"
    __table_args__ = (
        UniqueConstraint("section_row_id", "contribution_id"),
        NEVER_AGAIN,
    )
    __personal__ = replace(
        _TEAMS, about=("added_by",), export="whole row but the text: it is the team's",
        withheld=("before",),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    section_row_id: Mapped[int] = mapped_column(ForeignKey("joint_section.id"))
    contribution_id: Mapped[int] = mapped_column(
        ForeignKey("shared_contribution.id"), index=True
    )
    added_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime]
    version: Mapped[int]
    """The section's version that it made: while that stands it can be undone."""
    before: Mapped[dict[str, Any]]
    """{"value": what stood in the section before}; empty when it was only marked as used, beside
    a table that it does not fit."""


class SectionComment(Base):
    """What somebody in the team says about a section. Never part of what is handed in."""

    __tablename__ = "section_comment"
    __table_args__ = (
        Index("ix_section_comment_team_id_assignment_id", "team_id", "assignment_id"),
        NEVER_AGAIN,
    )
    __personal__ = replace(
        _TEAMS, about=("user_id",), export="whole row",
        readers="those in the team who may read the draft",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    assignment_id: Mapped[str]
    section_id: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    text: Mapped[str]
    created_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class RoundSource(Base):
    """Whose contributions stand in a round that was handed in. Frozen with it."""

    __tablename__ = "round_source"
    __table_args__ = (UniqueConstraint("round_id"), NEVER_AGAIN)
    __personal__ = PersonalData(
        purpose="saying who contributed to what a team handed in",
        basis=PUBLIC_TASK,
        retention="two years after the cohort's end; joint municipal work is kept",
        readers="the team's members at that moment; trainers of the cohort",
        export="none: it is the team's, and stands on the page of the round",
        erasure="only by the disposal schedule (GDPR art. 17.3 b and d)",
        about=("round_id",),
    )
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("submission_round.id"))
    sources: Mapped[list[Any]]
    """[{"section_id", "enrollment_id", "name"}]."""
