"""One's own account page."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.models import Cohort, Enrollment, Organization, User
from courses.vocabulary import Sector


@dataclass(frozen=True)
class Workplace:
    """Where somebody worked during a cohort."""

    cohort: str
    organization: str
    sector: Sector


@dataclass(frozen=True, kw_only=True)
class AccountPage:
    email: str
    places: tuple[Workplace, ...]
    """The latest cohort first."""


def account_page(session: Session, user_id: int) -> AccountPage:
    """Return what the page shows besides the name and the language."""
    places = session.execute(
        select(Cohort.name, Organization.name, Enrollment.sector)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .join(Organization, Organization.id == Enrollment.organization_id)
        .where(Enrollment.user_id == user_id, Cohort.opened_at.is_not(None))
        .order_by(Cohort.starts_on.desc(), Enrollment.id)
    )
    return AccountPage(
        email=address_of(session, user_id),
        places=tuple(Workplace(*row) for row in places),
    )


def address_of(session: Session, user_id: int) -> str:
    """Return the address that this person logs in with."""
    return session.scalar(select(User.email).where(User.id == user_id)) or ""
