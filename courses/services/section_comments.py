"""Speaking about a section of the team's draft. Nothing of it is handed in."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.errors import NotFound, Reason
from courses.models import SectionComment
from courses.services.guarding import refuse_pointing
from courses.services.joint_sections import JointWork, section_row


def add_comment(
    session: Session, work: JointWork, section_id: str, text: str, *, has_checked: bool
) -> SectionComment:
    """Say something about a section to those who may read it."""
    refuse_pointing(
        text, known=work.course.function_numbers, has_checked=has_checked,
        number=Reason.SHARED_NUMBER, unchecked=Reason.SHARED_UNCHECKED,
    )
    section_row(session, work, section_id)  # beside which the others see that it waits
    comment = SectionComment(
        **work.key, section_id=section_id, user_id=work.by, text=text, created_at=work.now
    )
    session.add(comment)
    session.flush()
    return comment


def resolve_comment(
    session: Session, work: JointWork, section_id: str, comment_id: int
) -> None:
    """Say that a comment has been dealt with. Done already stays done."""
    comment = session.scalars(
        select(SectionComment)
        .filter_by(id=comment_id, **work.key, section_id=section_id)
        .with_for_update()
    ).one_or_none()
    if comment is None:
        raise NotFound
    if comment.resolved_at is None:
        comment.resolved_at, comment.resolved_by = work.now, work.by
    session.flush()
