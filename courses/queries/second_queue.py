"""What two read, in the list of what waits for a trainer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from courses.identity import Identity
from courses.models import (
    Enrollment,
    LoneReading,
    Reading,
    SecondReader,
    Submission,
    SubmissionRound,
    Team,
    User,
)
from courses.rules.reviews import OPEN


@dataclass(frozen=True, kw_only=True)
class SecondTask:
    """A text that waits for a second reading, or for the joint answer of two."""

    submission: Submission
    name: str
    """The team, or the participant who does joint work alone."""
    is_joint: bool
    """Both have finished: the first reader compares."""


def second_tasks(
    session: Session, identity: Identity, items: Collection[str]
) -> Sequence[SecondTask]:
    """Return what waits for the trainer as a second reader, and as a first reader when both have
    finished; the longest wait first. `items`: the assignments that two read."""
    if not items:
        return ()
    me = identity.user_id
    to_read = and_(_second() == me, ~_has_read(Reading.reader_id == me), ~_is_alone())
    to_decide = and_(
        Submission.claimed_by == me, _has_read(Reading.reader_id == me),
        _has_read(Reading.reader_id == _second()), ~_is_alone(),
    )
    rows = session.execute(
        select(Submission, func.coalesce(Team.name, User.name), to_decide)
        .outerjoin(Team, Team.id == Submission.team_id)
        .outerjoin(Enrollment, Enrollment.id == Submission.enrollment_id)
        .outerjoin(User, User.id == Enrollment.user_id)
        .where(
            (Submission.cohort_id + 0).in_(identity.trains),  # found by id: see `_mine`
            Submission.id.in_(_mine(me)), Submission.assignment_id.in_(items),
            Submission.state.in_(OPEN), or_(to_read, to_decide),
        )
        .order_by(Submission.submitted_at, Submission.id)
    )
    return [
        SecondTask(submission=submission, name=name, is_joint=bool(is_joint))
        for submission, name, is_joint in rows
    ]


def second_readings(
    session: Session, cohort_id: int, items: Collection[str]
) -> Mapping[int, int]:
    """Return submission id → who is to read it second and has not yet. `items`: the assignments
    that two read; no statement when there are none."""
    if not items:
        return {}
    second = _second()
    rows = session.execute(
        select(Submission.id, second).where(
            Submission.cohort_id == cohort_id, Submission.assignment_id.in_(items),
            Submission.state.in_(OPEN), second.is_not(None),
            ~_has_read(Reading.reader_id == second), ~_is_alone(),
        )
    )
    return {one: reader_id for one, reader_id in rows.all() if reader_id}


def others_begin(user_id: int, items: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that a row of `submission` is nothing for somebody to begin with as
    its first reader: they read it second, or its first reader has finished and either waits for
    the second or is somebody else. `items`: the assignments that two read."""
    second = _second()
    first_has_read = _has_read(Reading.reader_id != func.coalesce(second, 0))
    second_has_read = _has_read(Reading.reader_id == second)
    is_somebody_elses = func.coalesce(Submission.claimed_by, 0) != user_id
    return and_(
        Submission.assignment_id.in_(items), ~_is_alone(),
        or_(
            func.coalesce(second, 0) == user_id,
            and_(first_has_read, or_(is_somebody_elses, ~second_has_read)),
        ),
    )


def _mine(user_id: int) -> CompoundSelect[Any]:
    """Return the hand-ins with which somebody has anything to do as one of two, so that only
    those are looked at, however many wait."""
    teams = aliased(Submission)
    return union_all(
        select(SecondReader.submission_id).where(
            SecondReader.reader_id == user_id, SecondReader.submission_id.is_not(None)
        ),
        select(teams.id)
        .join(SecondReader, SecondReader.team_id == teams.team_id)
        .where(SecondReader.reader_id == user_id),
        select(SubmissionRound.submission_id)
        .join(Reading, Reading.round_id == SubmissionRound.id)
        .where(Reading.reader_id == user_id),
    )


def _second() -> ColumnElement[Any]:
    """The second reader of the row of `submission`, however deep in the query it is asked."""
    own, teams = aliased(SecondReader), aliased(SecondReader)
    settled = select(own.reader_id).where(own.submission_id == Submission.id)
    usual = select(teams.reader_id).where(teams.team_id == Submission.team_id)
    return func.coalesce(
        settled.correlate(Submission).scalar_subquery(),
        usual.correlate(Submission).scalar_subquery(),
    )


def _has_read(whose: ColumnElement[bool]) -> ColumnElement[bool]:
    found = select(Reading.id).where(whose, Reading.done_at.is_not(None))
    return _of_what_waits(found.join(SubmissionRound, SubmissionRound.id == Reading.round_id))


def _is_alone() -> ColumnElement[bool]:
    found = select(LoneReading.id)
    return _of_what_waits(found.join(SubmissionRound, SubmissionRound.id == LoneReading.round_id))


def _of_what_waits(found: Select[Any]) -> ColumnElement[bool]:
    return exists(
        found.where(
            SubmissionRound.submission_id == Submission.id,
            SubmissionRound.number == Submission.round,
        ).correlate(Submission)
    )
