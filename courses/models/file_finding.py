"""Where in a file something may point out a person."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import PUBLIC_TASK, Base, PersonalData
from courses.rules.identity_guard import FindingKind


class FileFinding(Base):
    """Kind and place of a passage in a file. What it says is read in the file alone."""

    __tablename__ = "file_finding"
    __personal__ = PersonalData(
        purpose="asking about what may point out a person before a file is handed in",
        basis=PUBLIC_TASK,
        retention="as long as the file",
        readers="as the draft that has the file",
        export="whole row",
        erasure="kept: goes with the file",
        about=("stored_file_id",),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stored_file_id: Mapped[int] = mapped_column(
        ForeignKey("stored_file.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[FindingKind]
    page: Mapped[int | None]
    line: Mapped[int]
