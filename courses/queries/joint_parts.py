"""The parts of a team's joint work as its members see them, and who reads what is shared."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar

from courses.catalog import Section
from courses.permissions import Permission, Scope, as_member, permits
from courses.queries.assignment_pages import Member
from courses.queries.work_context import WorkContext
from courses.rules.answers import is_blank, shortfalls
from courses.rules.answers_guard import numbers_in


@dataclass(frozen=True)
class SharedText:
    """A contribution as the policy sees it."""

    scope: Scope
    READ: ClassVar[Permission] = Permission.WORK_READ


@dataclass(frozen=True, kw_only=True)
class Gift:
    """What a member has shared. `text` is None for whoever may not read it."""

    id: int
    section_id: str
    enrollment_id: int
    author: str
    organization: str
    text: str | None
    shared_at: datetime
    put_into: Mapping[str, int]
    """Section → id of the row that says so."""
    undoable: frozenset[str]
    """Sections in which nobody has written since."""


@dataclass(frozen=True, kw_only=True)
class OwnText:
    """What one writes for the team."""

    section_id: str
    text: str
    version: int
    updated_at: datetime


@dataclass(frozen=True, kw_only=True)
class SectionState:
    """Where one section stands. What is written in it only for whoever may read the draft."""

    section: Section
    writer_id: int | None
    writer: str | None
    due_on: date | None
    version: int
    saved_at: datetime | None
    saved_by: str | None
    open_by: int | None
    """Who has it open now."""
    opener: str | None
    opened_at: datetime | None
    comments: int
    """So many are not dealt with."""
    value: Any

    @property
    def is_blank(self) -> bool:
        return is_blank(self.value)

    @property
    def is_begun(self) -> bool:
        """Whether something stands in it, and not yet all that it asks for."""
        return not self.is_blank and bool(
            shortfalls([self.section], {self.section.id: self.value})
        )

    @property
    def holds_number(self) -> bool:
        """Whether a personal identity number seems to stand in it."""
        return bool(numbers_in([self.section], {self.section.id: self.value}))

    @property
    def words(self) -> int:
        """How many words stand in it."""
        if isinstance(self.value, str):
            return len(self.value.split())
        return sum(len(text.split()) for row in self.value or () for text in row.values())


@dataclass(frozen=True, kw_only=True)
class Together:
    """The team's work on one assignment, as the one who asks may see it."""

    members: list[Member]
    organization_of: Mapping[int, int]
    """Member's place → who employs them."""
    sections: list[SectionState]
    answers: Mapping[str, Any] | None
    """The draft, for whoever may read it."""
    gifts: list[Gift]
    own: Mapping[str, OwnText]
    """Section ("" for the whole) → what one writes oneself."""

    @property
    def tally(self) -> tuple[int, int, int]:
        """How many sections are written, begun and empty."""
        empty = sum(one.is_blank for one in self.sections)
        begun = sum(one.is_begun for one in self.sections)
        return len(self.sections) - begun - empty, begun, empty

    def state(self, section_id: str) -> SectionState | None:
        return next((one for one in self.sections if one.section.id == section_id), None)

    def gifts_for(self, section_id: str) -> list[Gift]:
        """What has been shared about a section, or about the whole."""
        return [one for one in self.gifts if one.section_id in ("", section_id)]

    def shared(self, section_id: str, enrollment_id: int) -> Gift | None:
        """What a member shared last under a heading."""
        return next(
            (
                one for one in reversed(self.gifts)
                if (one.section_id, one.enrollment_id) == (section_id, enrollment_id)
            ),
            None,
        )

    def sources(self, section_id: str) -> list[str]:
        """Whose contributions have been put into a section."""
        names = (one.author for one in self.gifts if section_id in one.put_into)
        return list(dict.fromkeys(names))


@dataclass(frozen=True, kw_only=True)
class Readers:
    """How many people would read a contribution, and of which other authorities."""

    people: int
    others: tuple[str, ...]
    """Authorities beside the author's own, in the order of the alphabet."""


def gift_scope(context: WorkContext, enrollment_id: int, organization_id: int) -> Scope:
    """Return the scope of what a member has shared, or would share."""
    return replace(
        context.scope, enrollment_id=enrollment_id, author_organization_id=organization_id
    )


def readers_of_gift(context: WorkContext, found: Together) -> Readers:
    """Return who in the team would read what the one who asks shares: the policy's answer,
    asked for each of the members."""
    me, team_id = context.enrollment, context.team.id if context.team else 0
    shared = SharedText(gift_scope(context, me.id, me.organization_id))
    readers = [
        one
        for one in found.members
        if permits(
            as_member(
                one.enrollment_id, context.cohort.id, team_id,
                found.organization_of[one.enrollment_id],
            ),
            shared, Permission.CONTRIBUTION_READ,
        )
    ]
    return Readers(
        people=len(readers),
        others=tuple(sorted({
            one.organization
            for one in readers
            if found.organization_of[one.enrollment_id] != me.organization_id
        })),
    )
