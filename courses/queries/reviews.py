"""One text that was handed in, with everything that has been said about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from courses.errors import NotFound
from courses.identity import Identity
from courses.models import (
    AuditEvent,
    Cohort,
    Edition,
    Enrollment,
    Organization,
    Review,
    ReviewDraft,
    SecrecyStop,
    Submission,
    SubmissionRound,
    Team,
    User,
)
from courses.permissions import Permission, Scope
from courses.queries.masked_rows import copy_under, round_under, said_under
from courses.queries.round_parts import RoundPart, parts_of_rounds
from courses.rules.masking import UNMASKED, Mask
from courses.rules.reviews import OPEN, holder
from courses.rules.secrecy import passages_of
from courses.vocabulary import SubmissionState


@dataclass(frozen=True, kw_only=True)
class ReviewContext:
    """A submission as the trainers of its cohort meet it; nobody else may know of it here."""

    READ: ClassVar[Permission] = Permission.REVIEW_WRITE
    submission: Submission
    cohort: Cohort
    edition_digest: str
    """The cohort's edition now; a round was answered by its own."""
    author: User | None
    """None: a joint one."""
    team: Team | None
    organization: str | None
    reader: str | None
    """Who began to read last."""

    @property
    def name(self) -> str:
        """The participant, or the team."""
        return self.team.name if self.team else self.author.name if self.author else ""

    @property
    def is_open(self) -> bool:
        """Whether a round waits for an answer."""
        return self.submission.state in OPEN

    @property
    def scope(self) -> Scope:
        return Scope(
            cohort_id=self.submission.cohort_id,
            enrollment_id=self.submission.enrollment_id,
            team_id=self.submission.team_id,
        )

    def reader_id(self, now: datetime) -> int | None:
        """Who has the text now, if anybody has."""
        return holder(self.submission.claimed_by, self.submission.claimed_until, now)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A review and who wrote it."""

    review: Review
    by: str


@dataclass(frozen=True, kw_only=True)
class Round:
    """One hand-in and what was said about it, corrections last."""

    round: SubmissionRound
    submitted_by: str
    said: list[Said] = field(default_factory=list)
    mine: ReviewDraft | None = None
    """What the trainer who looks has written and not sent."""
    mask: Mask = UNMASKED
    """Over words of other rounds that were stopped; what is said here may quote them."""

    @property
    def latest(self) -> Said | None:
        return self.said[-1] if self.said else None


@dataclass(frozen=True, kw_only=True)
class ReviewPage:
    """`current` is what waits for an answer, or was answered last; None when nothing of it may
    be read: withdrawn, or stopped for secrecy."""

    current: Round | None
    earlier: Sequence[Round]
    """Newest first."""
    left_over: Sequence[Round]
    """Rounds about which the trainer has a draft that can no longer be sent."""
    rounds: Mapping[int, Round]
    """All of them by number, also those that may not be read, but none that is stopped for
    secrecy; for what was posted."""
    members: tuple[RoundPart, ...]
    """The team that handed in `current` and what each did; none when it is somebody's own."""
    claimed_at: datetime | None
    """When the trainer who has it now began."""

    @property
    def readable(self) -> list[Round]:
        """The rounds that may be read, the newest first."""
        return [one for one in (self.current, *self.earlier) if one]


def load_review(session: Session, _identity: Identity, submission_id: int) -> ReviewContext:
    """Return what a review is about, or raise NotFound: nothing has been handed in."""
    reader = aliased(User)
    author = aliased(User)
    row = session.execute(
        select(Submission, Cohort, Edition.digest, author, Team, Organization.name, reader.name)
        .join(Cohort, Cohort.id == Submission.cohort_id)
        .join(Edition, Edition.id == Cohort.edition_id)
        .outerjoin(Enrollment, Enrollment.id == Submission.enrollment_id)
        .outerjoin(author, author.id == Enrollment.user_id)
        .outerjoin(Team, Team.id == Submission.team_id)
        .outerjoin(
            Organization,
            Organization.id == func.coalesce(Enrollment.organization_id, Team.organization_id),
        )
        .outerjoin(reader, reader.id == Submission.claimed_by)
        .where(Submission.id == submission_id, Submission.round > 0)
    ).one_or_none()
    if row is None:
        raise NotFound
    submission, cohort, digest, person, team, organization, name = row
    return ReviewContext(
        submission=submission, cohort=cohort, edition_digest=digest, author=person, team=team,
        organization=organization, reader=name,
    )


