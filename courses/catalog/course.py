"""A course in one language, and what belongs to the course as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from courses.catalog.assignments import Assignment, Phrases
from courses.catalog.beside import Beside, BesideKind, Milestone, contribution_id, half_day_id
from courses.catalog.figures import Figure
from courses.catalog.items import Item, KnowledgeCheck, Lesson, Module
from courses.catalog.plan_template import PlanTemplate
from courses.catalog.rendering import Prose
from courses.catalog.sources import Fact, Source, gathered
from courses.catalog.surveys import Readiness, Survey
from courses.catalog.year import CatchUp, MeetingPlan, Plan

SECRECY_PREFIX = "Sekretess"


@dataclass(frozen=True, kw_only=True)
class Owner:
    """The authority whose document a hand-in becomes."""

    name: str
    email: str
    phone: str
    data_protection_officer: str


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One rule of the certificate: all of the items, or at least `count` of them. An item is a
    part of a module, or something beside the modules."""

    id: str
    title: str
    kind: Literal["all", "at_least"]
    items: tuple[str, ...]
    count: int

    @property
    def is_all(self) -> bool:
        """Whether every item is needed."""
        return self.kind == "all"


@dataclass(frozen=True, kw_only=True)
class CertificateTexts:
    """The words on a certificate; `text` has places such as {start} and {hours}."""

    title: str
    text: str
    disclaimer: str


@dataclass(frozen=True, kw_only=True)
class HelpLine:
    """Somewhere to turn, with the source and the day that it was checked."""

    id: str
    name: str
    number: str
    who: str
    hours: str
    url: str
    source: str
    checked: date
    language: str

    @property
    def tel(self) -> str:
        """The number as a telephone link has it."""
        return "tel:" + "".join(sign for sign in self.number if sign.isdigit() or sign == "+")


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page about the course, outside its modules."""

    id: str
    slug: str
    title: str
    summary: str
    facts: tuple[Fact, ...]
    in_language: str
    digest: str
    body: Prose = field(repr=False)

    @property
    def html(self) -> str:
        """The text."""
        return self.body.html

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Where what the text says comes from, one line a source."""
        return gathered(self.facts, self.body.numbers, self.body.rendered.notes)


@dataclass(frozen=True, kw_only=True)
class Course:
    """Everything that a course says, in one language. `digest` names the edition."""

    id: str
    language: str
    languages: tuple[str, ...]
    title: str
    summary: str
    owner: Owner
    partners: tuple[str, ...]
    modules: tuple[Module, ...]
    hand_in_first: tuple[str, ...]
    plan: Plan
    meetings: tuple[MeetingPlan, ...]
    milestones: tuple[Milestone, ...]
    requirements: tuple[Requirement, ...]
    certificate: CertificateTexts
    texts: Mapping[str, str]
    phrases: Phrases
    facts: Mapping[str, Fact] = field(repr=False)
    support: tuple[HelpLine, ...] = field(repr=False)
    prose: Mapping[str, Prose] = field(repr=False)
    figures: Mapping[str, Figure] = field(repr=False)
    pages: tuple[Page, ...]
    surveys: tuple[Survey, ...] = field(repr=False)
    readiness: Readiness | None = field(repr=False)
    plan_template: PlanTemplate | None = field(repr=False)
    digest: str

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Lessons, checks and assignments by id, in the order of the course."""
        return {key: item for module in self.modules for key, item in module.items.items()}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Id → title of everything that a certificate may ask for."""
        titles = {key: item.title for key, item in self.items.items()}
        return titles | {key: thing.title for key, thing in self.beside.items()}

    @cached_property
    def beside(self) -> Mapping[str, Beside]:
        """What the requirements can name that no module holds, by id."""
        kinds = BesideKind
        things = [
            *(Beside(id=one.id, kind=kinds(one.kind), title=one.title, of=one.id, text=one.text,
                     link=one.link) for one in self.milestones),
            *(Beside(id=half_day_id(one.id, n), kind=kinds.HALF_DAY, title=one.title, of=one.id)
              for one in self.meetings for n in range(1, one.half_days + 1)),
            *(Beside(id=contribution_id(one.id), kind=kinds.CONTRIBUTION, title=one.title,
                     of=one.id) for one in self.assignments if one.is_joint),
            *(Beside(id=one.id, kind=kinds.SURVEY, title=one.title, of=one.id)
              for one in self.surveys),
        ]
        return {one.id: one for one in things}

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """All lessons in order."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    @cached_property
    def checks(self) -> tuple[KnowledgeCheck, ...]:
        """All knowledge checks in order."""
        return tuple(module.check for module in self.modules if module.check)

    @cached_property
    def assignments(self) -> tuple[Assignment, ...]:
        """All assignments in order, individual and joint."""
        return tuple(one for module in self.modules for one in module.assignments)

    @cached_property
    def _modules(self) -> Mapping[str, Module]:
        own = {module.id: module for module in self.modules}
        return own | {key: module for module in self.modules for key in module.items}

    def module(self, module_id: str) -> Module | None:
        """The module with this id."""
        return next((module for module in self.modules if module.id == module_id), None)

    def module_of(self, item_id: str) -> Module | None:
        """The module that holds the item (a module holds itself)."""
        return self._modules.get(item_id)

    def module_by_slug(self, slug: str) -> Module | None:
        """The module with this word in its address."""
        return next((module for module in self.modules if module.slug == slug), None)

    def lesson_by_slug(self, module_slug: str, slug: str) -> Lesson | None:
        """The lesson at this address."""
        module = self.module_by_slug(module_slug)
        return next((one for one in module.lessons if one.slug == slug), None) if module else None

    def assignment_by_slug(self, slug: str) -> Assignment | None:
        """The assignment with this word in its address."""
        return next((one for one in self.assignments if one.slug == slug), None)

    def page(self, slug: str) -> Page | None:
        """The page with this word in its address."""
        return next((one for one in self.pages if one.slug == slug), None)

    def text_html(self, name: str) -> str:
        """One of the course's recurring texts (`secrecy`, `concern`, …); empty if unknown."""
        prose = self.prose.get(name)
        return prose.html if prose else ""

    def joint_before(self, assignment: Assignment) -> Assignment | None:
        """The joint assignment that must be handed in before this one; none before an own."""
        joint = [one for one in self.assignments if one.is_joint]
        place = next((n for n, one in enumerate(joint) if one.id == assignment.id), 0)
        return joint[place - 1] if place else None

    @property
    def function_numbers(self) -> tuple[str, ...]:
        """Telephone numbers that belong to help lines and to the owner, never to a person."""
        return (self.owner.phone, *(line.number for line in self.support))

    def to_catch_up(self, way: CatchUp) -> list[Assignment]:
        """Return one's own assignments that belong to a way to catch up."""
        return [
            one
            for module in self.modules
            for one in module.assignments
            if not one.is_joint and {module.id, one.id} & set(way.items)
        ]

    @property
    def break_weeks(self) -> tuple[tuple[int, int], ...]:
        """First and last week of each break, counted from the cohort's first week = 1."""
        return tuple((one.from_week, one.to_week) for one in self.plan.breaks)
