from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from courses.models.base import NOT_PERSONAL, Base
from courses.vocabulary import OrganizationKind


class Organization(Base):
    """A municipality or authority that employs people in the training."""

    __tablename__ = "organization"
    __table_args__ = (UniqueConstraint("name"), UniqueConstraint("scb_code"))
    __personal__ = NOT_PERSONAL

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[OrganizationKind]
    name: Mapped[str]
    """As people say it: "Sorsele", "Polisen"."""
    scb_code: Mapped[str | None]
    """Statistics Sweden's four-digit code; municipalities only."""
