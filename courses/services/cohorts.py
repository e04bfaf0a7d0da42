"""Cohorts: created from a published course, given dates, opened."""

from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.catalog import Course, Dates, planned_dates, requirement_set
from courses.errors import Reason, Refused
from courses.models import (
    Cohort,
    CohortDeadline,
    CohortMeeting,
    CohortModule,
    Edition,
    Enrollment,
    RoleAssignment,
    Team,
)
from courses.rules.cohort_setup import Missing, missing_to_open
from courses.services.audit import audit
from courses.services.cohort_dates import write_dates
from courses.services.progress import derive
from courses.services.versions import expect_version
from courses.vocabulary import Role


def create_cohort(
    session: Session,
    course: Course,
    *,
    name: str,
    first_monday: date,
    shares_drafts: bool,
    issues_automatically: bool,
    needs_sign_off: bool = False,
    actor_id: int,
    now: datetime,
) -> Cohort:
    """Create a cohort that is not open yet, with the dates of the course's year plan.

    NAME_TAKEN when another cohort has the name.
    """
    edition_id = session.scalar(select(Edition.id).where(Edition.digest == course.digest))
    planned = planned_dates(course, first_monday)
    cohort = Cohort(
        course_id=course.id, edition_id=edition_id, name=name, starts_on=first_monday,
        ends_on=planned.ends_on, requirement_set=requirement_set(course),
        issues_automatically=issues_automatically, needs_sign_off=needs_sign_off,
        shares_drafts_across_authorities=shares_drafts,
    )
    try:
        with session.begin_nested():
            session.add(cohort)
            session.flush()
    except IntegrityError as error:
        raise Refused(Reason.NAME_TAKEN) from error
    write_dates(session, cohort, planned)
    audit(session, "cohort:create", "cohort", cohort.id, actor_id=actor_id, now=now)
    return cohort


def change_cohort(
    session: Session,
    cohort: Cohort,
    *,
    name: str,
    shares_drafts: bool,
    issues_automatically: bool,
    needs_sign_off: bool = False,
    version: int,
    actor_id: int,
    now: datetime,
) -> None:
    """Change a cohort's settings. Who may read a team's shared draft cannot be changed once
    people write: COHORT_IS_OPEN."""
    expect_version(session, cohort, version)
    if cohort.opened_at and shares_drafts != cohort.shares_drafts_across_authorities:
        raise Refused(Reason.COHORT_IS_OPEN)
    cohort.issues_automatically = issues_automatically
    cohort.needs_sign_off = needs_sign_off
    cohort.shares_drafts_across_authorities = shares_drafts
    try:
        with session.begin_nested():
            cohort.name = name
            session.flush()
    except IntegrityError as error:
        raise Refused(Reason.NAME_TAKEN) from error
    audit(session, "cohort:change", "cohort", cohort.id, actor_id=actor_id, now=now)


def change_dates(
    session: Session, cohort: Cohort, dates: Dates, *, version: int, actor_id: int, now: datetime
) -> None:
    """Replace all dates of the cohort."""
    expect_version(session, cohort, version)
    for table in (CohortModule, CohortDeadline, CohortMeeting):
        session.execute(delete(table).where(table.cohort_id == cohort.id))
    write_dates(session, cohort, dates)
    # the dates are rows of their own: the next who saves must still be told
    cohort.version = cohort.version + 1
    audit(session, "cohort:dates", "cohort", cohort.id, actor_id=actor_id, now=now)
    session.flush()


def missing_in(session: Session, cohort_id: int) -> list[Missing]:
    """Return what the cohort still lacks, in one statement. Writes nothing."""
    row = session.execute(
        select(
            select(func.count()).where(CohortModule.cohort_id == cohort_id).scalar_subquery(),
            select(func.count()).where(Team.cohort_id == cohort_id).scalar_subquery(),
            select(func.count()).where(Enrollment.cohort_id == cohort_id).scalar_subquery(),
            select(func.count())
            .where(
                RoleAssignment.cohort_id == cohort_id,
                RoleAssignment.role == Role.TRAINER,
                RoleAssignment.ended_at.is_(None),
            )
            .scalar_subquery(),
        )
    ).one()
    return missing_to_open(
        module_dates=row[0], teams=row[1], participants=row[2], trainers=row[3]
    )


def open_cohort(
    session: Session, cohort: Cohort, course: Course, *, actor_id: int, now: datetime
) -> None:
    """Open the cohort: from now on its people see it, and its requirement set is its own.

    COHORT_NOT_READY while something is missing. Opening twice is once.
    """
    session.refresh(cohort, with_for_update=True)
    if cohort.opened_at is not None:
        return
    if missing_in(session, cohort.id):
        raise Refused(Reason.COHORT_NOT_READY)
    cohort.opened_at = now
    cohort.requirement_set = requirement_set(course)
    enrollments = session.scalars(select(Enrollment).where(Enrollment.cohort_id == cohort.id))
    derive(session, list(enrollments), course)
    audit(session, "cohort:open", "cohort", cohort.id, actor_id=actor_id, now=now)
    session.flush()
