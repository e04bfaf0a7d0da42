"""A copy of a draft that was sent to be read, with what a trainer said of it."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from courses.errors import NotFound
from courses.models import (
    DraftReading,
    DraftReply,
    Enrollment,
    Team,
    TeamMember,
    Thread,
    ThreadReader,
    User,
    owned_by,
)
from courses.queries.masked_rows import copy_under
from courses.rules.calendar import STOCKHOLM
from courses.rules.masking import Mask


@dataclass(frozen=True, kw_only=True)
class SentDraft:
    """The copy, who sent it, and the answer to it when there is one."""

    reading: DraftReading
    sent_by: str
    reply: DraftReply | None
    reader: str | None
    unsent: dict[str, Any] = field(default_factory=dict)
    """What the one who looks has typed and not sent, by form."""


def sent_draft(
    session: Session,
    owner: Enrollment | Team,
    assignment_id: str,
    number: int,
    *,
    reader_id: int = 0,
    former: Enrollment | None = None,
) -> SentDraft:
    """Return one copy; NotFound when there is none, or it was sent after `former` had left the
    team. One statement, two for a former member."""
    (column, owner_id), = owned_by(owner).items()
    sender, reader = aliased(User), aliased(User)
    row = session.execute(
        select(DraftReading, sender.name, DraftReply, reader.name, ThreadReader.unsent)
        .join(Thread, Thread.id == DraftReading.thread_id)
        .join(sender, sender.id == DraftReading.sent_by)
        .outerjoin(DraftReply, DraftReply.reading_id == DraftReading.id)
        .outerjoin(reader, reader.id == DraftReply.reader_id)
        .outerjoin(
            ThreadReader,
            and_(ThreadReader.thread_id == Thread.id, ThreadReader.user_id == reader_id),
        )
        .where(
            getattr(Thread, column) == owner_id, Thread.assignment_id == assignment_id,
            DraftReading.number == number,
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    reading, sent_by, reply, read_by, unsent = row
    if former is not None and not _was_in_team(session, owner, former, reading):
        raise NotFound
    if former is not None and reply and not _was_in_team(session, owner, former, reply):
        reply = read_by = None
    return SentDraft(
        reading=reading, sent_by=sent_by, reply=reply, reader=read_by, unsent=unsent or {}
    )


def under(mask: Mask, one: SentDraft) -> SentDraft:
    """Return the copy and what was said of it without what is hidden from the reader."""
    return replace(
        one, reading=copy_under(mask, one.reading, "answers"),
        reply=one.reply and copy_under(mask, one.reply, "comments", "overall"),
        unsent=mask.over(one.unsent),
    )


def _was_in_team(
    session: Session, team: Enrollment | Team, member: Enrollment, one: DraftReading | DraftReply
) -> bool:
    row = session.get(TeamMember, (team.id, member.id))
    at = one.sent_at if isinstance(one, DraftReading) else one.at
    day: date = at.astimezone(STOCKHOLM).date()
    return row is not None and row.joined_on <= day and (
        row.left_on is None or day <= row.left_on
    )
