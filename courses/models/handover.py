"""What is left to whoever takes over: a note, and that somebody left a team."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import NEVER_AGAIN, PUBLIC_TASK, Base, PersonalData


class HandoverNote(Base):
    """What a member writes for whoever takes over. Nobody else has a path to it until they
    leave the team."""

    __tablename__ = "handover_note"
    __table_args__ = (UniqueConstraint("team_id", "enrollment_id"), NEVER_AGAIN)
    __personal__ = PersonalData(
        purpose="letting the team go on when somebody leaves it",
        basis=PUBLIC_TASK,
        retention="90 days after the cohort's end",
        readers="the author",
        export="whole row",
        erasure="deleted",
        about=("enrollment_id",),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), index=True)
    text: Mapped[str]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class Handover(Base):
    """That somebody left a team, and who took over. Appended, never changed."""

    __tablename__ = "handover"
    __table_args__ = (UniqueConstraint("team_id", "enrollment_id", "made_at"), NEVER_AGAIN)
    __personal__ = PersonalData(
        purpose="letting the team go on when somebody leaves it",
        basis=PUBLIC_TASK,
        retention="two years after the cohort's end",
        readers="the team; coordinators of its cohort or municipality: who and when",
        export="whole row",
        erasure="kept: points at the emptied person",
        about=("enrollment_id", "successor_id", "made_by"),
    )
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), index=True)
    """Who left."""
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("enrollment.id"), index=True)
    """Who took over; None: nobody yet."""
    note: Mapped[str]
    """What the one who left had written for whoever takes over; may be empty."""
    message: Mapped[str]
    """What the coordinator adds; may be empty."""
    made_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime]
