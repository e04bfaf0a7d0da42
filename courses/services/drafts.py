"""Writing: a draft is saved over and over, and nobody's text is lost to somebody else's."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from courses.catalog import Assignment, Course
from courses.errors import Stale
from courses.models import Draft, Enrollment, Submission, Team, User, owned_by
from courses.rules.submissions import Move, next_state
from courses.services.handin_order import refuse_when_closed


def save_draft(
    session: Session,
    *,
    owner: Enrollment | Team,
    enrollment: Enrollment,
    course: Course,
    assignment: Assignment,
    answers: dict[str, Any],
    version: int,
    by: int,
    now: datetime,
    today: date,
) -> Draft:
    """Keep what somebody has written so far. `version` is that of the draft they began from,
    0 before the first; Stale when another text has been saved since."""
    mine = owned_by(owner)
    draft = _find(session, mine, assignment.id, is_held=True)  # before the state: a hand-in waits
    state = session.scalar(
        select(Submission.state).filter_by(**mine, assignment_id=assignment.id)
    )
    next_state(state, Move.WRITE)
    refuse_when_closed(
        session, enrollment=enrollment, course=course, assignment=assignment, today=today
    )
    if draft and draft.answers == answers:
        return draft
    if draft and draft.version != version:
        raise _stale(session, draft, answers, by)
    try:
        with session.begin_nested():  # the constraint and the version have the last word
            if draft is None:
                draft = Draft(**mine, assignment_id=assignment.id)
                session.add(draft)
            draft.answers = answers
            draft.updated_at = now
            draft.updated_by = by
    except (IntegrityError, StaleDataError) as error:
        theirs = _find(session, mine, assignment.id)
        if theirs is None:
            raise
        raise _stale(session, theirs, answers, by) from error
    return draft


def _find(
    session: Session, mine: dict[str, int], assignment_id: str, *, is_held: bool = False
) -> Draft | None:
    found = select(Draft).filter_by(**mine, assignment_id=assignment_id)
    if is_held:
        found = found.with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).one_or_none()


def _stale(session: Session, theirs: Draft, mine: dict[str, Any], by: int) -> Stale:
    name = session.scalar(select(User.name).where(User.id == theirs.updated_by, User.id != by))
    return Stale(mine, theirs.answers, version=theirs.version, by=name)
