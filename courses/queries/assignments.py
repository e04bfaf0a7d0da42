"""One assignment of one person or team: where it stands and what stands around it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, aliased

from courses.catalog import Assignment, Course, Module
from courses.errors import NotFound
from courses.identity import Identity, Place
from courses.models import (
    Cohort,
    CohortDeadline,
    CohortModule,
    Completion,
    Draft,
    Edition,
    Enrollment,
    Organization,
    Submission,
    Team,
    User,
    owned_by,
)
from courses.permissions import Permission, Scope
from courses.queries.gone_work import kept_assignment
from courses.rules.opening import is_open, is_under_way
from courses.rules.submissions import Move, WorkStatus, is_handed_in, may, work_status
from courses.vocabulary import OrganizationKind, SubmissionState

CourseOf = Callable[[str], Course]
"""Edition digest → the course in the reader's language."""


@dataclass(frozen=True, kw_only=True)
class DraftMark:
    """That there is a draft. Its text is asked for by those who may read it."""

    version: int
    updated_at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class WorkContext:
    """An assignment as it concerns the one who asks. Holds no text of the draft."""

    READ: ClassVar[Permission] = Permission.WORK_READ

    course: Course
    module: Module
    assignment: Assignment
    cohort: Cohort
    enrollment: Enrollment
    """The place of the one who asks."""
    team: Team | None
    """Whose joint work it is; for one's own work the home team."""
    is_joint_work: bool
    is_regional: bool
    opens_on: date | None
    cohort_due_on: date | None
    submission: Submission | None
    draft: DraftMark | None
    done_at: datetime | None
    """When the one who asks finished it."""
    earlier: Assignment | None
    """The joint assignment that must be handed in first, while it is not."""
    today: date
    is_gone: bool = False
    """The cohort's edition no longer has it; `course` is an earlier one."""

    @property
    def owner(self) -> Enrollment | Team:
        return self.team if self.is_joint_work and self.team else self.enrollment

    @property
    def scope(self) -> Scope:
        team = self.team if self.is_joint_work else None
        return Scope(
            cohort_id=self.cohort.id,
            organization_id=(team or self.enrollment).organization_id,
            enrollment_id=None if team else self.enrollment.id,
            team_id=team.id if team else None,
            pen_enrollment_ids=frozenset(
                pen for pen in (team.holder_id, team.deputy_id) if pen is not None
            )
            if team
            else frozenset(),
            shares_drafts_across_authorities=self.cohort.shares_drafts_across_authorities,
            is_open=is_under_way(self.cohort.opened_at, self.cohort.ends_on, self.today),
        )

    @property
    def address(self) -> dict[str, str | int | None]:
        """What its URLs hold."""
        return {
            "assignment_slug": self.assignment.slug,
            "team_id": self.team.id if self.is_joint_work and self.team else None,
        }

    @property
    def state(self) -> SubmissionState | None:
        return self.submission.state if self.submission else None

    @property
    def due_on(self) -> date | None:
        own = self.submission.due_on if self.submission else None
        return own or self.cohort_due_on

    @property
    def status(self) -> WorkStatus:
        return work_status(
            self.state, has_draft=self.draft is not None, due_on=self.due_on, today=self.today
        )

    @property
    def is_open(self) -> bool:
        """Whether the module has opened."""
        return is_open(self.opens_on, self.today)

    @property
    def can_write(self) -> bool:
        """Whether its state lets it be written; who may is the policy's matter. What is no more
        can be completed when it has been handed in, and else only read."""
        is_asked_for = not self.is_gone or (self.submission and self.submission.round > 0)
        return bool(is_asked_for) and self.is_open and may(self.state, Move.WRITE)

    @property
    def version(self) -> int:
        """The draft's version, 0 before the first."""
        return self.draft.version if self.draft else 0


