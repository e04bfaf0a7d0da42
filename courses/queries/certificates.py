"""A certificate as its holder sees it, and as whoever has its code does."""

from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, undefer

from courses.documents.codes import normalize_code
from courses.errors import NotFound
from courses.identity import Identity
from courses.models import Certificate, User
from courses.permissions import Permission, Scope


@dataclass(frozen=True, kw_only=True)
class OwnCertificate:
    """A certificate as its holder sees it; nobody else may know of it here."""

    READ: ClassVar[Permission] = Permission.CERTIFICATE_READ
    certificate: Certificate

    @property
    def scope(self) -> Scope:
        return Scope(enrollment_id=self.certificate.enrollment_id)


@dataclass(frozen=True)
class CheckedCertificate:
    """A certificate as whoever has its code sees it."""

    certificate: Certificate
    name: str | None
    """None: protected, to be compared with the paper alone."""


def own_certificate(session: Session, _identity: Identity, certificate_id: int) -> OwnCertificate:
    """Return a certificate for its page."""
    return OwnCertificate(certificate=_certificate(session, certificate_id))


def own_certificate_file(
    session: Session, _identity: Identity, certificate_id: int
) -> OwnCertificate:
    """Return a certificate with its document."""
    return OwnCertificate(
        certificate=_certificate(session, certificate_id, undefer(Certificate.pdf))
    )


def _certificate(session: Session, certificate_id: int, *options: Any) -> Certificate:
    found = session.get(Certificate, certificate_id, options=options)
    if found is None:
        raise NotFound
    return found


def certificate_by_code(session: Session, typed: str) -> CheckedCertificate | None:
    """Return the certificate with this code, however it is typed, or with this token."""
    typed = typed.strip()
    if not typed.isprintable():
        return None  # PostgreSQL takes no NUL
    code = normalize_code(typed)
    is_it = Certificate.token == typed
    found = session.execute(
        select(Certificate, User.alias)
        .join(User, User.id == Certificate.user_id)
        .where(or_(is_it, Certificate.code == code) if code else is_it)
    ).one_or_none()
    if found is None:
        return None
    certificate, alias = found
    return CheckedCertificate(certificate, None if alias else certificate.fields["name"])
