"""What the teams of a cohort show each other of an approved joint assignment."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from courses.catalog import Assignment, Course
from courses.errors import NotFound
from courses.models import (
    Cohort,
    CohortShowing,
    Edition,
    Enrollment,
    Organization,
    Submission,
    SubmissionRound,
    Team,
    User,
    not_sealed,
)
from courses.permissions import Permission, Scope
from courses.queries.assignments import CourseOf
from courses.rules.alphabet import alphabetical
from courses.vocabulary import SubmissionState


@dataclass(frozen=True, kw_only=True)
class ShownWork:
    """A joint assignment of a cohort, as those who take part in it may read it."""

    READ: ClassVar[Permission] = Permission.SHOWN_WORK_READ

    cohort: Cohort
    course: Course
    assignment: Assignment

    @property
    def scope(self) -> Scope:
        return Scope(cohort_id=self.cohort.id)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What one team, or somebody alone, shows. `round` is None when they do not."""

    key: str
    """What names it in an address: `t12` or `p7`."""
    name: str
    is_regional: bool
    round: SubmissionRound | None
    shown_at: datetime | None
    submitted_by: str | None


def shown_work(
    session: Session, cohort_id: int, slug: str, course_of: CourseOf
) -> ShownWork:
    """Return the cohort and the joint assignment at this address, in one statement."""
    row = session.execute(
        select(Cohort, Edition.digest)
        .join(Edition, Edition.id == Cohort.edition_id)
        .where(Cohort.id == cohort_id, Cohort.opened_at.is_not(None))
    ).one_or_none()
    if row is None:
        raise NotFound
    course = course_of(row.digest)
    assignment = course.assignment_by_slug(slug)
    if assignment is None or not assignment.is_joint or not assignment.is_handed_in:
        raise NotFound
    return ShownWork(cohort=row.Cohort, course=course, assignment=assignment)


def pictures(session: Session, context: ShownWork) -> list[Picture]:
    """Return every team of the cohort, with what it shows or without, and whoever works alone
    and shows something; those that show come first. A stopped round is never among it."""
    found = [*_of_teams(session, context), *_of_people(session, context)]
    return sorted(found, key=lambda one: (one.round is None, alphabetical(one.name), one.key))


def _of_teams(session: Session, context: ShownWork) -> Iterator[Picture]:
    shown = _shown(context).where(Submission.team_id.is_not(None)).subquery()
    author = aliased(User)
    rows = session.execute(
        select(Team, SubmissionRound, shown.c.shown_at, author.name)
        .outerjoin(shown, shown.c.team_id == Team.id)
        .outerjoin(SubmissionRound, SubmissionRound.id == shown.c.round_id)
        .outerjoin(author, author.id == SubmissionRound.submitted_by)
        .where(Team.cohort_id == context.cohort.id)
    )
    for team, round_, shown_at, by in rows:
        yield Picture(
            key=f"t{team.id}", name=team.name, is_regional=team.organization_id is None,
            round=round_, shown_at=shown_at, submitted_by=by,
        )


def _of_people(session: Session, context: ShownWork) -> Iterator[Picture]:
    """Somebody without a team works for an authority: that is what it is called by."""
    shown = _shown(context).where(Submission.enrollment_id.is_not(None)).subquery()
    author = aliased(User)
    rows = session.execute(
        select(Enrollment.id, Organization.name, SubmissionRound, shown.c.shown_at, author.name)
        .join(Organization, Organization.id == Enrollment.organization_id)
        .join(shown, shown.c.enrollment_id == Enrollment.id)
        .join(SubmissionRound, SubmissionRound.id == shown.c.round_id)
        .join(author, author.id == SubmissionRound.submitted_by)
    )
    for enrollment_id, name, round_, shown_at, by in rows:
        yield Picture(
            key=f"p{enrollment_id}", name=name, is_regional=False, round=round_,
            shown_at=shown_at, submitted_by=by,
        )


def _shown(context: ShownWork) -> Select[int | None, int | None, int, datetime]:
    """The approved rounds that their owners let the others read."""
    return (
        select(
            Submission.team_id, Submission.enrollment_id, SubmissionRound.id.label("round_id"),
            CohortShowing.shown_at,
        )
        .join(SubmissionRound, SubmissionRound.submission_id == Submission.id)
        .join(CohortShowing, CohortShowing.round_id == SubmissionRound.id)
        .where(
            Submission.cohort_id == context.cohort.id,
            Submission.assignment_id == context.assignment.id,
            Submission.state == SubmissionState.APPROVED,
            SubmissionRound.number == Submission.round,
            CohortShowing.hidden_at.is_(None), not_sealed(),
        )
    )


def chosen(found: Collection[Picture], keys: Collection[str]) -> list[Picture]:
    """Return those that are shown and asked for; all that are shown when none is asked for."""
    shown = [one for one in found if one.round is not None]
    return [one for one in shown if one.key in keys] or shown
