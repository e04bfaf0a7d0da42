"""What is stored about one person: how much of it, all of it, and who has opened it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, func, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from courses.errors import NotFound
from courses.models import (
    AccessEvent,
    BehalfFile,
    Certificate,
    DataCopy,
    DraftFile,
    Enrollment,
    RoleAssignment,
    RoundFile,
    SecrecyStep,
    SecrecyStop,
    StoredFile,
    SubmissionRound,
    User,
    not_sealed,
)
from courses.models.about import about, erasable, leading, models, pointing_at_people, shown
from courses.permissions import Permission, Scope
from courses.queries.left_threads import outside_membership
from courses.queries.masks import mask_of_all
from courses.vocabulary import FileState, Role

MANY = 200
"""Openings that the page lists; the copy has them all."""


class Whose(StrEnum):
    """What a copy says instead of somebody's number."""

    OWN = "du"
    ANOTHER = "någon annan"


@dataclass(frozen=True, kw_only=True)
class Opening:
    """That somebody opened a page about this person."""

    at: datetime
    name: str
    roles: tuple[Role, ...]
    """What they were then."""
    what: str


@dataclass(frozen=True)
class CopyContext:
    """One's own copy, ready to be fetched."""

    READ: ClassVar[Permission] = Permission.HOME_READ
    copy: DataCopy
    scope: Scope = field(default_factory=Scope)


def stored_counts(session: Session, user_id: int) -> dict[str, int]:
    """Return table → how many rows are about this person. One statement."""
    return _counts(
        session,
        {name: about(model, user_id) for name, model in models().items() if leading(model)},
    )


def erasable_counts(session: Session, user_id: int) -> dict[str, int]:
    """Return table → how many rows go when this person is erased. One statement."""
    return _counts(
        session,
        {
            name: erasable(model, user_id)
            for name, model in models().items()
            if leading(model) and model.__personal__.is_erased
        },
    )


def _counts(session: Session, wanted: Mapping[str, ColumnElement[bool]]) -> dict[str, int]:
    parts = [
        select(literal(name).label("name"), func.count().label("rows"))
        .select_from(models()[name])
        .where(condition)
        for name, condition in wanted.items()
    ]
    return {name: rows for name, rows in session.execute(union_all(*parts)) if rows}


def openings(
    session: Session, user_id: int, *, since: datetime, most: int | None = None
) -> list[Opening]:
    """Return who has opened what is about this person, the latest first. Two statements."""
    rows = session.execute(
        select(AccessEvent.at, AccessEvent.actor_id, User.name, AccessEvent.what)
        .join(User, User.id == AccessEvent.actor_id)
        .where(
            AccessEvent.subject_id == user_id, AccessEvent.actor_id != user_id,
            AccessEvent.at >= since,
        )
        .order_by(AccessEvent.at.desc(), AccessEvent.id.desc())
        .limit(most)
    ).all()
    if not rows:
        return []
    held: dict[int, list[RoleAssignment]] = defaultdict(list)
    for one in session.scalars(
        select(RoleAssignment).where(RoleAssignment.user_id.in_({row.actor_id for row in rows}))
    ):
        held[one.user_id].append(one)
    return [
        Opening(
            at=row.at, name=row.name, what=row.what,
            roles=tuple(sorted({
                one.role for one in held[row.actor_id]
                if one.granted_at <= row.at and (one.ended_at is None or one.ended_at >= row.at)
            })),
        )
        for row in rows
    ]


def latest_copy(session: Session, user_id: int, *, now: datetime) -> DataCopy | None:
    """Return the copy that is being made or can be fetched, if there is one."""
    return session.scalars(
        select(DataCopy)
        .where(DataCopy.user_id == user_id, DataCopy.expires_at > now)
        .order_by(DataCopy.id.desc())
        .limit(1)
    ).first()


def copy_to_fetch(
    session: Session, user_id: int, copy_id: int, *, now: datetime
) -> CopyContext:
    """Return this person's copy; NotFound for another's, an unfinished one, or an old one."""
    found = session.get(DataCopy, copy_id)
    if found is None or found.user_id != user_id or found.ready_at is None:
        raise NotFound
    if found.expires_at <= now:
        raise NotFound
    return CopyContext(found)