def load_round(
    session: Session, identity: Identity, submission_id: int, number: int
) -> ReviewContext:
    """Return what a page about one round is about; whether there is such a round, it asks."""
    return load_review(session, identity, submission_id)


def review_page(
    session: Session, context: ReviewContext, identity: Identity, *, now: datetime
) -> ReviewPage:
    """Return the rounds that a trainer may read, and where the reading stands."""
    rounds = _rounds(session, context.submission, identity.user_id)
    state = context.submission.state
    if state is SubmissionState.ON_HOLD:
        readable = []
    else:
        newest = context.submission.round if context.is_open else 0
        readable = [r for r in rounds if r.said or r.round.number == newest]
    has_newest = readable and readable[-1].round.number == context.submission.round
    current = readable[-1] if has_newest else None
    reader_id = context.reader_id(now)
    return ReviewPage(
        current=current,
        earlier=[r for r in reversed(readable) if r is not current],
        left_over=[
            r for r in rounds if r.mine and (r is not current or r.said or not context.is_open)
        ],
        rounds={r.round.number: r for r in rounds},
        members=_members(session, current),
        claimed_at=_claimed_at(session, context.submission)
        if reader_id not in (None, identity.user_id) else None,
    )


def _members(session: Session, current: Round | None) -> tuple[RoundPart, ...]:
    if current is None:
        return ()
    found = parts_of_rounds(session, [current.round]).get(current.round.id, ())
    return tuple(part.under(current.mask) for part in found)


def _rounds(session: Session, submission: Submission, reader_id: int) -> list[Round]:
    author = aliased(User)
    rows = session.execute(
        select(
            SubmissionRound, author.name, Review, User.name, ReviewDraft, SecrecyStop.passages
        )
        .join(author, author.id == SubmissionRound.submitted_by)
        .outerjoin(
            SecrecyStop,
            (SecrecyStop.round_id == SubmissionRound.id) & SecrecyStop.lifted_at.is_(None),
        )
        .outerjoin(Review, Review.round_id == SubmissionRound.id)
        .outerjoin(User, User.id == Review.reviewer_id)
        .outerjoin(
            ReviewDraft,
            (ReviewDraft.round_id == SubmissionRound.id) & (ReviewDraft.reviewer_id == reader_id),
        )
        .where(SubmissionRound.submission_id == submission.id)
        .order_by(SubmissionRound.number, Review.id)
    ).all()
    mask = Mask(tuple(passages_of(row.passages for row in rows if row.passages is not None)))
    rounds: dict[int, Round] = {}
    for round_, author_name, review, by, draft, stopped in rows:
        if stopped is not None:
            continue  # nobody but its writers reads it
        one = rounds.setdefault(
            round_.number,
            Round(
                round=round_under(mask, round_), submitted_by=author_name, mask=mask,
                mine=draft and copy_under(mask, draft, "content"),
            ),
        )
        if (said := said_under(mask, review)) is not None:
            one.said.append(Said(review=said, by=by))
    return list(rounds.values())


def _claimed_at(session: Session, submission: Submission) -> datetime | None:
    return session.scalar(
        select(func.max(AuditEvent.at)).where(
            AuditEvent.object_type == "submission",
            AuditEvent.object_id == submission.id,
            AuditEvent.action.in_(("review:claim", "review:take_over")),
        )
    )
