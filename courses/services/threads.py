"""Talking about an assignment: messages are added, never changed."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.models import (
    DraftReading,
    Enrollment,
    Team,
    TeamMember,
    Thread,
    ThreadMessage,
    ThreadReader,
    TimeRequest,
    is_unread,
    owned_by,
)
from courses.services.audit import audit
from courses.services.guarding import refuse_pointing
from courses.services.notices import notify
from courses.vocabulary import NoticeKind

MESSAGE = "message"
"""The form of a message, among what is kept unsent."""


def thread_of(
    session: Session, owner: Enrollment | Team, assignment_id: str, *, lock: bool = True
) -> Thread:
    """Return the thread of this owner and assignment, begun when there is none; others who
    write in it wait until the transaction ends."""
    wanted = select(Thread).filter_by(**owned_by(owner), assignment_id=assignment_id)
    found = session.scalars(wanted.with_for_update() if lock else wanted).one_or_none()
    if found is not None:
        return found
    try:
        with session.begin_nested():
            begun = Thread(
                **owned_by(owner), cohort_id=owner.cohort_id, assignment_id=assignment_id
            )
            session.add(begun)
    except IntegrityError:  # somebody else began it at the same moment
        return session.scalars(wanted.with_for_update()).one()
    return begun


def send_message(
    session: Session,
    thread: Thread,
    *,
    text: str,
    has_checked: bool,
    known: Collection[str],
    by: int,
    from_trainer: bool,
    seen: int,
    now: datetime,
) -> ThreadMessage:
    """Add a message to the thread, which the caller has locked. `seen` is the last message that
    the writer had on the page: a trainer's answers those and no later one.

    Refused when it names somebody by number, or may point out somebody and was not checked.
    """
    warned = refuse_pointing(text, known=known, has_checked=has_checked)
    message = ThreadMessage(
        thread_id=thread.id, author_id=by, from_trainer=from_trainer, text=text, at=now
    )
    session.add(message)
    session.flush()
    forget_unsent(session, thread, by, MESSAGE, now=now)
    mark_read(session, thread, by, seen=seen, now=now)
    if from_trainer:
        thread.answered_to = max(thread.answered_to, seen)
        tell_owner(session, thread, NoticeKind.REPLY, f"reply:{message.id}", but=by, now=now)
    settle(session, thread)
    audit(
        session, "thread:write", "thread", thread.id, actor_id=by, now=now,
        message=message.id, **({"warned": warned} if warned else {}),
    )
    return message


def need_no_answer(
    session: Session, thread: Thread, *, seen: int, by: int, now: datetime
) -> None:
    """Say, as a trainer, that what was written up to `seen` needs no answer."""
    session.refresh(thread, with_for_update=True)
    thread.answered_to = max(thread.answered_to, seen)
    settle(session, thread)
    audit(session, "thread:settle", "thread", thread.id, actor_id=by, now=now, message=seen)


def mark_read(
    session: Session, thread: Thread, user_id: int, *, seen: int, now: datetime
) -> None:
    """Remember that somebody has read up to `seen`."""
    reader = _reader(session, thread, user_id, now)
    reader.read_to = max(reader.read_to, seen)


def keep_unsent(
    session: Session,
    thread: Thread,
    user_id: int,
    form: str,
    fields: dict[str, Any],
    *,
    now: datetime,
) -> None:
    """Keep what somebody has typed in a form and not sent, for that person alone."""
    reader = _reader(session, thread, user_id, now)  # of two tabs the second finds the first's
    reader.unsent = reader.unsent | {form: fields}
    reader.updated_at = now


def forget_unsent(
    session: Session, thread: Thread, user_id: int, form: str, *, now: datetime
) -> None:
    """Drop what was kept of a form: it has been sent."""
    reader = _reader(session, thread, user_id, now)
    if form in reader.unsent:
        reader.unsent = {name: kept for name, kept in reader.unsent.items() if name != form}
        reader.updated_at = now


def settle(session: Session, thread: Thread) -> None:
    """Let the thread say since when something in it waits for a trainer."""
    session.flush()
    moments = session.execute(
        select(
            select(func.min(ThreadMessage.at))
            .where(
                ThreadMessage.thread_id == thread.id, ThreadMessage.from_trainer.is_(False),
                ThreadMessage.id > thread.answered_to,
            )
            .scalar_subquery(),
            select(func.min(TimeRequest.asked_at))
            .where(TimeRequest.thread_id == thread.id, TimeRequest.answered_at.is_(None))
            .scalar_subquery(),
            select(func.min(DraftReading.sent_at))
            .where(
                DraftReading.thread_id == thread.id,
                is_unread(),
            )
            .scalar_subquery(),
        )
    ).one()
    thread.waiting_since = min((one for one in moments if one is not None), default=None)
    session.flush()


def tell_owner(
    session: Session, thread: Thread, kind: NoticeKind, fact: str, *, but: int, now: datetime
) -> None:
    """Let the participant, or everybody in the team, read of it in their next digest."""
    tell(
        session, people_of(session, thread.enrollment_id, thread.team_id), kind, fact,
        cohort_id=thread.cohort_id, item_id=thread.assignment_id, team_id=thread.team_id,
        but=but, now=now,
    )


def tell(
    session: Session, people: Iterable[int], kind: NoticeKind, fact: str, *, cohort_id: int,
    item_id: str | None, team_id: int | None, but: int, now: datetime,
) -> None:
    """Let `people` read of it in their next digest, except whoever did it."""
    notify(
        session, [one for one in people if one != but], kind, fact, cohort_id=cohort_id,
        item_id=item_id, team_id=team_id, now=now,
    )


def people_of(session: Session, enrollment_id: int | None, team_id: int | None) -> list[int]:
    """Return the users behind an enrollment, or those who are in a team now."""
    people = select(Enrollment.user_id)
    if team_id is None:
        return list(session.scalars(people.where(Enrollment.id == enrollment_id)))
    return list(session.scalars(
        people.join(TeamMember, TeamMember.enrollment_id == Enrollment.id).where(
            TeamMember.team_id == team_id, TeamMember.left_on.is_(None)
        )
    ))


def _reader(session: Session, thread: Thread, user_id: int, now: datetime) -> ThreadReader:
    """Return somebody's row, which nobody else changes until the transaction ends."""
    key = {"thread_id": thread.id, "user_id": user_id}
    found = session.get(ThreadReader, key, with_for_update=True, populate_existing=True)
    if found is not None:
        return found
    begun = ThreadReader(**key, read_to=0, unsent={}, updated_at=now)
    try:
        with session.begin_nested():
            session.add(begun)
    except IntegrityError:
        return session.get_one(
            ThreadReader, key, with_for_update=True, populate_existing=True
        )
    return begun
