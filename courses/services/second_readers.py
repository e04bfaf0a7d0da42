"""Who reads second what two are to read, and why nobody does when nobody does."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from courses.catalog import Assignment
from courses.errors import NotFound, Reason, Refused
from courses.models import (
    Enrollment,
    LoneReading,
    Reading,
    RoleAssignment,
    SecondReader,
    Submission,
    SubmissionRound,
    Team,
    TeamMember,
)
from courses.rules.second_reading import READERS
from courses.services.audit import audit
from courses.services.claims import held_by, lock, must_be_open, name_of
from courses.services.rounds import round_of
from courses.vocabulary import Role


def has_two(assignment: Assignment) -> bool:
    """Whether two trainers read it."""
    return assignment.readers >= READERS


def second_reader_of(session: Session, submission: Submission) -> int | None:
    """Return who reads it second: whoever it was settled for, else the team's second reader."""
    its = SecondReader.submission_id == submission.id
    if submission.team_id is not None:
        its = its | (SecondReader.team_id == submission.team_id)
    rows = session.execute(select(SecondReader.submission_id, SecondReader.reader_id).where(its))
    found = rows.all()
    own = [row.reader_id for row in found if row.submission_id is not None]
    return next(iter([*own, *(row.reader_id for row in found)]), None)


def name_second_reader(
    session: Session,
    submission: Submission,
    *,
    number: int,
    reader_id: int,
    assignment: Assignment,
    actor_id: int,
    now: datetime,
) -> None:
    """Let another trainer of the cohort read this piece of work second, from now on. Refused
    when round `number` is answered, and for whoever reads it first."""
    lock(session, submission)
    if not has_two(assignment):
        raise NotFound
    must_be_open(session, submission, number)
    _must_be_able(session, reader_id, submission.cohort_id, submission.team_id)
    if reader_id == held_by(submission, now) or reader_id == submission.claimed_by:
        raise Refused(Reason.SAME_READER)
    round_ = round_of(session, submission, number)
    before = second_reader_of(session, submission)
    settle(session, submission, reader_id, actor_id=actor_id, now=now)
    session.execute(delete(LoneReading).where(LoneReading.round_id == round_.id))
    _begin_again(session, round_, before if before != reader_id else None)
    session.flush()
    audit(
        session, "review:name_second", "submission", submission.id, actor_id=actor_id, now=now,
        round=number, second_id=reader_id, **({"from_id": before} if before else {}),
    )


def settle(
    session: Session, submission: Submission, reader_id: int, *, actor_id: int, now: datetime
) -> None:
    """Keep that this piece of work has this second reader, also in the rounds to come."""
    row = session.scalars(
        select(SecondReader).where(SecondReader.submission_id == submission.id)
    ).one_or_none()
    if row is None:
        row = SecondReader(submission_id=submission.id)
        session.add(row)
    elif row.reader_id == reader_id:
        return
    row.reader_id, row.named_by, row.named_at = reader_id, actor_id, now
    session.flush()


def name_team_second(
    session: Session, team: Team, *, reader_id: int | None, actor_id: int, now: datetime
) -> None:
    """Say who reads second what the team hands in; None: nobody yet. Never the first reader."""
    its = SecondReader.team_id == team.id
    row = session.scalars(select(SecondReader).where(its)).one_or_none()
    if reader_id is not None and reader_id == team.first_reader_id:
        raise Refused(Reason.SAME_READER)
    if (row.reader_id if row else None) == reader_id:
        return
    if reader_id is None:
        session.delete(row)
    else:
        _must_be_able(session, reader_id, team.cohort_id, team.id)
        if row is None:
            row = SecondReader(team_id=team.id)
            session.add(row)
        row.reader_id, row.named_by, row.named_at = reader_id, actor_id, now
    if team.name:  # loaded now; the team's page has changed, so it gets a new version
        flag_modified(team, "name")
    session.flush()
    audit(
        session, "team:name_second", "team", team.id, actor_id=actor_id, now=now,
        second_id=reader_id,
    )


def record_lone_reading(
    session: Session,
    submission: Submission,
    *,
    number: int,
    reason: str,
    assignment: Assignment,
    actor_id: int,
    now: datetime,
) -> None:
    """Say why one trainer alone answers round `number`. Only whoever reads it first can; naming
    a second reader takes it back."""
    lock(session, submission)
    if not has_two(assignment):
        raise NotFound
    must_be_open(session, submission, number)
    if submission.claimed_by != actor_id:
        raise Refused(Reason.REVIEW_TAKEN, name=name_of(session, submission.claimed_by))
    round_ = round_of(session, submission, number)
    row = session.scalars(
        select(LoneReading).where(LoneReading.round_id == round_.id)
    ).one_or_none()
    if row is None:
        row = LoneReading(round_id=round_.id)
        session.add(row)
    row.reason, row.recorded_by, row.recorded_at = reason, actor_id, now
    session.flush()
    audit(
        session, "review:read_alone", "submission", submission.id, actor_id=actor_id, now=now,
        round=number,
    )


def must_not_read_second(
    session: Session, submission: Submission, assignment: Assignment, actor_id: int
) -> None:
    """Refuse whoever reads it second, when two do, to read it first."""
    if has_two(assignment) and second_reader_of(session, submission) == actor_id:
        raise Refused(Reason.READS_SECOND)


def reads_alone(session: Session, round_: SubmissionRound) -> bool:
    """Whether it has been said why one trainer alone answers the round."""
    found = session.scalars(select(LoneReading.id).where(LoneReading.round_id == round_.id))
    return found.first() is not None


def forget_second_reader(session: Session, user_id: int, *, cohort_id: int | None) -> None:
    """Let nobody wait for somebody who trains the cohort no longer; None: no cohort at all."""
    teams, works = select(Team.id), select(Submission.id)
    if cohort_id is not None:
        teams = teams.where(Team.cohort_id == cohort_id)
        works = works.where(Submission.cohort_id == cohort_id)
    session.execute(
        delete(SecondReader).where(
            SecondReader.reader_id == user_id,
            SecondReader.team_id.in_(teams) | SecondReader.submission_id.in_(works),
        )
    )


def _begin_again(session: Session, round_: SubmissionRound, replaced: int | None) -> None:
    """What the first reader compares with is not what it was."""
    for one in session.scalars(select(Reading).where(Reading.round_id == round_.id)):
        one.joint_at = None
        if one.reader_id == replaced:
            one.done_at = None


def _must_be_able(
    session: Session, reader_id: int, cohort_id: int, team_id: int | None
) -> None:
    """Refuse whoever is no trainer of the cohort, and whoever works in the team."""
    trains = session.scalars(
        select(RoleAssignment.id).where(
            RoleAssignment.user_id == reader_id, RoleAssignment.role == Role.TRAINER,
            RoleAssignment.ended_at.is_(None), RoleAssignment.cohort_id == cohort_id,
        )
    ).first()
    member = session.scalars(
        select(TeamMember.enrollment_id)
        .join(Enrollment, Enrollment.id == TeamMember.enrollment_id)
        .where(TeamMember.team_id == team_id, Enrollment.user_id == reader_id)
    ).first()
    if trains is None or member is not None:
        raise Refused(Reason.CANNOT_READ_SECOND)
