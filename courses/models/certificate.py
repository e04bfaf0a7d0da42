from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from courses.models.base import PUBLIC_TASK, Base, PersonalData
from courses.vocabulary import CertificateKind, CertificateState

_VALID = text("state = 'valid'")


class Certificate(Base):
    """An issued document: the exact bytes and every field as of issue. Only its state moves."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("code"),
        UniqueConstraint("token"),
        Index(
            "uq_certificate_valid", "user_id", "course_id", "kind", unique=True,
            sqlite_where=_VALID, postgresql_where=_VALID,
        ),
    )
    __personal__ = PersonalData(
        purpose="proof of completed training",
        basis=PUBLIC_TASK,
        retention="kept",
        readers="the holder; coordinators of the cohort; whoever has the code (what is on paper)",
        export="fields and PDF",
        erasure="kept as a public document",
    )
    __frozen__ = (
        "enrollment_id", "user_id", "course_id", "kind", "code", "token", "fields", "pdf",
        "sha256", "issued_at", "issued_by", "edition_digest",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    course_id: Mapped[str]
    kind: Mapped[CertificateKind]
    state: Mapped[CertificateState]
    code: Mapped[str]
    """As `documents.codes` makes and normalizes it: four groups of four characters."""
    token: Mapped[str]
    """128 random bits for the QR link."""
    fields: Mapped[dict[str, Any]]
    """Everything printed: name, title, period, hours, modules, issuer …"""
    pdf: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    sha256: Mapped[str]
    edition_digest: Mapped[str]
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """None: issued automatically, as the cohort was set."""
    changed_at: Mapped[datetime | None]
    """When it was replaced or revoked."""
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str | None]
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
