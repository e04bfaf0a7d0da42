"""Whose rows they are: follows what each table declares to the person it is about."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, Table, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from courses.models.base import Base
from courses.models.file import DraftFile, FileFinding, RoundFile, StoredFile
from courses.models.team import Enrollment
from courses.models.user import User

Model = type[Base]


@cache
def models() -> dict[str, Model]:
    """Return table name → class, every table that is mapped, in the order of their keys. Asked
    hundreds of times for a page about somebody, and each time put in order anew otherwise."""
    mapped: dict[str, Model] = {
        one.class_.__tablename__: one.class_ for one in Base.registry.mappers
    }
    return {table.name: mapped[table.name] for table in Base.metadata.sorted_tables}


def about(model: Model, user_id: int) -> ColumnElement[bool]:
    """Return the condition that a row of `model` is about this person."""
    return or_(*(_leads_to(model, name, user_id) for name in leading(model)))


def erasable(model: Model, user_id: int) -> ColumnElement[bool]:
    """Return the condition that a row goes when this person is erased, of a table whose rows
    are deleted then: all that is about them but the files that a hand-in or a team has."""
    if model is FileFinding:  # the database deletes them with their file
        files = select(StoredFile.id).where(erasable(StoredFile, user_id))
        return FileFinding.stored_file_id.in_(files)
    own = select(Enrollment.id).where(Enrollment.user_id == user_id)
    is_own = DraftFile.enrollment_id.in_(own)
    if model is DraftFile:
        return about(model, user_id) & is_own
    if model is StoredFile:
        is_others = DraftFile.enrollment_id.is_(None) | DraftFile.enrollment_id.not_in(own)
        return (
            about(model, user_id)
            & ~exists().where(RoundFile.stored_file_id == StoredFile.id)
            & ~exists().where(DraftFile.stored_file_id == StoredFile.id, is_others)
        )
    return about(model, user_id)


def leading(model: Model) -> tuple[str, ...]:
    """Return the columns that lead from a row to the person; none for what is not tied to one."""
    declared = model.__personal__.about
    if declared:
        return declared
    columns = _table(model).columns
    return next(((name,) for name in ("user_id", "enrollment_id") if name in columns), ())


def shown(model: Model) -> list[str]:
    """Return the columns that a copy for the person shows."""
    withheld = model.__personal__.withheld
    return [
        column.name
        for column in _table(model).columns
        if column.name not in withheld
        and not column.name.endswith("_hash")
        and not isinstance(column.type, LargeBinary)
    ]


def pointing_at_people(model: Model) -> dict[str, str]:
    """Return column → "user" or "enrollment", where a column points at somebody."""
    return {
        column.name: key.column.table.name
        for column in _table(model).columns
        for key in column.foreign_keys
        if key.column.table.name in ("user", "enrollment")
    }


def _leads_to(model: Model, name: str, user_id: int) -> ColumnElement[bool]:
    if "." in name:  # from a row that points here
        table_name, column_name = name.split(".")
        other = models()[table_name]
        here = _column(model, "id")
        return here.in_(select(_column(other, column_name)).where(about(other, user_id)))
    column = _column(model, name)
    if model is User:
        return column == user_id
    key = next(iter(_table(model).columns[name].foreign_keys))
    target = models()[key.column.table.name]
    if target is User:
        return column == user_id
    return column.in_(select(_column(target, key.column.name)).where(about(target, user_id)))


def _column(model: Model, name: str) -> InstrumentedAttribute[Any]:
    column: InstrumentedAttribute[Any] = getattr(model, name)
    return column


def _table(model: Model) -> Table:
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 - no view or join is mapped
    return table
