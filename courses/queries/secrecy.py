"""Texts that were stopped for secrecy: the officer's list, one of them, and what may not be
handed in again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from courses.errors import NotFound
from courses.identity import Identity
from courses.models import (
    Cohort,
    Draft,
    Enrollment,
    Organization,
    SecrecyStep,
    SecrecyStop,
    Submission,
    SubmissionRound,
    Team,
    User,
    owned_by,
    sealed,
    stopped_in,
)
from courses.permissions import Permission, Scope
from courses.queries.round_members import RoundMember, members_of_rounds
from courses.queries.work_context import WorkContext
from courses.rules.secrecy import Passage, passages_of


@dataclass(frozen=True)
class AllStops:
    """The officer's list; nobody else knows that there is one."""

    READ: ClassVar[Permission] = Permission.SECRECY_HANDLE
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, kw_only=True)
class StopContext:
    """A stop as the officer meets it, and who pressed, until somebody takes over."""

    READ: ClassVar[Permission] = Permission.SECRECY_READ
    stop: SecrecyStop
    round: SubmissionRound
    submission: Submission
    cohort: Cohort
    author: User | None
    """None: a joint one."""
    team: Team | None
    organization: str | None
    pressed_by: str
    taken_over_by: str | None

    @property
    def name(self) -> str:
        """The participant, or the team."""
        return self.team.name if self.team else self.author.name if self.author else ""

    @property
    def scope(self) -> Scope:
        return Scope(
            cohort_id=self.submission.cohort_id,
            user_id=None if self.stop.taken_over_at else self.stop.pressed_by,
        )


@dataclass(frozen=True, kw_only=True)
class Step:
    step: SecrecyStep
    by: str


@dataclass(frozen=True, kw_only=True)
class StopPage:
    steps: Sequence[Step]
    """What has been done, the first thing first."""
    members: tuple[RoundMember, ...]
    newer: SubmissionRound | None
    """What has been handed in since and is not stopped."""


@dataclass(frozen=True, kw_only=True)
class StopLine:
    """A stop in the list: no words of the text."""

    id: int
    reference: str
    cohort: str
    pressed_at: datetime
    pressed_by: str
    taken_over_by: str | None
    moved_at: datetime | None
    closed_at: datetime | None


def load_stops(_session: Session, _identity: Identity) -> AllStops:
    """Return what the guard of the list asks about."""
    return AllStops()


