"""A draft that is sent to be read: frozen like a hand-in, answered without a decision."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.catalog import Assignment, Course
from courses.errors import NotFound, Reason, Refused, Stale
from courses.models import (
    Draft,
    DraftReading,
    DraftReply,
    Enrollment,
    Team,
    Thread,
    User,
    owned_by,
)
from courses.rules.answers_guard import counted, findings_in
from courses.rules.submissions import reference
from courses.rules.talking import is_still_to_hand_in, reading_reference
from courses.services.audit import audit
from courses.services.begun import begun_submission, submission_of
from courses.services.guarding import refuse_pointing
from courses.services.handin_order import refuse_when_closed
from courses.services.secrecy import refuse_stopped
from courses.services.threads import forget_unsent, settle, tell_owner, thread_of
from courses.vocabulary import NoticeKind


def send_draft(
    session: Session,
    *,
    owner: Enrollment | Team,
    enrollment: Enrollment,
    team_name: str | None,
    course: Course,
    assignment: Assignment,
    version: int,
    has_attested: bool,
    has_checked: bool,
    by: int,
    now: datetime,
    today: date,
) -> DraftReading:
    """Freeze a copy of the draft for a trainer to read. The draft itself goes on, nothing is
    handed in and no date moves. One copy waits at a time.

    Stale when the draft is not the one that was read; Refused when a rule says no.
    """
    if not assignment.is_handed_in:
        raise Refused(Reason.NOT_TO_HAND_IN)
    mine = owned_by(owner)
    thread = thread_of(session, owner, assignment.id)
    submission = submission_of(session, owner, assignment.id)
    if not is_still_to_hand_in(submission.state if submission else None):
        raise Refused(Reason.NOTHING_TO_EXTEND)
    refuse_when_closed(
        session, enrollment=enrollment, course=course, assignment=assignment, today=today
    )
    draft = session.scalars(
        select(Draft).filter_by(**mine, assignment_id=assignment.id).with_for_update()
    ).one_or_none()
    if draft is None or not draft.answers:
        raise Refused(Reason.NOTHING_TO_READ)
    if draft.version != version:
        raise Stale(None, draft.answers, version=draft.version)
    warned = _refuse_unfit(course, assignment, draft.answers, has_attested, has_checked)
    if submission is not None:
        refuse_stopped(session, submission.id, draft.answers, mine, assignment)
    number, waiting = session.execute(
        select(
            func.coalesce(func.max(DraftReading.number), 0) + 1,
            func.count(DraftReading.id) - func.count(DraftReply.id),
        )
        .outerjoin(DraftReply, DraftReply.reading_id == DraftReading.id)
        .where(DraftReading.thread_id == thread.id)
    ).one()
    if waiting:
        raise Refused(Reason.DRAFT_WAITS)
    submission = submission or begun_submission(session, owner, assignment.id)
    of_rounds = reference(assignment.id, team_name, submission.id, 1)
    reading = DraftReading(
        thread_id=thread.id, number=number, reference=reading_reference(of_rounds, number),
        answers=draft.answers,
        edition_digest=course.digest, content_digest=assignment.digest,
        attestation=course.texts["attestation"], sent_by=by, sent_at=now,
    )
    try:
        with session.begin_nested():  # the constraint has the last word
            session.add(reading)
    except IntegrityError as error:
        raise Refused(Reason.DRAFT_WAITS) from error
    settle(session, thread)
    audit(
        session, "draft:send", "thread", thread.id, actor_id=by, now=now, number=number,
        **({"warned": warned} if warned else {}),
    )
    return reading


def answer_draft(
    session: Session,
    thread: Thread,
    reading: DraftReading,
    *,
    comments: Mapping[str, str],
    overall: str,
    has_checked: bool,
    course: Course,
    by: int,
    now: datetime,
) -> DraftReply:
    """Say what one thinks of a draft, without level and outcome. The first who answers does;
    Refused names that person to the second."""
    session.refresh(thread, with_for_update=True)  # a question that comes now is not passed by
    written = {section: text for section, text in comments.items() if text}
    warned = refuse_pointing(
        overall, *written.values(), known=course.function_numbers, has_checked=has_checked
    )
    reply = DraftReply(
        reading_id=reading.id, comments=written, overall=overall, reader_id=by, at=now
    )
    try:
        with session.begin_nested():  # of two answers the constraint lets one through
            session.add(reply)
    except IntegrityError as error:
        name = session.scalar(
            select(User.name).join(DraftReply, DraftReply.reader_id == User.id)
            .where(DraftReply.reading_id == reading.id)
        )
        raise Refused(Reason.DRAFT_ANSWERED, name=name or "") from error
    forget_unsent(session, thread, by, form_of(reading), now=now)
    settle(session, thread)
    tell_owner(session, thread, NoticeKind.REPLY, f"draft-read:{reply.id}", but=by, now=now)
    audit(
        session, "draft:answer", "thread", thread.id, actor_id=by, now=now,
        number=reading.number, **({"warned": warned} if warned else {}),
    )
    return reply


def form_of(reading: DraftReading) -> str:
    """Return what the answer to this copy is called among what is kept unsent."""
    return f"reading:{reading.number}"


def reading_numbered(
    session: Session, owner: Enrollment | Team, assignment_id: str, number: int
) -> tuple[Thread, DraftReading]:
    """Return a copy that was sent, with its thread; NotFound when there is none."""
    found = session.execute(
        select(Thread, DraftReading)
        .join(DraftReading, DraftReading.thread_id == Thread.id)
        .where(
            DraftReading.number == number,
            *(getattr(Thread, column) == value for column, value in owned_by(owner).items()),
            Thread.assignment_id == assignment_id,
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def _refuse_unfit(
    course: Course, assignment: Assignment, answers: dict[str, Any], has_attested: bool,
    has_checked: bool,
) -> dict[str, int]:
    found = [
        one.finding.kind
        for one in findings_in(assignment.sections, answers, known=course.function_numbers)
    ]
    if any(one.blocks for one in found):
        raise Refused(Reason.PERSONAL_NUMBER)
    if not has_attested or (found and not has_checked):
        raise Refused(Reason.NOT_ATTESTED)
    return counted(found)
