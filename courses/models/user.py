from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import PUBLIC_TASK, Base, PersonalData
from courses.vocabulary import Language, Role, Sector


class User(Base):
    """A person. Erasing empties the row and keeps its id."""

    __tablename__ = "user"
    __table_args__ = (UniqueConstraint("email"),)
    __personal__ = PersonalData(
        purpose="account: who logs in and what to call them",
        basis=PUBLIC_TASK,
        retention="until the person asks, or two years after the last cohort",
        readers="oneself; coordinators of one's organization; trainers of one's cohort; editors, "
        "before publishing: the names of those whom it concerns",
        export="whole row but the password hash",
        erasure="emptied, id kept",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str | None]
    """Lower case. None once erased."""
    name: Mapped[str]
    language: Mapped[Language] = mapped_column(default=Language.SWEDISH)
    organization_id: Mapped[int | None] = mapped_column(
        ForeignKey("organization.id"), index=True
    )
    sector: Mapped[Sector | None]
    password_hash: Mapped[str | None]
    """Argon2id. None until the invitation is accepted."""
    activated_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class RoleAssignment(Base):
    """A role somebody has been given, for one cohort or all, one organization or the county."""

    __tablename__ = "role_assignment"
    __table_args__ = (Index("ix_role_assignment_user_id_role", "user_id", "role"),)
    __personal__ = PersonalData(
        purpose="who may do what",
        basis=PUBLIC_TASK,
        retention="two years after the role ended",
        readers="oneself; coordinators; administrators",
        export="whole row",
        erasure="kept: points at the emptied person",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    role: Mapped[Role]
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"), index=True)
    """None: every cohort."""
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    """A coordinator's municipality; None for the county."""
    granted_at: Mapped[datetime]
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[datetime | None]
