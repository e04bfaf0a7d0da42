"""What the members of a team say of joint work, and what a team shows to the others."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import NEVER_AGAIN, PUBLIC_TASK, Base, PersonalData


class ReadyMark(Base):
    """That a member is ready with the joint text as it was then. It stops nothing."""

    __tablename__ = "ready_mark"
    __table_args__ = (UniqueConstraint("team_id", "assignment_id", "enrollment_id"), NEVER_AGAIN)
    __personal__ = PersonalData(
        purpose="letting the team know who is ready with a joint text",
        basis=PUBLIC_TASK,
        retention="90 days after the cohort's end",
        readers="the team",
        export="whole row",
        erasure="deleted",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    assignment_id: Mapped[str]
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), index=True)
    draft_version: Mapped[int]
    shown_version_id: Mapped[int | None] = mapped_column(ForeignKey("shown_version.id"))
    """The version that was read by who may not read the draft; None: the draft itself."""
    at: Mapped[datetime]


class ContributionLine(Base):
    """What a member did for a round that was handed in, in the member's own words, frozen."""

    __tablename__ = "contribution_line"
    __table_args__ = (UniqueConstraint("round_id", "enrollment_id"), NEVER_AGAIN)
    __personal__ = PersonalData(
        purpose="one's own part in joint work, which the certificate asks for",
        basis=PUBLIC_TASK,
        retention="two years after the cohort's end; joint municipal work is kept",
        readers="the team; trainers of the cohort; coordinators: that it is written",
        export="whole row",
        erasure="kept as a public document under the disposal schedule",
    )
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("submission_round.id"))
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), index=True)
    line: Mapped[str]
    written_at: Mapped[datetime]


class CohortShowing(Base):
    """That a team lets the others in the cohort read an approved round."""

    __tablename__ = "cohort_showing"
    __table_args__ = (UniqueConstraint("round_id"), NEVER_AGAIN)
    __personal__ = PersonalData(
        purpose="comparing the teams' pictures of the situation",
        basis=PUBLIC_TASK,
        retention="two years after the cohort's end; joint municipal work is kept",
        readers="participants, trainers and coordinators of the cohort",
        export="whole row, to who showed it",
        erasure="kept: points at the emptied person",
        about=("shown_by",),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("submission_round.id"))
    shown_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    shown_at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]
    """When the team took it back from view; None: the others read it."""
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