def own_rows(session: Session, user_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return table → rows for the copy that a person gets, as each table declares it.

    Other people are "någon annan"; a joint hand-in is there for whoever was a member then. Words
    that were stopped stand in nobody's but the writers': a copy leaves Stegvis.
    """
    mine = set(session.scalars(select(Enrollment.id).where(Enrollment.user_id == user_id)))
    rounds = _own_rounds(session, user_id, mine)
    is_outside, mask = outside_membership(session, user_id), mask_of_all(session, mine)
    found: dict[str, list[dict[str, Any]]] = {}
    for name, model in models().items():
        if not model.__personal__.is_exported or not leading(model):
            continue
        columns = [model.__table__.c[column] for column in shown(model)]
        query = select(*columns).where(about(model, user_id)).order_by(*columns[:2])
        if (condition := _of_rounds(model, rounds)) is not None:
            query = query.where(condition)
        people = pointing_at_people(model)
        rows = [
            mask.over(_masked(row._mapping, people, user_id, mine))
            for row in session.execute(query)
            if not is_outside(model, row._mapping)
        ]
        if rows:
            found[name] = rows
    return found


def files_of(session: Session, user_id: int) -> Sequence[tuple[int, str, str]]:
    """Return number, name and digest of the files that this person uploaded, but those that the
    scanner stopped or that were moved to the diary: nobody is given them here, not in a copy
    either."""
    moved = (
        select(RoundFile.stored_file_id)
        .join(SecrecyStop, SecrecyStop.round_id == RoundFile.round_id)
        .where(SecrecyStop.moved_at.is_not(None), SecrecyStop.lifted_at.is_(None))
    )
    rows = session.execute(
        select(
            StoredFile.id,
            func.coalesce(
                func.max(DraftFile.name), func.max(BehalfFile.name), func.max(RoundFile.name)
            ),
            StoredFile.sha256,
        )
        .outerjoin(DraftFile, DraftFile.stored_file_id == StoredFile.id)
        .outerjoin(BehalfFile, BehalfFile.stored_file_id == StoredFile.id)
        .outerjoin(RoundFile, RoundFile.stored_file_id == StoredFile.id)
        .where(
            StoredFile.uploaded_by == user_id, StoredFile.state != FileState.REFUSED,
            DraftFile.id.is_not(None) | StoredFile.id.not_in(moved),
        )
        .group_by(StoredFile.id, StoredFile.sha256)
        .order_by(StoredFile.id)
    )
    return [(number, name or str(number), digest) for number, name, digest in rows]


def certificates_of(session: Session, user_id: int) -> list[tuple[str, bytes]]:
    """Return code and document of each of this person's certificates."""
    rows = session.execute(
        select(Certificate.code, Certificate.pdf)
        .where(Certificate.user_id == user_id)
        .order_by(Certificate.id)
    )
    return [(code, pdf) for code, pdf in rows]


def _of_rounds(model: Any, rounds: set[int]) -> ColumnElement[bool] | None:
    """Of what is about a hand-in: only one's own; of what one has written about somebody
    else's: nothing once that has been stopped for secrecy, it may be quoted there."""
    if model is SubmissionRound:
        return SubmissionRound.id.in_(rounds)
    if model is SecrecyStep:
        return SecrecyStep.stop_id.in_(
            select(SecrecyStop.id).where(SecrecyStop.round_id.in_(rounds))
        )
    if "round_id" not in model.__table__.columns:
        return None
    number: InstrumentedAttribute[int | None] = model.round_id
    if "round_id" in leading(model):
        return number.in_(rounds)
    return number.is_(None) | number.in_(select(SubmissionRound.id).where(not_sealed()))


def _own_rounds(session: Session, user_id: int, mine: set[int]) -> set[int]:
    """Rounds of one's own work, and of joint work that one was a member of then; none that has
    been moved to the diary."""
    moved = select(SecrecyStop.round_id).where(
        SecrecyStop.moved_at.is_not(None), SecrecyStop.lifted_at.is_(None)
    )
    rows = session.execute(
        select(SubmissionRound.id, SubmissionRound.members).where(
            or_(about(SubmissionRound, user_id), SubmissionRound.submitted_by == user_id),
            SubmissionRound.id.not_in(moved),
        )
    )
    return {
        number
        for number, members in rows
        if not members or any(one["enrollment_id"] in mine for one in members)
    }


def _masked(
    row: Mapping[Any, Any], people: Mapping[str, str], user_id: int, mine: set[int]
) -> dict[str, Any]:
    """The row with nobody else's number in it."""
    own: dict[str, set[int]] = {"user": {user_id}, "enrollment": mine}
    return {
        name: (
            value
            if name not in people or value is None
            else Whose.OWN.value if value in own[people[name]] else Whose.ANOTHER.value
        )
        for name, value in row.items()
    }