def load_stop(session: Session, _identity: Identity, stop_id: int) -> StopContext:
    """Return one stop that has not been lifted; NotFound when there is none."""
    author, presser, officer = aliased(User), aliased(User), aliased(User)
    row = session.execute(
        select(
            SecrecyStop, SubmissionRound, Submission, Cohort, author, Team, Organization.name,
            presser.name, officer.name,
        )
        .join(SubmissionRound, SubmissionRound.id == SecrecyStop.round_id)
        .join(Submission, Submission.id == SubmissionRound.submission_id)
        .join(Cohort, Cohort.id == Submission.cohort_id)
        .join(presser, presser.id == SecrecyStop.pressed_by)
        .outerjoin(officer, officer.id == SecrecyStop.taken_over_by)
        .outerjoin(Enrollment, Enrollment.id == Submission.enrollment_id)
        .outerjoin(author, author.id == Enrollment.user_id)
        .outerjoin(Team, Team.id == Submission.team_id)
        .outerjoin(
            Organization,
            Organization.id == func.coalesce(Enrollment.organization_id, Team.organization_id),
        )
        .where(SecrecyStop.id == stop_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    stop, round_, submission, cohort, person, team, organization, pressed_by, taken = row
    return StopContext(
        stop=stop, round=round_, submission=submission, cohort=cohort, author=person, team=team,
        organization=organization, pressed_by=pressed_by, taken_over_by=taken,
    )


def stop_page(session: Session, context: StopContext) -> StopPage:
    """Return what has been done about a stop, and what has come since."""
    steps = session.execute(
        select(SecrecyStep, User.name)
        .join(User, User.id == SecrecyStep.actor_id)
        .where(SecrecyStep.stop_id == context.stop.id)
        .order_by(SecrecyStep.id)
    )
    newer = session.scalars(
        select(SubmissionRound)
        .where(
            SubmissionRound.submission_id == context.submission.id,
            SubmissionRound.number > context.round.number, ~sealed(),
        )
        .order_by(SubmissionRound.number.desc())
    ).first()
    return StopPage(
        steps=[Step(step=step, by=by) for step, by in steps], newer=newer,
        members=members_of_rounds(session, [context.round])[context.round.id],
    )


def stops(session: Session) -> list[StopLine]:
    """Return all stops, the open ones first, the oldest of them first."""
    presser, officer = aliased(User), aliased(User)
    rows = session.execute(
        select(
            SecrecyStop.id, SubmissionRound.reference, Cohort.name.label("cohort"),
            SecrecyStop.pressed_at, presser.name.label("pressed_by"),
            officer.name.label("taken_over_by"), SecrecyStop.moved_at, SecrecyStop.closed_at,
        )
        .join(SubmissionRound, SubmissionRound.id == SecrecyStop.round_id)
        .join(Submission, Submission.id == SubmissionRound.submission_id)
        .join(Cohort, Cohort.id == Submission.cohort_id)
        .join(presser, presser.id == SecrecyStop.pressed_by)
        .outerjoin(officer, officer.id == SecrecyStop.taken_over_by)
        .order_by(SecrecyStop.closed_at.is_not(None), SecrecyStop.pressed_at, SecrecyStop.id)
    )
    return [StopLine(**row._mapping) for row in rows]


def stop_of_round(session: Session, submission_id: int, number: int) -> int | None:
    """Return the number of the stop that seals this round, if one does."""
    return session.scalar(
        select(SecrecyStop.id)
        .join(SubmissionRound, SubmissionRound.id == SecrecyStop.round_id)
        .where(
            SubmissionRound.submission_id == submission_id, SubmissionRound.number == number,
            SecrecyStop.lifted_at.is_(None),
        )
    )


def stopped_for(
    session: Session, whose: Mapping[str, Any], assignment_id: str
) -> list[Passage]:
    """Return the passages that were stopped in somebody's work on an assignment. `whose`:
    `enrollment_id` or `team_id`."""
    return passages_of(
        session.scalars(
            select(SecrecyStop.passages)
            .join(SubmissionRound, SubmissionRound.id == SecrecyStop.round_id)
            .join(Submission, Submission.id == SubmissionRound.submission_id)
            .where(
                Submission.enrollment_id == whose.get("enrollment_id"),
                Submission.team_id == whose.get("team_id"),
                Submission.assignment_id == assignment_id, SecrecyStop.lifted_at.is_(None),
            )
        )
    )


def draft_to_check(
    session: Session, context: WorkContext
) -> tuple[dict[str, Any], list[Passage]]:
    """Return what stands in the draft, masked for whoever did not write what was stopped, and
    the words that may not be handed in again. One statement."""
    submission_id = context.submission.id if context.submission else None
    rounds = select(SubmissionRound.id).where(SubmissionRound.submission_id == submission_id)
    rows = session.execute(
        select(Draft.answers, SecrecyStop.passages)
        .filter_by(**owned_by(context.owner), assignment_id=context.assignment.id)
        .outerjoin(
            SecrecyStop,
            SecrecyStop.round_id.in_(rounds) & SecrecyStop.lifted_at.is_(None),
        )
    ).all()
    answers: dict[str, Any] = context.mask.over(rows[0][0] if rows else {})
    return answers, passages_of(one for _, one in rows if one)


def stopped_words(session: Session, context: WorkContext) -> list[Passage]:
    """Return the words that may not be handed in again; none is asked for before a hand-in."""
    if context.submission is None or not context.submission.round:
        return []
    return passages_of(session.scalars(stopped_in(context.submission.id)))
