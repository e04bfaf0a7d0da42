"""What has been said about an assignment, in the order in which it was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    cast,
    literal,
    null,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from courses.models import (
    DraftReading,
    DraftReply,
    Enrollment,
    Extension,
    Team,
    TeamMember,
    Thread,
    ThreadMessage,
    ThreadReader,
    TimeRequest,
    User,
    is_unread,
    owned_by,
)
from courses.rules.calendar import STOCKHOLM


class EntryKind(StrEnum):
    MESSAGE = "message"
    REQUEST = "request"
    GRANTED = "granted"
    DECLINED = "declined"
    EXTENSION = "extension"
    """More time that nobody had asked for."""
    READING = "reading"
    READ = "read"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that was said or done."""

    kind: EntryKind
    id: int
    """Of the message, the request, the extension; the number of the draft reading."""
    at: datetime
    by_id: int
    by: str
    from_trainer: bool
    text: str
    day: date | None
    is_open: bool = False
    """A request that nobody has answered, or a draft that nobody has read."""


@dataclass(frozen=True, kw_only=True)
class Talk:
    """Everything said about an assignment of somebody, as far as the reader may see it."""

    entries: Sequence[Entry] = ()
    read_to: int = 0
    unsent: dict[str, Any] = field(default_factory=dict)
    """What the reader has typed and not sent, by form."""
    is_waiting: bool = False
    """Whether something waits for a trainer."""

    @property
    def last(self) -> int:
        """The newest message; 0 when there is none."""
        return max((one.id for one in self.entries if one.kind is EntryKind.MESSAGE), default=0)

    @property
    def request(self) -> Entry | None:
        """The request for time that waits."""
        return next(
            (one for one in self.entries if one.kind is EntryKind.REQUEST and one.is_open), None
        )

    def is_new(self, entry: Entry, reader_id: int) -> bool:
        """Whether the reader has not said to have read this message of somebody else's."""
        return (
            entry.kind is EntryKind.MESSAGE and entry.id > self.read_to
            and entry.by_id != reader_id
        )

    def news(self, reader_id: int) -> list[Entry]:
        """What is new to the reader."""
        return [one for one in self.entries if self.is_new(one, reader_id)]


def talk(
    session: Session, owner: Enrollment | Team, assignment_id: str, *, reader_id: int,
    former: Enrollment | None = None,
) -> Talk:
    """Return the talk, the oldest first, in two statements; for somebody who has left the team
    (`former`) what was said while they were in it, in three."""
    mine = owned_by(owner)
    entries = timeline(session, mine, assignment_id)
    if former is not None and isinstance(owner, Team):
        entries = _while_in_team(session, owner, former, entries)
    row = session.execute(
        select(ThreadReader.read_to, ThreadReader.unsent, Thread.waiting_since)
        .select_from(Thread)
        .outerjoin(
            ThreadReader,
            (ThreadReader.thread_id == Thread.id) & (ThreadReader.user_id == reader_id),
        )
        .where(*_of(Thread, mine, assignment_id))
    ).one_or_none()
    read_to, unsent, waiting_since = row or (0, {}, None)
    return Talk(
        entries=entries, read_to=read_to or 0, unsent=unsent or {},
        is_waiting=waiting_since is not None,
    )


def timeline(session: Session, mine: Mapping[str, int], assignment_id: str) -> list[Entry]:
    """Return everything said and done, the oldest first, in one statement. `mine`: the column
    that says whose the work is, and its value."""
    thread = select(Thread.id).where(*_of(Thread, mine, assignment_id)).scalar_subquery()
    whole = union_all(
        *_messages(thread), *_requests(thread), *_readings(thread),
        _entries(
            EntryKind.EXTENSION, Extension.id, Extension.at, Extension.granted_by, true(),
            Extension.reason, Extension.due_on,
        ).where(*_of(Extension, mine, assignment_id), Extension.request_id.is_(None)),
    ).subquery()
    rows = session.execute(
        select(whole, User.name).join(User, User.id == whole.c.by_id)
        .order_by(whole.c.at, whole.c.kind, whole.c.id)
    )
    found = [
        Entry(
            kind=EntryKind(kind), id=id_, at=at, by_id=by_id, from_trainer=bool(from_trainer),
            text=text or "", day=day, is_open=bool(is_open), by=name,
        )
        for kind, id_, at, by_id, from_trainer, text, day, is_open, name in rows
    ]
    return sorted(found, key=lambda one: (one.at, one.kind not in _ASKED))


