from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import PUBLIC_TASK, Base, PersonalData
from courses.models.progress import OWNER
from courses.models.team import Enrollment, Team
from courses.vocabulary import SubmissionState

WAITING = text("state IN ('submitted', 'in_review')")
"""Of the index over what waits: a query that says it in the same words can use it."""

CLAIMED = text("claimed_until IS NOT NULL")
"""Of the index over what somebody has or has had: little beside what waits."""


class Draft(Base):
    """What an author or a team is writing. No trainer or coordinator has a path to it."""

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint(OWNER, name="one_owner"),
        UniqueConstraint("enrollment_id", "assignment_id"),
        UniqueConstraint("team_id", "assignment_id"),
    )
    __personal__ = PersonalData(
        purpose="writing an assignment",
        basis=PUBLIC_TASK,
        retention="90 days after the cohort's end",
        readers="the author; for a joint one the team, as the cohort was set",
        export="whole row; none of a joint one: it is the team's",
        erasure="deleted, unless it is the team's",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrollment_id: Mapped[int | None] = mapped_column(ForeignKey("enrollment.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    assignment_id: Mapped[str]
    answers: Mapped[dict[str, Any]]
    """Section id → text, choice, ISO date, or list of rows {field id: text}."""
    updated_at: Mapped[datetime]
    updated_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class Submission(Base):
    """Where an enrollment's or a team's work on one assignment stands. Its rounds are frozen."""

    __tablename__ = "submission"
    __table_args__ = (
        CheckConstraint(OWNER, name="one_owner"),
        UniqueConstraint("enrollment_id", "assignment_id"),
        UniqueConstraint("team_id", "assignment_id"),
        Index("ix_submission_cohort_id_state_submitted_at", "cohort_id", "state", "submitted_at"),
        Index(
            "ix_submission_waiting", "turn", "promised_on", "id", sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
        Index(
            "ix_submission_claimed_until", "claimed_until", sqlite_where=CLAIMED,
            postgresql_where=CLAIMED,
        ),
    )
    __personal__ = PersonalData(
        purpose="following an assignment from hand-in to answer",
        basis=PUBLIC_TASK,
        retention="two years after the cohort's end; joint municipal work is kept",
        readers="the author or team; trainers of the cohort; coordinators: that it is handed in "
        "or done",
        export="whole row",
        erasure="kept as a public document under the disposal schedule",
        about=("enrollment_id", "team_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    enrollment_id: Mapped[int | None] = mapped_column(ForeignKey("enrollment.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    assignment_id: Mapped[str]
    state: Mapped[SubmissionState]
    round: Mapped[int] = mapped_column(default=0)
    """Number of the latest round handed in; 0 before the first."""
    submitted_at: Mapped[datetime | None]
    """When the latest round was handed in."""
    promised_on: Mapped[date | None]
    """When the latest round is to be answered; moved by `services.promises` alone."""
    turn: Mapped[int] = mapped_column(default=1, server_default="1")
    """`rules.queue.Turn`: what comes back is read before what is new."""
    due_on: Mapped[date | None]
    """A new date that a trainer set; otherwise the cohort's deadline holds."""
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    claimed_until: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class SubmissionRound(Base):
    """One hand-in, frozen: what was written, by whom, and what was attested."""

    __tablename__ = "submission_round"
    __table_args__ = (
        UniqueConstraint("submission_id", "number"),
        UniqueConstraint("reference"),
    )
    __personal__ = PersonalData(
        purpose="the text as it was handed in: a public document",
        basis=PUBLIC_TASK,
        retention="two years after the cohort's end; joint municipal work is kept",
        readers="the author or the team's members at that moment; trainers of the cohort",
        export="whole row but the names of the others; a joint one of whoever was a member then",
        erasure="only by the disposal schedule (GDPR art. 17.3 b and d)",
        about=("submission_id",),
        withheld=("members",),
    )
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    number: Mapped[int]
    reference: Mapped[str]
    """For people: `U1-SOR-0042 v2`."""
    answers: Mapped[dict[str, Any]]
    members: Mapped[list[Any]]
    """A joint one: [{"enrollment_id", "name", "organization"}] at that moment; else empty."""
    edition_digest: Mapped[str]
    content_digest: Mapped[str]
    """Which wording of the assignment and its criteria was answered."""
    attestation: Mapped[str]
    """The sentence that was ticked."""
    submitted_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    """Who handed it in; with a `registered_reason`, who did so for the author or the team."""
    submitted_at: Mapped[datetime]
    registered_reason: Mapped[str | None]
    """Why somebody else registered it; None when the author or the team handed it in."""
    presented_on: Mapped[date | None]
    """The day on which it was presented orally: then there is no text."""


def owned_by(owner: Enrollment | Team) -> dict[str, int]:
    """Return the column of drafts and submissions that says whose they are, and its value."""
    return {"team_id" if isinstance(owner, Team) else "enrollment_id": owner.id}
