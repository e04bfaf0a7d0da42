"""What the pages of an assignment show beside where it stands."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, defer

from courses.catalog import Assignment, Lesson
from courses.errors import NotFound
from courses.models import (
    Completion,
    Draft,
    Enrollment,
    Organization,
    Reading,
    Review,
    SecrecyStop,
    SubmissionRound,
    TeamMember,
    User,
    not_moved,
    owned_by,
)
from courses.queries.masked_rows import round_under, said_under
from courses.queries.round_members import RoundMember, members_of_rounds
from courses.queries.work_context import WorkContext
from courses.vocabulary import Sector


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody in the team, as the others in the team see them."""

    enrollment_id: int
    name: str
    organization: str
    organization_id: int
    sector: Sector


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A round that was handed in, and the answer to it when there is one."""

    round: SubmissionRound
    submitted_by: str
    review: Review | None
    """The newest: a correction stands instead of what it corrects."""
    reviewer: str | None
    readers: tuple[str, ...]
    """The two who read it before it was answered; none when one did."""
    members: tuple[RoundMember, ...]
    """The team that handed in; none when it is somebody's own, or was not asked for."""
    stop: SecrecyStop | None = None
    """That it has been stopped for secrecy; then only those who wrote it read it."""
    is_shut: bool = False
    """Stopped, and the one who asks did not write it, or it has been moved to the diary."""


@dataclass(frozen=True, kw_only=True)
class Obstacles:
    """What must come before a hand-in and has not yet."""

    lessons: list[Lesson]
    joint: Assignment | None


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The first page of an assignment."""

    rounds: list[Answered]
    """The latest first."""
    members: list[Member]
    obstacles: Obstacles
    draft_answers: dict[str, Any] | None

    @property
    def answered(self) -> Answered | None:
        """The latest round that has an answer and may be read."""
        return next((one for one in self.rounds if one.review and not one.is_shut), None)

    @property
    def stop(self) -> SecrecyStop | None:
        """That the latest round has been stopped."""
        return self.rounds[0].stop if self.rounds else None


def overview(
    session: Session,
    context: WorkContext,
    *,
    with_draft: bool,
    members: list[Member] | None = None,
    done: Collection[str] | None = None,
) -> Overview:
    """Return what the assignment's page shows; the draft's text only `with_draft`. `members` are
    those of the team, and `done` what the reader has finished of what comes first, when the page
    has them already."""
    return Overview(
        rounds=rounds_of(session, context, with_answers=False),
        members=team_members(session, context) if members is None else members,
        obstacles=obstacles(session, context, done),
        draft_answers=draft_answers(session, context) if with_draft and context.draft else None,
    )


def draft_answers(session: Session, context: WorkContext) -> dict[str, Any]:
    """Return what stands in the draft, masked for whoever did not write what was stopped; after
    a return without a draft, the last round's text."""
    answers: dict[str, Any] | None = session.scalar(
        select(Draft.answers).filter_by(
            **owned_by(context.owner), assignment_id=context.assignment.id
        )
    )
    if answers is not None:
        masked: dict[str, Any] = context.mask.over(answers)
        return masked
    if context.submission is None or not context.submission.round:
        return {}
    last: dict[str, Any] | None = session.scalars(
        select(SubmissionRound.answers).where(
            SubmissionRound.submission_id == context.submission.id,
            SubmissionRound.number == context.submission.round,
            not_moved(),
        )
    ).one_or_none()
    masked_last: dict[str, Any] = context.mask.over(last or {})
    return masked_last


