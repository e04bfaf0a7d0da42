from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, case, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import PUBLIC_TASK, Base, PersonalData
from courses.vocabulary import Language, Role, Sector


class User(Base):
    """A person. Erasing empties the row and keeps its id.

    `name` is what others read: in code, in queries and in sorting. Whoever has protected
    personal data has an `alias`, and that is it. Only pages and mails to oneself, and what is
    on one's own certificate, ask for `own_name`.
    """

    __tablename__ = "user"
    __table_args__ = (UniqueConstraint("email"), Index("ix_user_alias", "alias", unique=True))
    __personal__ = PersonalData(
        purpose="account: who logs in and what to call them",
        basis=PUBLIC_TASK,
        retention="until the person asks, or two years after the last cohort",
        readers="oneself; coordinators of one's organization; trainers of one's cohort; editors, "
        "before publishing: the names of those whom it concerns",
        export="whole row but the password hash",
        erasure="emptied, id kept",
        about=("id",),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str | None]
    """Lower case. None once erased."""
    own_name: Mapped[str] = mapped_column("name")
    """"Raderat konto" once erased."""
    alias: Mapped[str | None]
    """What others read instead of the name; only for protected personal data."""
    language: Mapped[Language] = mapped_column(default=Language.SWEDISH)
    organization_id: Mapped[int | None] = mapped_column(
        ForeignKey("organization.id"), index=True
    )
    sector: Mapped[Sector | None]
    password_hash: Mapped[str | None]
    """Argon2id. None until the invitation is accepted, and when somebody else knew it."""
    activated_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    @hybrid_property
    def name(self) -> str:
        """What others read."""
        return self.alias or self.own_name

    @name.inplace.setter
    def _name_is(self, value: str) -> None:
        self.own_name = value

    @name.inplace.expression
    @classmethod
    def _name_in_queries(cls) -> ColumnElement[str]:
        return func.coalesce(cls.alias, cls.own_name)

    @hybrid_property
    def shown_email(self) -> str | None:
        """The address as others may read it."""
        return None if self.alias else self.email

    @shown_email.inplace.expression
    @classmethod
    def _shown_email_in_queries(cls) -> ColumnElement[str | None]:
        return case((cls.alias.is_(None), cls.email))


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
