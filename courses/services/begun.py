"""Work that has a row before anything is handed in: it carries a date, or a number."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.errors import Outrun
from courses.models import Enrollment, Submission, Team, owned_by
from courses.vocabulary import SubmissionState


def submission_of(
    session: Session, owner: Enrollment | Team, assignment_id: str
) -> Submission | None:
    """Return where the owner's work stands, locked until the transaction ends; None: nowhere."""
    return session.scalars(
        select(Submission)
        .filter_by(**owned_by(owner), assignment_id=assignment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def begun_submission(
    session: Session, owner: Enrollment | Team, assignment_id: str
) -> Submission:
    """Return the row of the owner's work, made when there is none: nothing is handed in by
    that. Outrun when somebody else made it at the same moment."""
    found = submission_of(session, owner, assignment_id)
    if found is not None:
        return found
    begun = Submission(
        **owned_by(owner), cohort_id=owner.cohort_id, assignment_id=assignment_id,
        state=SubmissionState.DRAFT, round=0,
    )
    try:
        with session.begin_nested():
            session.add(begun)
    except IntegrityError as error:
        raise Outrun from error
    return begun
