"""Municipalities and authorities that employ people in the training."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.errors import Reason, Refused
from courses.models import Organization
from courses.services.audit import audit
from courses.vocabulary import OrganizationKind


def add_organization(
    session: Session,
    *,
    kind: OrganizationKind,
    name: str,
    scb_code: str | None,
    actor_id: int,
    now: datetime,
) -> Organization:
    """Add a municipality or an authority. NAME_TAKEN when its name or code is there already."""
    organization = Organization(kind=kind, name=name.strip(), scb_code=scb_code or None)
    try:
        with session.begin_nested():
            session.add(organization)
            session.flush()
    except IntegrityError as error:
        raise Refused(Reason.NAME_TAKEN) from error
    audit(
        session, "organization:create", "organization", organization.id, actor_id=actor_id,
        now=now,
    )
    return organization
