"""What the pages about certificates show."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from courses.documents.codes import normalize_code
from courses.models import Certificate


def certificate_by_code(session: Session, typed: str) -> Certificate | None:
    """Return the certificate with this code, however it is typed, or with this token."""
    typed = typed.strip()
    if not typed.isprintable():
        return None  # PostgreSQL takes no NUL
    code = normalize_code(typed)
    is_it = Certificate.token == typed
    return session.scalars(
        select(Certificate).where(or_(is_it, Certificate.code == code) if code else is_it)
    ).one_or_none()
