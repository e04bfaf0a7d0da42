"""What the demonstration has to do with secrecy: trainers who have undertaken to keep it, and a
text that was stopped, as if somebody could be recognized in it. Nobody can: all are invented."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.pages.undertaking import digest_of, owner_name, source
from courses.catalog import Course
from courses.models import Enrollment, SecrecyUndertaking, Submission, SubmissionRound
from courses.rules.secrecy import Passage, pieces
from courses.services.secrecy import press_stop
from courses.vocabulary import SubmissionState

MESSAGE = "Det här händer. Jag ringer dig i eftermiddag, så går vi igenom det."


def add_undertakings(session: Session, user_ids: Iterable[int], at: datetime) -> None:
    """Let the trainers have given today's undertaking."""
    owner = owner_name()
    session.add_all(
        SecrecyUndertaking(user_id=one, digest=digest_of(owner), words=source(owner), at=at)
        for one in user_ids
    )
    session.flush()


def add_stop(
    session: Session, course: Course, writer: Enrollment, *, by: int, now: datetime
) -> None:
    """Stop the first approved work of somebody, in its first sentence."""
    submission = session.scalars(
        select(Submission)
        .where(
            Submission.enrollment_id == writer.id, Submission.state == SubmissionState.APPROVED
        )
        .order_by(Submission.id)
    ).first()
    if submission is None:
        return
    round_ = session.scalars(
        select(SubmissionRound)
        .where(SubmissionRound.submission_id == submission.id)
        .order_by(SubmissionRound.number.desc())
    ).first()
    assert round_ is not None  # noqa: S101 - what is approved has been handed in
    assignment = course.items[submission.assignment_id]
    section = next(one for one in assignment.sections if one.kind == "text")
    pressed_at = now - timedelta(days=1)
    press_stop(
        session, submission, number=round_.number,
        passages=[Passage(section=section.id, text=pieces(round_.answers[section.id])[0])],
        message=MESSAGE, course=course, assignment=assignment, actor_id=by, now=pressed_at,
        today=pressed_at.date(),
    )
