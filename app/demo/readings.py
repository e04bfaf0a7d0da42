"""A text that two of the demonstration's trainers have read, and on which they differ."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.demo.texts import approved, returned
from courses.catalog import Assignment
from courses.models import Reading, ReviewDraft, Submission, SubmissionRound
from courses.rules.reviews import Answer
from courses.vocabulary import Level


def read_by_two(
    session: Session,
    submission: Submission,
    row: SubmissionRound,
    assignment: Assignment,
    *,
    first_id: int,
    second_id: int,
    now: datetime,
) -> None:
    """Let both have finished: the first would approve, the second asks for more."""
    weak, remark, overall = returned(assignment)
    levels = {one.id: Level.APPROVED.value for one in assignment.criteria}
    said = {
        first_id: Answer(levels=levels, overall=approved(assignment)),
        second_id: Answer(
            levels=levels | {weak: Level.REVISE.value}, comments={weak: remark}, overall=overall
        ),
    }
    compared_at = now - timedelta(hours=2)
    for hours, (reader_id, answer) in enumerate(said.items()):
        done_at = compared_at - timedelta(hours=20 * (1 - hours))
        content = answer.content()
        session.add_all(
            [
                ReviewDraft(
                    round_id=row.id, reviewer_id=reader_id, content=content, updated_at=done_at
                ),
                Reading(
                    round_id=row.id, reader_id=reader_id, content=content, done_at=done_at,
                    compared_at=compared_at,
                ),
            ]
        )
    submission.claimed_by = first_id
    submission.claimed_until = now + timedelta(minutes=30)