_ASKED = (EntryKind.MESSAGE, EntryKind.REQUEST, EntryKind.READING)
"""What comes before its answer when both came at the same moment."""


def _entries(
    kind: EntryKind, id_: Any, at: Any, by_id: Any, from_trainer: Any, text: Any = None,
    day: Any = None, is_open: Any = None,
) -> Select[Any]:
    return select(
        literal(kind.value).label("kind"), id_.label("id"), at.label("at"),
        by_id.label("by_id"), cast(from_trainer, Boolean).label("from_trainer"),
        (cast(null(), String) if text is None else text).label("text"),
        (cast(null(), Date) if day is None else day).label("day"),
        cast(is_open if is_open is not None else literal(0), Integer).label("is_open"),
    )


def _messages(thread: Any) -> list[Select[Any]]:
    return [
        _entries(
            EntryKind.MESSAGE, ThreadMessage.id, ThreadMessage.at, ThreadMessage.author_id,
            ThreadMessage.from_trainer, ThreadMessage.text,
        ).where(ThreadMessage.thread_id == thread)
    ]


def _requests(thread: Any) -> list[Select[Any]]:
    mine = TimeRequest.thread_id == thread
    answered = TimeRequest.answered_at.is_not(None)

    def answer(kind: EntryKind) -> Select[Any]:
        return _entries(
            kind, TimeRequest.id, TimeRequest.answered_at, TimeRequest.answered_by, true(),
            TimeRequest.answer, TimeRequest.granted_on,
        )

    return [
        _entries(
            EntryKind.REQUEST, TimeRequest.id, TimeRequest.asked_at, TimeRequest.asked_by,
            literal(False), TimeRequest.line, TimeRequest.wanted_on,
            TimeRequest.answered_at.is_(None),
        ).where(mine),
        answer(EntryKind.GRANTED).where(mine, answered, TimeRequest.granted_on.is_not(None)),
        answer(EntryKind.DECLINED).where(mine, answered, TimeRequest.granted_on.is_(None)),
    ]


def _readings(thread: Any) -> list[Select[Any]]:
    mine = DraftReading.thread_id == thread
    return [
        _entries(
            EntryKind.READING, DraftReading.number, DraftReading.sent_at, DraftReading.sent_by,
            literal(False), DraftReading.reference,
            is_open=is_unread(),
        ).where(mine),
        _entries(
            EntryKind.READ, DraftReading.number, DraftReply.at, DraftReply.reader_id, true(),
            DraftReading.reference,
        )
        .join(DraftReading, DraftReading.id == DraftReply.reading_id)
        .where(mine),
    ]


def _of(
    model: type[Thread] | type[Extension], mine: Mapping[str, int], assignment_id: str
) -> tuple[ColumnElement[bool], ...]:
    (column, owner_id), = mine.items()
    return (getattr(model, column) == owner_id, model.assignment_id == assignment_id)


def _while_in_team(
    session: Session, team: Team, member: Enrollment, entries: Sequence[Entry]
) -> list[Entry]:
    span = session.execute(
        select(TeamMember.joined_on, TeamMember.left_on).where(
            TeamMember.team_id == team.id, TeamMember.enrollment_id == member.id
        )
    ).one_or_none()
    if span is None:
        return []
    return [one for one in entries if _is_within(one.at, span.joined_on, span.left_on)]


def _is_within(at: datetime, joined_on: date, left_on: date | None) -> bool:
    day = at.astimezone(STOCKHOLM).date()
    return joined_on <= day and (left_on is None or day <= left_on)
