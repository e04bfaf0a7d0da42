"""Files beside a draft and in a hand-in, and what the guard found in them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import NEVER_AGAIN, PUBLIC_TASK, Base, PersonalData
from courses.models.progress import OWNER
from courses.rules.identity_guard import FindingKind
from courses.vocabulary import FileState


class StoredFile(Base):
    """One upload and what is known of it. Two of the same content are two rows: nobody learns
    from the second that there was a first."""

    __tablename__ = "stored_file"
    __table_args__ = (Index("ix_stored_file_state_read_at", "state", "read_at"), NEVER_AGAIN)
    __personal__ = PersonalData(
        purpose="files that belong to an assignment",
        basis=PUBLIC_TASK,
        retention="as long as a draft or a hand-in has it",
        readers="as the draft or the hand-in that has it",
        export="the file itself, with its name, size and times",
        erasure="deleted, unless it was handed in or is the team's",
        about=("uploaded_by",),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(index=True)
    """Of what is kept: a picture is written anew, and has another one after that."""
    size: Mapped[int]
    media_type: Mapped[str]
    state: Mapped[FileState] = mapped_column(default=FileState.UNCHECKED)
    reason: Mapped[str | None]
    """Why it was refused after it had been taken in: a `Reason`."""
    has_text: Mapped[bool] = mapped_column(default=False)
    """Whether text could be read in it. The text itself is kept nowhere but in the file."""
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    uploaded_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    """When the worker had gone through it: a picture written anew, the text taken out."""
    checked_at: Mapped[datetime | None]
    """When `state` was decided."""


class FileFinding(Base):
    """Kind and place of a passage in a file. What it says is read in the file alone."""

    __tablename__ = "file_finding"
    __personal__ = PersonalData(
        purpose="asking about what may point out a person before a file is handed in",
        basis=PUBLIC_TASK,
        retention="as long as the file",
        readers="as the draft that has the file",
        export="whole row",
        erasure="deleted, with its file",
        about=("stored_file_id",),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stored_file_id: Mapped[int] = mapped_column(
        ForeignKey("stored_file.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[FindingKind]
    page: Mapped[int | None]
    line: Mapped[int]


class DraftFile(Base):
    """A file beside a draft. Whoever reads the draft sees that it is there."""

    __tablename__ = "draft_file"
    __table_args__ = (
        CheckConstraint(OWNER, name="one_owner"),
        UniqueConstraint("enrollment_id", "assignment_id", "place"),
        UniqueConstraint("team_id", "assignment_id", "place"),
        CheckConstraint("place BETWEEN 1 AND 5", name="at_most_five"),
        NEVER_AGAIN,
    )
    __personal__ = PersonalData(
        purpose="writing an assignment",
        basis=PUBLIC_TASK,
        retention="90 days after the cohort's end",
        readers="the author; for a joint one the team, as the cohort was set",
        export="the file itself, with its name, size and times",
        erasure="deleted, unless it is the team's",
        about=("added_by",),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrollment_id: Mapped[int | None] = mapped_column(ForeignKey("enrollment.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    assignment_id: Mapped[str]
    place: Mapped[int]
    """1 to 5: of two uploads at once the constraint lets one have it."""
    name: Mapped[str]
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    added_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime]


class BehalfFile(Base):
    """A scan or photo of what somebody is going to hand in for another: whoever does it keeps it
    here until then, apart from the other's own draft."""

    __tablename__ = "behalf_file"
    __table_args__ = (
        UniqueConstraint("enrollment_id", "assignment_id", "added_by", "place"),
        CheckConstraint("place BETWEEN 1 AND 5", name="at_most_five"),
        NEVER_AGAIN,
    )
    __personal__ = PersonalData(
        purpose="handing in what somebody has given on paper",
        basis=PUBLIC_TASK,
        retention="90 days after the cohort's end",
        readers="whoever added it",
        export="whole row",
        erasure="deleted",
        about=("enrollment_id", "added_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"))
    """Whose work it is."""
    assignment_id: Mapped[str]
    place: Mapped[int]
    """1 to 5: of two uploads at once the constraint lets one have it."""
    name: Mapped[str]
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    added_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime]


class RoundFile(Base):
    """A file as it was handed in, frozen with its round."""

    __tablename__ = "round_file"
    __table_args__ = (UniqueConstraint("round_id", "place"),)
    __personal__ = PersonalData(
        purpose="a file as it was handed in: a public document",
        basis=PUBLIC_TASK,
        retention="two years after the cohort's end; joint municipal work is kept",
        readers="the author or the team's members at that moment; trainers of the cohort",
        export="the file itself, with its name, size and times",
        erasure="only by the disposal schedule (GDPR art. 17.3 b and d)",
        about=("added_by",),
    )
    __frozen__ = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("submission_round.id"))
    place: Mapped[int]
    name: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    media_type: Mapped[str]
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    """Whether it may be opened is asked there, as long as that is not decided."""
    added_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
