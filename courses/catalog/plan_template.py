"""What a team's plan is made of: chapters, the parts that feed them, and what the law asks for."""

from dataclasses import dataclass
from functools import cached_property

from courses.catalog.sources import Fact


@dataclass(frozen=True, kw_only=True)
class PlanPart:
    """One section of a joint assignment that goes into a chapter, as `GU5.vet` in the file."""

    assignment_id: str
    section_id: str

    @property
    def id(self) -> str:
        """Its name within the plan, which can stand in a form and an address."""
        return f"{self.assignment_id}-{self.section_id}"


@dataclass(frozen=True, kw_only=True)
class PlanChapter:
    """A chapter. `parts` make it up; `until` are taken while the first of those is not approved;
    `regional` are for a regional team besides."""

    id: str
    title: str
    hint: str
    parts: tuple[PlanPart, ...]
    until: tuple[PlanPart, ...]
    regional: tuple[PlanPart, ...]

    @property
    def every_part(self) -> tuple[PlanPart, ...]:
        """All that can go into it, in the order in which it would stand, each once."""
        return tuple(dict.fromkeys((*self.parts, *self.until, *self.regional)))


@dataclass(frozen=True, kw_only=True)
class PlanField:
    """A field of a row as the plan prints it, under its own short head. One that stands `under`
    another shares its place, on a line of its own."""

    id: str
    head: str
    under: str


@dataclass(frozen=True, kw_only=True)
class PlanLayout:
    """How a part is printed: under which heading (empty: the chapter's), and its rows as a
    `table`, a `list` or running `text`. Fields that it does not name are not printed."""

    part: PlanPart
    heading: str
    setting: str
    fields: tuple[PlanField, ...]


@dataclass(frozen=True, kw_only=True)
class PlanDate:
    """Rows that hold a day to remember: the fields with the day, what happens, and which
    function answers for it (empty: none is said). `lead` stands before what happens."""

    part: PlanPart
    date: str
    what: str
    who: str
    lead: str


@dataclass(frozen=True, kw_only=True)
class LawPoint:
    """One thing that the law asks for, what says so, and the chapters that answer it."""

    id: str
    text: str
    facts: tuple[Fact, ...]
    chapters: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LawList:
    """A check list beside the plan. `note` says what it is, and that it is no legal advice."""

    title: str
    note: str
    points: tuple[LawPoint, ...]


@dataclass(frozen=True, kw_only=True)
class PlanTemplate:
    """The order of a plan. A regional team's is called `regional_title`."""

    title: str
    regional_title: str
    intro: str
    regional_intro: str
    chapters: tuple[PlanChapter, ...]
    layout: tuple[PlanLayout, ...]
    dates: tuple[PlanDate, ...]
    law: LawList | None
    in_language: str

    @cached_property
    def assignment_ids(self) -> tuple[str, ...]:
        """The assignments that it is made of."""
        return tuple(
            dict.fromkeys(
                part.assignment_id for one in self.chapters for part in one.every_part
            )
        )

    def chapter(self, chapter_id: str) -> PlanChapter | None:
        """The chapter with this id, if there is one."""
        return next((one for one in self.chapters if one.id == chapter_id), None)

    def layout_of(self, part_id: str) -> PlanLayout | None:
        """How a part is printed, where that is said."""
        return next((one for one in self.layout if one.part.id == part_id), None)

    def title_for(self, *, is_regional: bool) -> str:
        """What the plan is called."""
        return self.regional_title if is_regional else self.title

    def intro_for(self, *, is_regional: bool) -> str:
        """What stands first in it."""
        return self.regional_intro if is_regional else self.intro
