"""Letting a person or a team off something that the certificate asks for, and taking that back."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from courses.catalog import Assignment, Course
from courses.errors import NotFound, Reason, Refused
from courses.models import (
    Certificate,
    Cohort,
    Completion,
    CompletionEvent,
    Enrollment,
    Review,
    Submission,
    SubmissionRound,
    Team,
    owned_by,
)
from courses.rules.requirements import required_items
from courses.rules.submissions import Move, after_excuse, next_state
from courses.services.audit import audit
from courses.services.begun import submission_of
from courses.services.notices import notify, take_back
from courses.services.progress import record_completion, record_team_completion
from courses.vocabulary import CertificateState, CompletionKind, NoticeKind


def excuse(
    session: Session,
    owner: Enrollment | Team,
    *,
    item_id: str,
    reason: str,
    course: Course,
    actor_id: int,
    now: datetime,
) -> None:
    """Say that a person, or a team with everyone whose home team it is, need not do something
    that the cohort asks for. It then counts as finished.

    Refused for what is finished already, and for what has been handed in.
    """
    session.refresh(owner, with_for_update=True)
    item = _asked_for(session, owner, item_id, course)
    people = _people(session, owner)
    left = [one.id for one in people if session.get(Completion, (one.id, item_id)) is None]
    if not left:
        raise Refused(Reason.ALREADY_FINISHED)
    if isinstance(item, Assignment) and item.is_handed_in and _is_whose(item, owner):
        _put_aside(session, owner, item, now)
    _record(
        session, owner, item_id, course, CompletionKind.WAIVED, reason=reason,
        actor_id=actor_id, now=now, only=left,
    )
    audit(
        session, "item:excuse", *_object(owner), actor_id=actor_id, now=now, item=item_id
    )
    notify(
        session, [one.user_id for one in people if one.id in left and one.user_id != actor_id],
        NoticeKind.EXCUSED, _fact(session, owner, item_id), cohort_id=owner.cohort_id,
        item_id=item_id, team_id=owner.id if isinstance(owner, Team) else None, now=now,
    )


def take_back_excuse(
    session: Session,
    owner: Enrollment | Team,
    *,
    item_id: str,
    reason: str,
    course: Course,
    actor_id: int,
    now: datetime,
) -> None:
    """Ask for it after all, as long as nothing else has followed: no certificate that counts on
    it, and nothing done since. What was written before lies where it lay."""
    session.refresh(owner, with_for_update=True)
    people = _people(session, owner)
    waived = {
        row.enrollment_id
        for row in session.execute(
            select(Completion.enrollment_id)
            .join(CompletionEvent, CompletionEvent.id == Completion.event_id)
            .where(
                Completion.item_id == item_id, CompletionEvent.kind == CompletionKind.WAIVED,
                Completion.enrollment_id.in_([one.id for one in people]),
            )
        )
    }
    if not waived:
        raise NotFound
    issued = session.scalars(
        select(Certificate.id).where(
            Certificate.enrollment_id.in_(waived), Certificate.state == CertificateState.VALID
        )
    ).first()
    if issued is not None or _has_gone_on(session, owner, item_id, waived):
        raise Refused(Reason.EXCUSE_STANDS)
    submission = submission_of(session, owner, item_id)
    if submission is not None:
        answered = session.scalars(
            select(Review.id)
            .join(SubmissionRound, SubmissionRound.id == Review.round_id)
            .where(
                SubmissionRound.submission_id == submission.id,
                SubmissionRound.number == submission.round,
            )
        ).first()
        submission.state = after_excuse(
            submission.state, rounds=submission.round, is_answered=answered is not None
        )
    _record(
        session, owner, item_id, course, CompletionKind.UNDONE, reason=reason,
        actor_id=actor_id, now=now, only=waived,
    )
    audit(
        session, "item:ask_after_all", *_object(owner), actor_id=actor_id, now=now, item=item_id
    )
    take_back(session, [_fact(session, owner, item_id)])


def _asked_for(
    session: Session, owner: Enrollment | Team, item_id: str, course: Course
) -> object:
    """Return what it is; NotFound for what the cohort does not ask of such an owner."""
    cohort = session.get_one(Cohort, owner.cohort_id)
    if item_id not in required_items(cohort.requirement_set):
        raise NotFound
    item = course.items.get(item_id)
    if isinstance(owner, Team) and not (isinstance(item, Assignment) and item.is_joint):
        raise NotFound
    return item


def _is_whose(item: Assignment, owner: Enrollment | Team) -> bool:
    return item.is_joint == isinstance(owner, Team)


def _put_aside(
    session: Session, owner: Enrollment | Team, item: Assignment, now: datetime
) -> None:
    submission = submission_of(session, owner, item.id)
    after = next_state(submission.state if submission else None, Move.EXCUSE)
    try:
        with session.begin_nested():  # it may be handed in at the same moment
            if submission is None:
                submission = Submission(
                    **owned_by(owner), cohort_id=owner.cohort_id, assignment_id=item.id, round=0
                )
                session.add(submission)
            submission.state = after
    except (IntegrityError, StaleDataError) as error:
        raise Refused(Reason.ALREADY_SUBMITTED) from error


def _has_gone_on(
    session: Session, owner: Enrollment | Team, item_id: str, waived: Collection[int]
) -> bool:
    """Whether somebody has done it since, too."""
    team_id = owner.id if isinstance(owner, Team) else 0
    its = CompletionEvent.enrollment_id.in_(waived) | (CompletionEvent.team_id == team_id)
    last: dict[tuple[int | None, int | None], CompletionKind] = {}
    for event in session.scalars(
        select(CompletionEvent)
        .where(its, CompletionEvent.item_id == item_id)
        .order_by(CompletionEvent.id)
    ):
        last[event.enrollment_id, event.team_id] = event.kind
    return any(kind is CompletionKind.DONE for kind in last.values())


def _people(session: Session, owner: Enrollment | Team) -> list[Enrollment]:
    if isinstance(owner, Enrollment):
        return [owner]
    return list(
        session.scalars(
            select(Enrollment).where(Enrollment.home_team_id == owner.id).order_by(Enrollment.id)
        )
    )


def _object(owner: Enrollment | Team) -> tuple[str, int]:
    return ("team" if isinstance(owner, Team) else "enrollment"), owner.id


def _fact(session: Session, owner: Enrollment | Team, item_id: str) -> str:
    """What names the last time that this was excused."""
    last = session.scalar(
        select(func.max(CompletionEvent.id)).filter_by(
            **owned_by(owner), item_id=item_id, kind=CompletionKind.WAIVED
        )
    )
    return f"excused:{last}"


def _record(
    session: Session,
    owner: Enrollment | Team,
    item_id: str,
    course: Course,
    kind: CompletionKind,
    *,
    reason: str,
    actor_id: int,
    now: datetime,
    only: Collection[int],
) -> None:
    if isinstance(owner, Team):
        record_team_completion(
            session, team_id=owner.id, item_id=item_id, course=course, actor_id=actor_id,
            now=now, kind=kind, reason=reason, only=only,
        )
    else:
        record_completion(
            session, enrollment=owner, item_id=item_id, course=course, actor_id=actor_id,
            now=now, kind=kind, reason=reason,
        )
