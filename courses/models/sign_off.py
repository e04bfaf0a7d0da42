"""A version of a joint text that is shown on purpose, and what other authorities say of it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import NEVER_AGAIN, PUBLIC_TASK, Base, PersonalData

_SHOWN = PersonalData(
    purpose="showing a version of joint work to others than those who write it",
    basis=PUBLIC_TASK,
    retention="two years after the cohort's end; joint municipal work is kept",
    readers="those whom it was shown to: the team, or its members from one authority; the "
    "holder and the deputy; those who may read the team's draft",
    export="that one showed it and when; not the text, which is the team's",
    erasure="kept as a public document under the disposal schedule",
    about=("shown_by",),
    withheld=("answers", "digest"),
)
_SIGNED = replace(
    _SHOWN,
    purpose="knowing that each authority approves of what is handed in",
    export="whole row, to who said it",
    about=("enrollment_id",),
    withheld=(),
)
_WHOLE_TEAM = text("organization_id IS NULL")


class ShownVersion(Base):
    """The team's draft as it was when somebody showed it, frozen."""

    __tablename__ = "shown_version"
    __table_args__ = (
        UniqueConstraint("team_id", "assignment_id", "organization_id", "digest"),
        Index(
            "uq_shown_version_whole_team", "team_id", "assignment_id", "digest", unique=True,
            sqlite_where=_WHOLE_TEAM, postgresql_where=_WHOLE_TEAM,
        ),
        NEVER_AGAIN,
    )
    __personal__ = _SHOWN
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    assignment_id: Mapped[str]
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    """The authority that is asked to approve, and that alone is shown it; None: the team."""
    answers: Mapped[dict[str, Any]]
    digest: Mapped[str]
    """Of the answers: two versions with the same one say the same."""
    draft_version: Mapped[int]
    edition_digest: Mapped[str]
    """In which wording of the assignment it was written."""
    shown_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    shown_at: Mapped[datetime]


class SignOff(Base):
    """What a member from an authority says of the version that it was shown. The last one
    that somebody says holds."""

    __tablename__ = "sign_off"
    __table_args__ = (NEVER_AGAIN,)
    __personal__ = _SIGNED
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    shown_version_id: Mapped[int] = mapped_column(ForeignKey("shown_version.id"), index=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), index=True)
    is_approved: Mapped[bool]
    line: Mapped[str]
    """What is still missing; may be empty when it is approved."""
    answered_at: Mapped[datetime]


class SignOffWaiver(Base):
    """That a coordinator lets a team hand in without the word of an authority, and why."""

    __tablename__ = "sign_off_waiver"
    __table_args__ = (UniqueConstraint("team_id", "assignment_id", "organization_id"), NEVER_AGAIN)
    __personal__ = replace(
        _SIGNED, readers="the team; coordinators of the cohort", about=("waived_by",)
    )
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    assignment_id: Mapped[str]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    reason: Mapped[str]
    waived_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    waived_at: Mapped[datetime]
