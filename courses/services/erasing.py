"""Erasing a person: what may go goes at once, the row is emptied and keeps its id, and what
must stay points at that id."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from courses.errors import Reason, Refused
from courses.models import (
    Cohort,
    Enrollment,
    FileFinding,
    RoleAssignment,
    Submission,
    Team,
    TeamMember,
    User,
)
from courses.models.about import Model, erasable, leading, models
from courses.services.audit import audit
from courses.services.my_data import sweep_soon
from courses.services.outbox import enqueue_mail
from courses.vocabulary import EnrollmentState, Role

ERASED = "Raderat konto"
"""What stands for a name where an emptied person is named."""


def erase_person(session: Session, user_id: int, *, now: datetime) -> Mapping[str, int]:
    """Erase what may go and return table → how many rows went. Doing it again does nothing.

    Refused for the last administrator: nobody could let anyone in any more.
    """
    user = session.scalars(select(User).where(User.id == user_id).with_for_update()).one()
    if user.email is None:
        return {}
    _refuse_last_administrator(session, user_id)
    watching = _who_is_told(session, user_id, now.date())
    gone: dict[str, int] = {}
    for name, model in reversed(models().items()):
        if model.__personal__.is_erased and leading(model):
            rows = _delete(session, model, user_id)
            if rows:
                gone[name] = rows
    _leave(session, user_id, now=now)
    user.email = user.alias = user.password_hash = user.sector = user.organization_id = None
    user.name, user.disabled_at = ERASED, now
    audit(session, "user:erase", "user", user_id, actor_id=user_id, now=now, gone=gone)
    for one in watching:
        enqueue_mail(
            session, to=one, template="account_erased", now=now,
            dedupe_key=f"account_erased:{user_id}:{one.id}", person=user_id,
        )
    sweep_soon(session, user_id, now=now)
    return gone


def _delete(session: Session, model: Model, user_id: int) -> int:
    if model is FileFinding:
        return 0  # the database deletes them with their file
    result = session.execute(
        delete(model)
        .where(erasable(model, user_id))
        .execution_options(synchronize_session=False)
    )
    return int(getattr(result, "rowcount", 0))


def _leave(session: Session, user_id: int, *, now: datetime) -> None:
    """Out of teams and roles; nobody waits for somebody who has gone."""
    mine = select(Enrollment.id).where(Enrollment.user_id == user_id)
    quiet = {"synchronize_session": False}
    for values, condition in (
        ({"holder_id": None}, Team.holder_id.in_(mine)),
        ({"deputy_id": None}, Team.deputy_id.in_(mine)),
        ({"first_reader_id": None}, Team.first_reader_id == user_id),
    ):
        session.execute(
            update(Team).where(condition)
            .values(**values, version=Team.version + 1).execution_options(**quiet)
        )
    session.execute(
        update(Submission).where(Submission.claimed_by == user_id)
        .values(claimed_by=None, claimed_until=None, version=Submission.version + 1)
        .execution_options(**quiet)
    )
    session.execute(
        update(TeamMember)
        .where(TeamMember.enrollment_id.in_(mine), TeamMember.left_on.is_(None))
        .values(left_on=now.date()).execution_options(**quiet)
    )
    session.execute(
        update(Enrollment)
        .where(Enrollment.user_id == user_id, Enrollment.state != EnrollmentState.ENDED)
        .values(state=EnrollmentState.ENDED, version=Enrollment.version + 1)
        .execution_options(**quiet)
    )
    session.execute(
        update(RoleAssignment)
        .where(RoleAssignment.user_id == user_id, RoleAssignment.ended_at.is_(None))
        .values(ended_at=now).execution_options(**quiet)
    )


def _refuse_last_administrator(session: Session, user_id: int) -> None:
    holders = set(
        session.scalars(
            select(RoleAssignment.user_id).where(
                RoleAssignment.role == Role.ADMINISTRATOR, RoleAssignment.ended_at.is_(None)
            )
        )
    )
    if holders == {user_id}:
        raise Refused(Reason.LAST_ADMINISTRATOR)


def _who_is_told(session: Session, user_id: int, today: date) -> list[User]:
    """The coordinators of one's open cohorts and organization, else the administrators."""
    places = session.execute(
        select(Enrollment.cohort_id, Enrollment.organization_id)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .where(Enrollment.user_id == user_id, Cohort.ends_on >= today)
    ).all()
    roles = [RoleAssignment.role == Role.ADMINISTRATOR]
    if places:
        roles = [
            (RoleAssignment.role == Role.COORDINATOR)
            & or_(
                RoleAssignment.cohort_id.is_(None),
                RoleAssignment.cohort_id.in_({place.cohort_id for place in places}),
            )
            & or_(
                RoleAssignment.organization_id.is_(None),
                RoleAssignment.organization_id.in_({place.organization_id for place in places}),
            )
        ]
    return list(
        session.scalars(
            select(User)
            .join(RoleAssignment, RoleAssignment.user_id == User.id)
            .where(*roles, RoleAssignment.ended_at.is_(None), User.id != user_id,
                   User.email.is_not(None))
            .distinct()
            .order_by(User.id)
        )
    )
