"""Copies of people's own data, and people with a row in every table, for tests."""

from datetime import UTC, date, datetime, timedelta
from enum import Enum as PyEnum
from hashlib import sha256
from itertools import count

from sqlalchemy import JSON, Boolean, Date, DateTime, Enum, LargeBinary, String, insert, select

from app import clock
from app.copies.keeping import Sealed
from courses.models import DataCopy, SubmissionRound
from courses.models.about import leading, models
from tests.factories import make_enrollment, make_submission, make_team, make_user

AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
numbers = count(1)


def make_copy(app, session, user, *, holds=b"PK", expires_at=None) -> DataCopy:
    """A copy that is ready to be fetched; the caller commits."""
    copy = DataCopy(
        user_id=user.id, file=f"{next(numbers):032x}", asked_at=clock.now(),
        ready_at=clock.now(), expires_at=expires_at or clock.now() + timedelta(hours=24),
    )
    session.add(copy)
    session.flush()
    with app.app_context():
        file = Sealed(copy.file)
        file.write(holds)
        file.keep()
    return copy


def person_with_everything(session, course, cohort, tag):
    """Return a user with a row in every table that leads to a person. Every text that is stored
    says `tag`, so that one can look for it."""
    user = make_user(session, name=f"{tag} namn", email=f"{tag}@example.org")
    team = make_team(session, cohort, name=f"{tag} team")
    enrollment = make_enrollment(session, cohort, team=team, user=user)
    submission = make_submission(session, cohort, enrollment, course.items["U1"])
    round_id = session.scalars(
        select(SubmissionRound.id).where(SubmissionRound.submission_id == submission.id)
    ).one()
    known = {
        "user": user.id, "enrollment": enrollment.id, "team": team.id, "cohort": cohort.id,
        "submission": submission.id, "submission_round": round_id, "edition": cohort.edition_id,
        "organization": enrollment.organization_id,
    }
    have = {"user", "enrollment", "team", "team_member", "submission", "submission_round"}
    for name, model in models().items():
        if name in have or not leading(model):
            continue
        values = {
            column.name: _value(column, known, tag)
            for column in model.__table__.columns
            if not (column.primary_key and column.autoincrement is not False
                    and column.type.python_type is int and not column.foreign_keys)
        }
        result = session.execute(insert(model.__table__).values(**values))
        known[name] = result.inserted_primary_key[0]
    session.flush()
    return user


def _value(column, known, tag):
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).column.table.name
        others = {"enrollment_id", "submission_id"}
        if target == "team" and column.nullable and others & set(column.table.columns.keys()):
            return None  # it is the person's own, or of one piece of work
        if target == column.table.name:
            return None
        return known[target]
    if column.table.name == "secrecy_stop" and column.name == "moved_at":
        return None  # what is moved to the diary is in no copy
    if column.name == "sha256":
        return sha256(f"{tag} {column.table.name}".encode()).hexdigest()
    kind = column.type
    if isinstance(kind, Enum):
        return next(iter(kind.enum_class)) if issubclass(kind.enum_class, PyEnum) else tag
    if isinstance(kind, JSON):
        return {"text": f"{tag} {column.table.name}.{column.name}"}
    if isinstance(kind, LargeBinary):
        return tag.encode()
    if isinstance(kind, String):
        return f"{tag} {column.table.name}.{column.name}"
    return _plain(kind)


def _plain(kind):
    impl = getattr(kind, "impl", kind)
    if isinstance(impl, DateTime):
        return AT
    if isinstance(impl, Date):
        return date(2026, 11, 1)
    return False if isinstance(impl, Boolean) else 1


