from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import PUBLIC_TASK, Base, PersonalData


class ContentChange(Base):
    """One file of a course as its draft has it: laid over the published edition.

    A course has one draft, which its editors share; a file without a row is as published.
    """

    __tablename__ = "content_change"
    __table_args__ = (UniqueConstraint("course_id", "path"),)
    __personal__ = PersonalData(
        purpose="seeing who changed a text of the course that is not published yet",
        basis=PUBLIC_TASK,
        retention="until the draft is published or discarded",
        readers="editors",
        export="rows about oneself: which file and when",
        erasure="kept: points at the emptied person",
        about=("edited_by",),
        withheld=("content", "digest", "base_digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[str]
    path: Mapped[str]
    """Of the file inside the course's folder."""
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    """None: the draft leaves the file out."""
    digest: Mapped[str]
    """SHA-256 of the content; empty when it is left out."""
    base_digest: Mapped[str]
    """The same of the published file that the change was made on top of; empty: a new file."""
    edited_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    edited_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