def work_context(
    session: Session,
    identity: Identity,
    course_of: CourseOf,
    *,
    slug: str,
    team_id: int | None,
    today: date,
) -> WorkContext:
    """Return the assignment at this address as it concerns `identity`. Two statements, four for
    work on what an edition no longer has there.

    A joint one lies under the team; somebody who belongs to no team does it alone.
    """
    place = _place(identity, team_id)
    cohort, digest, enrollment, kind, team = session.execute(
        select(Cohort, Edition.digest, Enrollment, Organization.kind, Team)
        .join(Enrollment, Enrollment.cohort_id == Cohort.id)
        .join(Edition, Edition.id == Cohort.edition_id)
        .join(Organization, Organization.id == Enrollment.organization_id)
        .outerjoin(
            Team,
            and_(
                Team.cohort_id == Cohort.id,
                Team.id == (Enrollment.home_team_id if team_id is None else team_id),
            ),
        )
        .where(Enrollment.id == place.enrollment_id)
    ).one()
    course = course_of(digest)
    joint = team_id is not None
    owner = team if joint else enrollment
    assignment = course.assignment_by_slug(slug)
    if assignment is None:
        kept = kept_assignment(session, owner, slug, course, course_of)
        course, assignment = kept or (course, None)
    module = course.module_of(assignment.id) if assignment else None
    if assignment is None or module is None:
        raise NotFound
    if assignment.is_joint is not joint and (joint or place.team_ids):
        raise NotFound
    earlier = course.joint_before(assignment)
    row = _standing(session, owner, enrollment.id, cohort.id, module.id, assignment, earlier)
    opens_on, due_on, submission, draft, done_at, earlier_state = row
    return WorkContext(
        course=course, module=module, assignment=assignment, cohort=cohort,
        enrollment=enrollment, team=team, is_joint_work=joint,
        is_regional=team.organization_id is None
        if team
        else kind is not OrganizationKind.MUNICIPALITY,
        opens_on=opens_on, cohort_due_on=due_on, submission=submission, draft=draft,
        done_at=done_at,
        earlier=None if is_handed_in(earlier_state) else earlier, today=today,
        is_gone=course.digest != digest,
    )


def _place(identity: Identity, team_id: int | None) -> Place:
    if team_id is None:
        place = identity.place
    else:
        place = next((p for p in identity.places if team_id in p.team_ids), None)
    if place is None:
        raise NotFound
    return place


_Standing = tuple[
    date | None,
    date | None,
    Submission | None,
    DraftMark | None,
    datetime | None,
    SubmissionState | None,
]


def _standing(
    session: Session,
    owner: Enrollment | Team,
    enrollment_id: int,
    cohort_id: int,
    module_id: str,
    assignment: Assignment,
    earlier: Assignment | None,
) -> _Standing:
    column, owner_id = next(iter(owned_by(owner).items()))
    before = aliased(Submission)

    def mine(table: type[Submission] | type[Draft], item_id: str) -> ColumnElement[bool]:
        return and_(getattr(table, column) == owner_id, table.assignment_id == item_id)

    row = session.execute(
        select(
            CohortModule.opens_on, CohortDeadline.due_on, Submission, before.state,
            Draft.version, Draft.updated_at, User.name, Completion.at,
        )
        .select_from(Cohort)
        .outerjoin(
            CohortModule,
            and_(CohortModule.cohort_id == Cohort.id, CohortModule.module_id == module_id),
        )
        .outerjoin(
            CohortDeadline,
            and_(
                CohortDeadline.cohort_id == Cohort.id, CohortDeadline.item_id == assignment.id
            ),
        )
        .outerjoin(Submission, mine(Submission, assignment.id))
        .outerjoin(Draft, mine(Draft, assignment.id))
        .outerjoin(User, User.id == Draft.updated_by)
        .outerjoin(
            Completion,
            and_(
                Completion.enrollment_id == enrollment_id, Completion.item_id == assignment.id
            ),
        )
        .outerjoin(before, mine(before, earlier.id if earlier else ""))
        .where(Cohort.id == cohort_id)
    ).one()
    opens_on, due_on, submission, state, version, updated_at, by, done_at = row
    draft = DraftMark(version=version, updated_at=updated_at, by=by) if version else None
    return opens_on, due_on, submission, draft, done_at, state
