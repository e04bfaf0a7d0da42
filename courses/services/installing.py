"""The first hour of an installation: answers kept until they are whole, then written at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Course
from courses.errors import NotFound
from courses.models import OwnerSetting, User
from courses.rules.installing import ANSWERS, OWNER
from courses.services.accounts import find_or_add_person, grant_role
from courses.services.cohorts import create_cohort
from courses.services.organizations import add_organization
from courses.services.owner_settings import change_setting
from courses.vocabulary import Language, OrganizationKind, Role

FIRST_ROLES = (Role.ADMINISTRATOR, Role.COORDINATOR)


@dataclass(frozen=True, kw_only=True)
class FirstPerson:
    name: str
    email: str
    password_hash: str
    language: Language


@dataclass(frozen=True, kw_only=True)
class FirstCohort:
    course: Course
    name: str
    first_monday: date
    shares_drafts: bool
    issues_automatically: bool


def keep_answers(session: Session, sealed: str, *, now: datetime) -> None:
    """Keep what has been answered so far; NotFound once somebody has an account."""
    row = session.get(OwnerSetting, ANSWERS, with_for_update=True)
    if _has_people(session):
        raise NotFound
    if row is None:
        row = OwnerSetting(key=ANSWERS, value=sealed, changed_at=now)
        session.add(row)
    row.value, row.changed_at = sealed, now
    session.flush()


def install(
    session: Session,
    person: FirstPerson,
    *,
    owner: dict[str, Any],
    municipalities: Sequence[tuple[str, str]],
    cohort: FirstCohort | None,
    now: datetime,
) -> User:
    """Write everything, and forget the answers. Of two at once one does; the other: NotFound.

    The first person is administrator, and coordinates the county so that others can be invited.
    """
    answers = session.get(OwnerSetting, ANSWERS, with_for_update=True)
    if answers is None or _has_people(session):
        raise NotFound
    user = find_or_add_person(session, email=person.email, name=person.name, now=now)
    user.password_hash, user.language = person.password_hash, person.language
    user.activated_at = now
    for role in FIRST_ROLES:
        grant_role(session, user, role, by=user.id, now=now)
    change_setting(session, OWNER, owner, by=user.id, now=now)
    for name, code in municipalities:
        add_organization(
            session, kind=OrganizationKind.MUNICIPALITY, name=name, scb_code=code or None,
            actor_id=user.id, now=now,
        )
    if cohort is not None:
        create_cohort(
            session, cohort.course, name=cohort.name, first_monday=cohort.first_monday,
            shares_drafts=cohort.shares_drafts, issues_automatically=cohort.issues_automatically,
            actor_id=user.id, now=now,
        )
    session.delete(answers)
    session.flush()
    return user


def _has_people(session: Session) -> bool:
    return session.scalar(select(User.id).limit(1)) is not None
