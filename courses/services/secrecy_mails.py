"""Whom a stop is told, by mail at once."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalog import Assignment
from courses.models import (
    Enrollment,
    RoleAssignment,
    SecrecyStop,
    Submission,
    SubmissionRound,
    User,
)
from courses.services.outbox import enqueue_mail
from courses.vocabulary import Role


def writers_of(
    session: Session, submission: Submission, rounds: Iterable[SubmissionRound]
) -> list[User]:
    """Return the people who handed in these rounds of one piece of work. One statement."""
    ids = [
        submission.enrollment_id,
        *(member["enrollment_id"] for one in rounds for member in one.members),
    ]
    found = session.scalars(
        select(User)
        .join(Enrollment, Enrollment.user_id == User.id)
        .where(Enrollment.id.in_([one for one in ids if one is not None]))
        .order_by(User.id)
    )
    return list(found.unique())


def tell_writers(
    session: Session, submission: Submission, writers: Iterable[User], stop: SecrecyStop,
    assignment: Assignment, now: datetime,
) -> None:
    """A mail at once: nothing of the text, where to read on, and that it can be mended."""
    for one in writers:
        enqueue_mail(
            session, to=one, template="stopped", now=now,
            dedupe_key=f"stopped:{stop.id}:{stop.version}:{one.id}", title=assignment.title,
            slug=assignment.slug, team_id=submission.team_id or 0,
        )


def tell_officers(session: Session, stop: SecrecyStop, now: datetime) -> None:
    """A mail at once: that something waits, and nothing of it."""
    officers = session.scalars(
        select(User)
        .join(RoleAssignment, RoleAssignment.user_id == User.id)
        .where(
            RoleAssignment.role == Role.SECRECY_OFFICER, RoleAssignment.ended_at.is_(None),
            User.disabled_at.is_(None),
        )
        .order_by(User.id)
    )
    for one in officers.unique():
        enqueue_mail(
            session, to=one, template="secrecy", now=now,
            dedupe_key=f"secrecy:{stop.id}:{stop.version}:{one.id}",
        )
