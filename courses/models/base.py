"""What all tables share: named constraints, aware times, enums by value, declarations."""

import enum
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, Enum, MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in and out; UTC in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """What a table holds about people, for the record of processing (GDPR art. 30)."""

    purpose: str
    basis: str
    retention: str
    readers: str
    export: str
    """Begins with "none" or "nothing" when no copy is given out, and says why."""
    erasure: str
    """The first word decides: "deleted" goes when a person's account is erased."""
    about: tuple[str, ...] = ()
    """Columns that lead to the person, `table.column` from a row that points here; by default
    `user_id` or else `enrollment_id`."""
    withheld: tuple[str, ...] = ()
    """Columns that no copy shows, beside what is encrypted or hashed: what others wrote or are
    called, and what would let somebody in."""

    @property
    def is_exported(self) -> bool:
        return self is not NOT_PERSONAL and not self.export.startswith(("none", "nothing"))

    @property
    def is_erased(self) -> bool:
        return self.erasure == "deleted" or self.erasure.startswith("deleted,")


NOT_PERSONAL = PersonalData(
    purpose="none: no personal data", basis="-", retention="-", readers="-", export="-",
    erasure="-",
)
PUBLIC_TASK = "public task, GDPR art. 6.1 e"
NEVER_AGAIN = {"sqlite_autoincrement": True}
"""No number twice, also of rows that are deleted: jobs, links and open pages name them."""


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        enum.Enum: Enum(
            enum.Enum,
            native_enum=False,
            length=32,
            values_callable=lambda members: [member.value for member in members],
        ),
    }

    __personal__: ClassVar[PersonalData]
    __frozen__: ClassVar[tuple[str, ...] | None] = None
    """Columns that refuse UPDATE (empty: all of them), and rows that refuse DELETE unless a
    `disposal_item` names them. The migration makes the triggers; start-up asserts them."""
