"""One assignment of one person or team: where it stands and what stands around it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, literal, select
from sqlalchemy.orm import Session, aliased

from courses.catalog import Assignment, Course
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
    Extension,
    Organization,
    Submission,
    Team,
    Thread,
    ThreadMessage,
    ThreadReader,
    User,
    owned_by,
)
from courses.queries.gone_work import kept_assignment
from courses.queries.masks import has_stops, mask_in_team
from courses.queries.work_context import DraftMark, FormerMembersContext, LaterDate, WorkContext
from courses.rules.masking import UNMASKED
from courses.rules.submissions import is_handed_in
from courses.vocabulary import OrganizationKind, SubmissionState

CourseOf = Callable[[str], Course]
"""Edition digest → the course in the reader's language."""


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
    work on what an edition no longer has there, one more where a text of the team is stopped.

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
    row = _standing(session, owner, enrollment, cohort.id, module.id, assignment, earlier)
    opens_on, due_on, submission, draft, done_at, earlier_state, later, has_news, stopped = row
    mask = UNMASKED
    if team is not None and stopped:
        mask = mask_in_team(session, team.id, {enrollment.id}, assignment.id)
        later = replace(later, reason=mask.over(later.reason)) if later else None
    context = FormerMembersContext if team_id in place.former_team_ids else WorkContext
    return context(
        course=course, module=module, assignment=assignment, cohort=cohort,
        enrollment=enrollment, team=team, is_joint_work=joint,
        is_regional=team.organization_id is None
        if team
        else kind is not OrganizationKind.MUNICIPALITY,
        opens_on=opens_on, cohort_due_on=due_on, submission=submission, draft=draft,
        done_at=done_at, extension=later, has_news=has_news,
        earlier=None if is_handed_in(earlier_state) else earlier, today=today,
        is_gone=course.digest != digest, mask=mask,
    )


def _place(identity: Identity, team_id: int | None) -> Place:
    if team_id is None:
        place = identity.place
    else:
        place = next(
            (p for p in identity.places if team_id in p.team_ids | p.former_team_ids), None
        )
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
    LaterDate | None,
    bool,
    bool,
]


def _standing(
    session: Session,
    owner: Enrollment | Team,
    enrollment: Enrollment,
    cohort_id: int,
    module_id: str,
    assignment: Assignment,
    earlier: Assignment | None,
) -> _Standing:
    column, owner_id = next(iter(owned_by(owner).items()))
    before, giver = aliased(Submission), aliased(User)

    def mine(
        table: type[Submission | Draft | Extension | Thread], item_id: str
    ) -> ColumnElement[bool]:
        return and_(getattr(table, column) == owner_id, table.assignment_id == item_id)

    row = session.execute(
        select(
            CohortModule.opens_on, CohortDeadline.due_on, Submission, before.state,
            Draft.version, Draft.updated_at, User.name, Completion.at, Extension.due_on,
            Extension.reason, giver.name, _news(mine(Thread, assignment.id), enrollment.user_id),
            has_stops(owner_id) if isinstance(owner, Team) else literal(False),
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
                Completion.enrollment_id == enrollment.id, Completion.item_id == assignment.id
            ),
        )
        .outerjoin(
            Extension,
            Extension.id
            == select(func.max(Extension.id))
            .where(mine(Extension, assignment.id))
            .correlate(None)
            .scalar_subquery(),
        )
        .outerjoin(giver, giver.id == Extension.granted_by)
        .outerjoin(before, mine(before, earlier.id if earlier else ""))
        .where(Cohort.id == cohort_id)
    ).one()
    opens_on, due_on, submission, state, version, updated_at, by, done_at, *talk = row
    draft = DraftMark(version=version, updated_at=updated_at, by=by) if version else None
    day, reason, given_by, has_news, is_stopped = talk
    later = LaterDate(day=day, by=given_by, reason=reason) if day else None
    return (
        opens_on, due_on, submission, draft, done_at, state, later, has_news, bool(is_stopped)
    )


def _news(thread: ColumnElement[bool], user_id: int) -> ColumnElement[bool]:
    """Whether a trainer wrote after what this person has said to have read."""
    read_to = (
        select(ThreadReader.read_to)
        .where(ThreadReader.thread_id == Thread.id, ThreadReader.user_id == user_id)
        .correlate(Thread)
        .scalar_subquery()
    )
    return exists().where(
        thread, ThreadMessage.thread_id == Thread.id, ThreadMessage.from_trainer.is_(True),
        ThreadMessage.author_id != user_id, ThreadMessage.id > func.coalesce(read_to, 0),
    )
