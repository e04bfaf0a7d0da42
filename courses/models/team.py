from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import PUBLIC_TASK, Base, PersonalData
from courses.vocabulary import EnrollmentState, Sector

_MEMBERSHIP = PersonalData(
    purpose="who takes part, where they work, which team they work in",
    basis=PUBLIC_TASK,
    retention="two years after the cohort's end",
    readers="oneself; the team (name, sector, authority); coordinators of one's organization; "
    "trainers of the cohort; editors, before publishing: whom it concerns",
    export="whole row",
    erasure="kept: points at the emptied person",
)
_TEAM = replace(_MEMBERSHIP, about=("team_member.team_id",))


class Team(Base):
    """The people of a cohort who do joint work together. A team is not a municipality."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("cohort_id", "name"),)
    __personal__ = _TEAM

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    name: Mapped[str]
    organization_id: Mapped[int | None] = mapped_column(
        ForeignKey("organization.id"), index=True
    )
    """The municipality it belongs to; None: a regional team."""
    holder_id: Mapped[int | None] = mapped_column(
        ForeignKey("enrollment.id", use_alter=True), index=True
    )
    """Who holds the pen of the joint assignments."""
    deputy_id: Mapped[int | None] = mapped_column(
        ForeignKey("enrollment.id", use_alter=True), index=True
    )
    first_reader_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """The trainer who reads this team's work first."""
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class Enrollment(Base):
    """A person's place in a cohort."""

    __tablename__ = "enrollment"
    __table_args__ = (UniqueConstraint("user_id", "cohort_id"),)
    __personal__ = _MEMBERSHIP

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    """Who employs the person during this cohort."""
    sector: Mapped[Sector]
    home_team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    state: Mapped[EnrollmentState] = mapped_column(default=EnrollmentState.ACTIVE)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class TeamMember(Base):
    """A person can be in two teams; one of them is the home team."""

    __tablename__ = "team_member"
    __personal__ = _MEMBERSHIP

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(
        ForeignKey("enrollment.id"), primary_key=True, index=True
    )
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
