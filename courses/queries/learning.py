"""The course that somebody reads: through their own place, or for a cohort they look after."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import ColumnElement, and_, bindparam, false, or_, select
from sqlalchemy.orm import Session

from courses.catalog import Course, KnowledgeCheck, Lesson, Module
from courses.errors import NotFound
from courses.identity import Identity
from courses.models import Cohort, Edition, Enrollment, Team
from courses.permissions import Permission, Scope
from courses.rules.opening import is_under_way


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A course as one person reads it: through their own place, or as a trainer or coordinator
    of the cohort (then there is no enrollment)."""

    READ: ClassVar[Permission] = Permission.COURSE_READ

    scope: Scope
    cohort: Cohort
    enrollment: Enrollment | None
    team: Team | None
    """The home team."""
    course: Course

    @property
    def holds_the_pen(self) -> bool:
        """Whether the home team's joint assignments are this person's to write."""
        return (
            self.team is not None
            and self.enrollment is not None
            and self.enrollment.id in (self.team.holder_id, self.team.deputy_id)
        )


@dataclass(frozen=True, kw_only=True)
class ModuleReading(Reading):
    """A page of one module."""

    module: Module


@dataclass(frozen=True, kw_only=True)
class LessonReading(ModuleReading):
    """A page of one lesson."""

    lesson: Lesson


@dataclass(frozen=True, kw_only=True)
class CheckReading(ModuleReading):
    """The page of a module's knowledge check."""

    check: KnowledgeCheck


# built once: putting a statement together takes longer than running it
COHORTS = (
    select(Cohort, Edition.digest, Enrollment, Team)
    .join(Edition, Edition.id == Cohort.edition_id)
    .outerjoin(
        Enrollment,
        and_(Enrollment.cohort_id == Cohort.id, Enrollment.id == bindparam("enrollment", None)),
    )
    .outerjoin(Team, Team.id == Enrollment.home_team_id)
)
PLACE = COHORTS.where(Enrollment.id == bindparam("enrollment", None))


def course_context(
    session: Session, identity: Identity, *, course_of: Callable[[str], Course], today: date
) -> Reading:
    """Return the course that `identity` reads; NotFound when there is none."""
    place = identity.place
    if place is not None:
        row = session.execute(PLACE, {"enrollment": place.enrollment_id}).one_or_none()
    else:
        row = session.execute(
            COHORTS.where(_trained_or_coordinated(identity))
            .order_by(Cohort.starts_on.desc(), Cohort.id.desc())
            .limit(1)
        ).one_or_none()
    if row is None:
        raise NotFound
    cohort, digest, enrollment, team = row
    return Reading(
        scope=Scope(
            cohort_id=cohort.id,
            organization_id=enrollment.organization_id if enrollment else None,
            enrollment_id=enrollment.id if enrollment else None,
            is_open=is_under_way(cohort.opened_at, cohort.ends_on, today),
        ),
        cohort=cohort,
        enrollment=enrollment,
        team=team,
        course=course_of(digest),
    )


def _trained_or_coordinated(identity: Identity) -> ColumnElement[bool]:
    everywhere = [o for c, o in identity.coordinates_for if c is None]
    if identity.coordinates_everything:
        return Cohort.opened_at.is_not(None)
    named = identity.trains | identity.coordinates | {
        c for c, _ in identity.coordinates_for if c is not None
    }
    return or_(
        Cohort.id.in_(named) if named else false(),
        and_(
            Cohort.opened_at.is_not(None),
            Cohort.id.in_(
                select(Enrollment.cohort_id).where(Enrollment.organization_id.in_(everywhere))
            ),
        )
        if everywhere
        else false(),
    )


def module_context(
    session: Session,
    identity: Identity,
    slug: str,
    *,
    course_of: Callable[[str], Course],
    today: date,
) -> ModuleReading:
    """Return the module at this address in the course that `identity` reads."""
    reading = course_context(session, identity, course_of=course_of, today=today)
    module = reading.course.module_by_slug(slug)
    if module is None:
        raise NotFound
    return ModuleReading(**vars(reading), module=module)


def lesson_context(reading: ModuleReading, slug: str) -> LessonReading:
    """Return the module's lesson at this address."""
    lesson = next((one for one in reading.module.lessons if one.slug == slug), None)
    if lesson is None:
        raise NotFound
    return LessonReading(**vars(reading), lesson=lesson)


def check_context(reading: ModuleReading) -> CheckReading:
    """Return the module's knowledge check."""
    if reading.module.check is None:
        raise NotFound
    return CheckReading(**vars(reading), check=reading.module.check)