def rounds_of(
    session: Session, context: WorkContext, *, with_answers: bool, with_members: bool = False
) -> list[Answered]:
    """Return everything handed in, the latest first, each with its newest answer."""
    if context.submission is None:
        return []
    author, reviewer, reader = aliased(User), aliased(User), aliased(User)
    rows = session.execute(
        select(
            SubmissionRound, author.name, Review, reviewer.name, SecrecyStop, reader.name,
        )
        .join(author, author.id == SubmissionRound.submitted_by)
        .outerjoin(
            SecrecyStop,
            (SecrecyStop.round_id == SubmissionRound.id) & SecrecyStop.lifted_at.is_(None),
        )
        .outerjoin(Review, Review.round_id == SubmissionRound.id)
        .outerjoin(reviewer, reviewer.id == Review.reviewer_id)
        .outerjoin(
            Reading,
            (Reading.round_id == SubmissionRound.id) & Reading.review_id.is_not(None),
        )
        .outerjoin(reader, reader.id == Reading.reader_id)
        .where(SubmissionRound.submission_id == context.submission.id)
        .options(*([] if with_answers else [defer(SubmissionRound.answers, raiseload=True)]))
        .order_by(SubmissionRound.number.desc(), Review.id, Reading.id)
    ).all()
    rows = [row for row in rows if context.shows(row[0].members)]
    members = members_of_rounds(session, {one for one, *_ in rows} if with_members else ())
    found: dict[int, Answered] = {}
    readers: dict[int, dict[str, None]] = {}
    for one, *_rest, reader_name in rows:
        if reader_name is not None:
            readers.setdefault(one.number, {})[reader_name] = None
    for one, by, review, reviewer_name, stop, _reader in rows:  # the newest review comes last
        found[one.number] = Answered(
            round=round_under(context.mask, one), submitted_by=by,
            review=said_under(context.mask, review), reviewer=reviewer_name,
            readers=tuple(readers.get(one.number, ())),
            members=members.get(one.id, ()), stop=stop,
            is_shut=stop is not None
            and (stop.moved_at is not None or not _wrote(context.enrollment.id, one)),
        )
    return list(found.values())


def _wrote(enrollment_id: int, one: SubmissionRound) -> bool:
    """Whether it is somebody's own, or they were in the team that handed it in."""
    return not one.members or any(each["enrollment_id"] == enrollment_id for each in one.members)


def round_numbered(session: Session, context: WorkContext, number: int) -> Answered:
    """Return one round with its text; NotFound when there is none, or not for this reader."""
    found = [
        one
        for one in rounds_of(session, context, with_answers=True, with_members=True)
        if one.round.number == number and not one.is_shut
    ]
    if not found:
        raise NotFound
    return found[0]


def comes_first(context: WorkContext) -> list[str]:
    """Return the items that must be finished before this can be handed in."""
    return [*context.course.hand_in_first, *([context.earlier.id] if context.earlier else [])]


def obstacles(
    session: Session, context: WorkContext, done: Collection[str] | None = None
) -> Obstacles:
    """Return what the one who asks, or the team, must do before this can be handed in. `done` is
    what is finished of what comes first, where that is known."""
    first, earlier = context.course.hand_in_first, context.earlier
    if done is None:
        done = set(
            session.scalars(
                select(Completion.item_id).where(
                    Completion.enrollment_id == context.enrollment.id,
                    Completion.item_id.in_(comes_first(context)),
                )
            )
        )
    return Obstacles(
        lessons=[one for one in context.course.lessons if one.id in set(first) - set(done)],
        joint=earlier if earlier and earlier.id not in done else None,
    )


def team_members(session: Session, context: WorkContext) -> list[Member]:
    """Return who is in the team now, by name; nobody for what is done alone."""
    if not context.is_joint_work or context.team is None:
        return []
    rows = session.execute(
        select(
            Enrollment.id, User.name, Organization.name, Organization.id, Enrollment.sector
        )
        .join(TeamMember, TeamMember.enrollment_id == Enrollment.id)
        .join(User, User.id == Enrollment.user_id)
        .join(Organization, Organization.id == Enrollment.organization_id)
        .where(TeamMember.team_id == context.team.id, TeamMember.left_on.is_(None))
        .order_by(User.name, Enrollment.id)
    )
    return [
        Member(
            enrollment_id=i, name=name, organization=organization,
            organization_id=organization_id, sector=sector,
        )
        for i, name, organization, organization_id, sector in rows
    ]
